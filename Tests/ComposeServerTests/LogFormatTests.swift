import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeServer
import ComposeTestSupport
import Testing

/// What the lines of the log look like, and what they are silent about.
@Suite struct LogFormatTests {
  private static let time: UInt64 = 1_795_310_373_077

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_709_251_199_001, "2024-02-29T23:59:59.001Z"),
      (1_735_689_599_999, "2024-12-31T23:59:59.999Z"), (1_795_310_373_077, "2026-11-22T01:19:33.077Z"),
      (4_102_444_800_000, "2100-01-01T00:00:00.000Z"),
    ] as [(UInt64, String)])
  func timesAreThoseOfTheInternet(_ milliseconds: UInt64, _ text: String) {
    #expect(timestamp(milliseconds) == text)
  }

  @Test func aLineForPeople() {
    var record = LogRecord(time: Self.time, .error, "Workflow 'w' failed in 0.01 s: no\nway \u{1B}[31m")
    record.task = "01J"
    record.file = "a.yml"
    record.line = 3
    let line = String(decoding: LogFormat.text.line(record), as: UTF8.self)
    #expect(
      line
        == "2026-11-22T01:19:33.077Z ERROR [task-01J] Workflow 'w' failed in 0.01 s: no\u{240A}way \u{241B}[31m (a.yml:3)\n"
    )
  }

  @Test func aLineForPrograms() throws {
    var record = LogRecord(time: Self.time, .warning, "a \"b\"\nc")
    record.task = "01J"
    record.workflow = "w"
    record.job = "j"
    record.code = "provider"
    record.status = 429
    record.file = "a.yml"
    record.line = 3
    record.seconds = 1.2345
    let line = String(decoding: LogFormat.json.line(record), as: UTF8.self)
    #expect(line.hasSuffix("}\n") && line.split(separator: "\n").count == 1)
    let expected = #"""
      {"time": "2026-11-22T01:19:33.077Z", "level": "warning", "message": "a \"b\"\nc", "task": "01J",
       "workflow": "w", "job": "j", "code": "provider", "status": 429, "file": "a.yml", "line": 3, "seconds": 1.235}
      """#
    #expect(try TestJSON(line) == TestJSON(expected))
  }

  @Test func levelsAreInOrder() {
    #expect(LogLevel.allCases.sorted() == [.debug, .info, .warning, .error, .critical])
  }

  // MARK: Events

  @Test func aFailureHasItsKindAndItsPlace() throws {
    let error = RuntimeError(.provider, "the provider answered 401", range: secondLine, job: "j", status: 401)
    let failure = record(.workflowFailed(error), job: nil)
    let found = try #require(failure)
    #expect(found.level == .error && found.message == "Workflow 'w' failed in 1.50 s: the provider answered 401")
    #expect(found.code == "provider" && found.status == 401 && found.job == "j" && found.line == 2)
    #expect(found.seconds == 1.5 && found.task == "01J" && found.workflow == "w")
  }

  @Test func whatACallHasUsedIsNotInTheLog() {
    #expect(record(.usage(.text("secret")), job: "j") == nil)
  }

  @Test func nestedWorkflowsAreForDebugging() throws {
    let event = RunEvent(
      kind: .workflowStarted, workflows: ["w", "inner"], job: nil, time: 0, range: secondLine)
    let record = try #require(LogRecord(event, task: "01J", time: 0, in: smallPlan(workflow()).sources))
    #expect(record.level == .debug && record.workflow == "inner")
  }

  private func record(_ kind: RunEvent.Kind, job: String?) -> LogRecord? {
    let event = RunEvent(kind: kind, workflows: ["w"], job: job, time: 1.5, range: secondLine)
    return LogRecord(event, task: "01J", time: Self.time, in: smallPlan(workflow()).sources)
  }
}
