import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Synchronization
import Testing

/// What those who watch a run are told, in JSON lines and in the log: `Fixtures/run/events`.
@Suite struct EventFixtureTests {
  private static let secret = "sk-event-5d2c91"

  @Test(arguments: Fixture.all(in: "run/events"))
  func isTold(_ fixture: Fixture) async throws {
    let watch = Watch(sources: try fixture.sources)
    let outcome = try await run(fixture, watch)
    let text = (watch.lines + ["---"] + watch.log + ["---"] + outcome).joined(separator: "\n") + "\n"
    #expect(!text.contains(Self.secret))
    expectGolden(text, at: fixture.sibling("out"))

    let schema = SchemaCheck(try JSONText.read(Files.read(Files.absolute("docs/run-events.schema.json"))))
    for line in watch.lines {
      #expect(schema.faults(in: try JSONText.read(Array(line.utf8))).isEmpty, "\(line)")
    }
  }

  /// The schema, the document and the program know the same events, and the fixtures show each of them.
  @Test func everyEventIsShown() async throws {
    var shown: Set<String> = []
    for fixture in Fixture.all(in: "run/events") {
      let watch = Watch(sources: try fixture.sources)
      _ = try await run(fixture, watch)
      for line in watch.lines { shown.insert(try #require(try JSONText.read(Array(line.utf8))["event"]?.text)) }
    }
    expectGolden(RunEventSchema.text, at: "docs/run-events.schema.json")
    let schema = try JSONText.read(Files.read(Files.absolute("docs/run-events.schema.json")))
    let known = schema["properties"]?["event"]?["enum"]?.elements.compactMap(\.text) ?? []
    #expect(shown == Set(known))
    let document = String(decoding: try Files.read(Files.absolute("docs/events.md")), as: UTF8.self)
    let documented = document.matches(of: #/(?m)^\| `([a-z][a-z-]*)` \|/#).map { String($0.1) }
    #expect(Set(documented) == Set(known))
  }

  /// Runs the file's default workflow in a time of its own, to the end of its stream.
  private func run(_ fixture: Fixture, _ watch: Watch) async throws -> [String] {
    let sources = try fixture.sources
    var environment = Environment()
    environment.set("API_KEY", Self.secret, origin: "-e")
    let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    let plan = try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message))")
    let workflow = try #require(plan.defaultWorkflow)
    let time = VirtualTime()
    let record = Files.exists(fixture.sibling("http")) ? try Files.read(fixture.sibling("http")) : []
    let transport = RecordedTransport(String(decoding: record, as: UTF8.self), executor: time)
    let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
    let tally = JobTally(workflow)
    let services = RunServices(
      clock: time, interrupts: AnswerSource(isAutomatic: true), observer: RunObservers([watch, tally]),
      random: RandomSource { 0 })
    let run = Run(id: "RUN")
    watch.begin(run, workflow)
    let lines = try await time.run {
      await RunRecord(sources: sources).lines { () async throws(RuntimeError) in
        try await Interpreter(plan: plan, host: host).run(workflow, input: .null, as: run, with: services)
      }
    }
    watch.end(workflow, isFailed: lines.contains { $0.hasPrefix("error ") }, at: time.now)
    return lines + [tally.summary].compactMap { $0 }
  }
}

/// Keeps what is told.
private final class Watch: RunObserver {
  private let format: EventLines
  private let people = EventLog()
  private let told = Mutex<(lines: [String], log: [String])>(([], []))

  init(sources: SourceSet) { format = EventLines(sources: sources) }

  var lines: [String] { told.withLock { $0.lines } }
  var log: [String] { told.withLock { $0.log } }

  func begin(_ run: Run, _ workflow: WorkflowPlan) { add(format.beginning(of: run, workflow, startedAt: 1.9e9)) }

  func end(_ workflow: WorkflowPlan, isFailed: Bool, at now: MonotonicInstant) {
    let time = now.seconds(since: MonotonicInstant(nanoseconds: 0))
    add(
      format.end(
        of: workflow, isFailed ? .failed : .completed, exitStatus: isFailed ? 1 : 0,
        error: isFailed ? RuntimeError(.provider, "as above") : nil, time: time))
  }

  func observe(_ event: RunEvent) {
    add(format.line(event))
    let line = people.line(event)
    told.withLock { $0.log.append(String(line.dropLast())) }
  }

  private func add(_ bytes: [UInt8]) {
    let line = String(decoding: bytes.dropLast(), as: UTF8.self)
    told.withLock { $0.lines.append(line) }
  }
}
