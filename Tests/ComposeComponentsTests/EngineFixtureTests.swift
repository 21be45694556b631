import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What the job engine does, statement by statement: `Fixtures/run/engine/README.md` tells about the files.
@Suite struct EngineFixtureTests {
  @Test(arguments: Fixture.all(in: "run/engine"))
  func statement(_ fixture: Fixture) async throws {
    let sources = try fixture.sources
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    let plan = try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message))")
    let workflow = try #require(plan.defaultWorkflow)
    let time = VirtualTime()
    let transport = RecordedTransport(try text(fixture.sibling("http")) ?? "", executor: time)
    let input = try json(fixture.sibling("in.json"))
    let answers = RecordedAnswers(try json(fixture.sibling("answers.json")))
    let caller = try json(fixture.sibling("options.json"))
    let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
    #expect(refusals(of: [workflow], in: plan, host: host).isEmpty)

    let record = RunRecord(sources: sources)
    let run = run(for: caller)
    let outcome = try await time.run {
      await record.lines { () async throws(RuntimeError) in
        try await Interpreter(plan: plan, host: host).run(
          workflow, input: input, as: run, with: RunServices(clock: time, interrupts: answers))
      }
    }
    let requests = transport.requests.map { record.describe($0) }
    expectGolden((requests + answers.lines + outcome).joined(separator: "\n") + "\n", at: fixture.sibling("out"))
  }

  private func run(for caller: Value) -> Run {
    guard case .object(let members) = caller else { return Run(id: "RUN") }
    var session: String?
    if case .text(let text) = members["session"] { session = text }
    return Run(id: "RUN", sessionID: session, metadata: members["metadata"] ?? .null)
  }

  private func text(_ path: String) throws -> String? {
    guard Files.exists(path) else { return nil }
    return String(decoding: try Files.read(path), as: UTF8.self)
  }

  /// Null when there is no such file.
  private func json(_ path: String) throws -> Value {
    guard Files.exists(path) else { return .null }
    return try parseJSON(try Files.read(path))
  }
}
