import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import Testing

/// Answers to interrupts: how they are written, who takes them, and where they are needed.
@Suite struct AnswerTests {
  // MARK: Texts

  static let texts: [(text: String, job: String, phase: JobPhase?, json: String)] = [
    ("send=", "send", nil, "null"), ("send=null", "send", nil, "null"), ("send=1", "send", nil, "1"),
    ("send=yes", "send", nil, #""yes""#), ("send=a=b", "send", nil, #""a=b""#),
    (#"send:before={"a": [1]}"#, "send", .before, #"{"a": [1]}"#), ("send:after=x", "send", .after, #""x""#),
    ("each[do]:after=x", "each[do]", .after, #""x""#), ("steps[step:0]=x", "steps[step:0]", nil, #""x""#),
    ("a:b=x", "a:b", nil, #""x""#), (#"send={"a":"#, "send", nil, #""{\"a\":""#), ("send= 1 ", "send", nil, "1"),
  ]

  @Test(arguments: texts.indices) func isRead(_ index: Int) throws {
    let row = Self.texts[index]
    let answer = try #require(PreparedAnswer(row.text))
    #expect(answer.job == row.job && answer.phase == row.phase && answer.value.jsonText == row.json, "\(row.text)")
  }

  @Test(arguments: ["", "send", "=x", ":before=x"]) func namesAJob(_ text: String) {
    #expect(PreparedAnswer(text) == nil)
  }

  // MARK: Sources

  /// Runs a loop that asks before each of its three turns.
  private func run(_ source: AnswerSource) async throws -> Result<String, RuntimeError> {
    let plan = try plan(
      """
      workflow:
        job:
          id: turns
          type: loop
          until: {input: "${iteration}", operator: gte, value: 2}
          do: {component: echo, input: "${iteration}", interrupt: {before: true}}
      component: {id: echo, type: http-client, action: {endpoint: "http://echo"}}
      """)
    let workflow = try #require(plan.defaultWorkflow)
    do throws(RuntimeError) {
      let value = try await Interpreter(plan: plan, host: Echo()).run(
        workflow, input: .null, as: Run(id: "RUN"), with: RunServices(interrupts: source))
      return .success(value.jsonText)
    } catch {
      return .failure(error)
    }
  }

  private static func prepared(_ texts: String...) -> [PreparedAnswer] { texts.compactMap { PreparedAnswer($0) } }

  @Test func answersAreTakenInTheirOrder() async throws {
    let source = AnswerSource(
      prepared: Self.prepared("turns[do]=a", "turns[do]:after=no", "turns[do]:before=b", "turns[do]=c"))
    #expect(try await run(source).get() == #""c""#)
    #expect(source.unused.map(\.value.jsonText) == [#""no""#])
  }

  @Test func withoutOneItGoesOn() async throws {
    #expect(try await run(AnswerSource(isAutomatic: true)).get() == "2")
  }

  @Test func withoutAnybodyItFails() async throws {
    let failure = try await #require(throws: RuntimeError.self) {
      try await run(AnswerSource(prepared: Self.prepared("turns[do]=a"))).get()
    }
    #expect(failure.code == .unanswered && failure.message.contains("before job 'turns[do]'"), "\(failure)")
    #expect(failure.range != nil)
  }

  @Test func somebodyIsAskedForTheRest() async throws {
    let source = AnswerSource(prepared: Self.prepared("turns[do]=a")) { point, number, count in
      .text("\(point.job) \(number)/\(count)")
    }
    #expect(try await run(source).get() == #""turns[do] 1/1""#)
  }

  // MARK: Places

  static let jobs: [(jobs: String, places: [String])] = [
    ("{id: a, component: x, interrupt: {before: true, after: true}}", ["a before sure", "a after sure"]),
    (
      "{id: a, component: x, interrupt: {before: {condition: {operator: eq, input: \"${input.x}\", value: 1}}}}",
      ["a before"]
    ),
    // Passes have found out that it holds.
    (
      "{id: a, component: x, interrupt: {before: {condition: {operator: eq, input: 1, value: 1}}}}", ["a before sure"]
    ),
    ("{id: a, type: for-each, input: [], do: {component: x, interrupt: {before: true}}}", ["a[do] before"]),
    (
      "{id: a, type: pipeline, steps: [{component: x}, {component: x, interrupt: {after: true}}]}",
      ["a[step:1] after sure"]
    ),
    (
      """
      {id: a, component: x}, {id: b, component: x, depends_on: [[a, c]], interrupt: {before: true}}, \
      {id: r, type: switch, input: "1", cases: [{value: "1", then: c}]}, \
      {id: c, component: x, interrupt: {before: true}}, \
      {id: d, component: x, depends_on: [c], interrupt: {before: true}}
      """, ["b before sure", "c before", "d before"]
    ),
    ("{id: a, component: flow}", ["inner after sure"]),
    ("{id: a, component: flow, repeat_count: 2}", ["inner after"]),
  ]

  @Test(arguments: jobs.indices) func placesAreFound(_ index: Int) throws {
    let row = Self.jobs[index]
    let plan = try plan(
      """
      workflows:
        - {id: main, default: true, jobs: [\(row.jobs)]}
        - {id: side, private: true, job: {id: inner, component: x, interrupt: {after: true}}}
      components:
        - {id: x, type: http-client, action: {endpoint: "http://x"}}
        - {id: flow, type: workflow, action: {workflow: side}}
      """)
    let places = interruptPlaces(of: try #require(plan.defaultWorkflow), in: plan)
    #expect(places.map { "\($0.job) \($0.phase.rawValue)\($0.isCertain ? " sure" : "")" } == row.places)
  }

  private func plan(_ text: String) throws -> Plan {
    var sources = SourceSet()
    sources.add(path: "test.yml", bytes: Array(text.utf8))
    var options = CompileOptions()
    // What a row is about may be more than a good file would hold.
    for code in ["unordered-result", "conditional-dependency", "constant-condition"] {
      options.severities[code] = .some(nil)
    }
    let compilation = compile(
      sources.files, in: sources, environment: Environment(), catalog: .builtIn, options: options)
    return try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message))")
  }
}

/// Gives back what each call gets.
private struct Echo: ComponentHost {
  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value { call.input }

  func refusals(of invocation: Invocation) -> [Refusal] { [] }
}
