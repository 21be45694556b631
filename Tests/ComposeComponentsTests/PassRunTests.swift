import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Synchronization
import Testing

/// Passes and a known input change no run: every recorded run is the same without them, and with more of them.
@Suite struct PassRunTests {
  static let fixtures = Fixture.all(in: "run") + Fixture.all(in: "run/engine")

  @Test(arguments: fixtures)
  func withoutPasses(_ fixture: Fixture) async throws {
    let passes: Set = ["fold-constants", "prune", "infer-streaming", "fuse-streams"]
    let lines = try await lines(fixture) { plan, _, _ in PassPipeline.run(on: plan, leavingOut: passes) }
    #expect(try await plainLines(fixture) == lines)
  }

  @Test(arguments: fixtures)
  func withKnownInput(_ fixture: Fixture) async throws {
    let lines = try await lines(fixture) { plan, workflow, input in
      PassPipeline.run(on: specialize(plan, workflow: workflow, input: input))
    }
    #expect(try await plainLines(fixture) == lines)
  }

  // MARK: Running

  private func plainLines(_ fixture: Fixture) async throws -> String {
    try await lines(fixture) { plan, _, _ in PassPipeline.run(on: plan) }
  }

  private func lines(_ fixture: Fixture, _ change: (Plan, String, Value) -> Plan) async throws -> String {
    let sources = try fixture.sources
    var environment = Environment()
    if !fixture.path.contains("/engine/") {
      environment.set("OPENAI_API_KEY", "sk-fixture-secret", origin: "process environment")
    }
    let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    let lowered = try #require(compilation.lowered)
    let input = try json(fixture.sibling("in.json"))
    let id = try #require(lowered.defaultWorkflow?.id)
    let plan = change(lowered, id, input)
    let workflow = try #require(plan.workflow(named: id))
    let answers = RecordedAnswers(try json(fixture.sibling("answers.json")))
    let http = fixture.sibling("http")
    // One turn after the other: which of two jobs is first must not be left to chance.
    let time = VirtualTime()
    let transport = RecordedTransport(
      Files.exists(http) ? String(decoding: try Files.read(http), as: UTF8.self) : "", executor: time)
    let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
    let record = RunRecord(sources: sources)
    let options = try json(fixture.sibling("options.json"))
    let run = run(for: options)
    let outcome = try await time.run {
      await record.lines { () async throws(RuntimeError) in
        try await Interpreter(plan: plan, host: host).run(
          workflow, input: input, as: run, with: RunServices(clock: time, interrupts: answers))
      }
    }
    // Jobs side by side send in no fixed order.
    let sent = transport.requests.map { record.describe($0) }.sorted()
    return try (sent + answers.lines + outcome.map(sortingResult)).joined(separator: "\n")
  }

  /// What jobs side by side give is put together in the order in which they finish.
  private func sortingResult(_ line: String) throws -> String {
    guard line.hasPrefix("result {"), case .object(let object) = try parseJSON(String(line.dropFirst(7))) else {
      return line
    }
    let members = object.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    return "result " + Value.object(OrderedObject(members)).jsonText
  }

  private func run(for caller: Value) -> Run {
    guard case .object(let members) = caller else { return Run(id: "RUN") }
    var session: String?
    if case .text(let text) = members["session"] { session = text }
    return Run(id: "RUN", sessionID: session, metadata: members["metadata"] ?? .null)
  }

  private func json(_ path: String) throws -> Value {
    guard Files.exists(path) else { return .null }
    return try parseJSON(try Files.read(path))
  }
}

/// What the fusion of streams saves.
@Suite struct StreamFusionTests {
  /// The stream leaves the component as it leaves the run, and nothing is put around it for that.
  @Test func encodesAtTheSource() async throws {
    let fixture = Fixture(path: Files.absolute("Fixtures/run/chat-stream.yml"), extension: "yml")
    let sources = try fixture.sources
    var environment = Environment()
    environment.set("OPENAI_API_KEY", "sk-fixture-secret", origin: "process environment")
    let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    let unfused = try #require(compilation.lowered)
    let fused = try #require(compilation.plan)
    #expect(try await form(unfused, fixture) == .chunks(fragmented: true))
    #expect(try await form(fused, fixture) == .encoded(.text))
  }

  private func form(_ plan: Plan, _ fixture: Fixture) async throws -> ValueStream.Form? {
    let workflow = try #require(plan.defaultWorkflow)
    let transport = RecordedTransport(String(decoding: try Files.read(fixture.sibling("http")), as: UTF8.self))
    let host = WatchingHost(host: ComponentRegistry(services: Services(transport: transport)))
    let input = try parseJSON(try Files.read(fixture.sibling("in.json")))
    let result = try await Interpreter(plan: plan, host: host).run(workflow, input: input, as: Run(id: "RUN"))
    if case .stream(let stream) = result { stream.cancel() }
    return host.form.withLock { $0 }
  }
}

/// Notes what kind of stream a component gives.
private final class WatchingHost: ComponentHost {
  let host: ComponentRegistry
  let form = Mutex<ValueStream.Form?>(nil)

  init(host: ComponentRegistry) { self.host = host }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    let value = try await host.run(call)
    if case .stream(let stream) = value { form.withLock { $0 = stream.form } }
    return value
  }

  func refusals(of invocation: Invocation) -> [Refusal] { host.refusals(of: invocation) }
}
