import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Runs every `Fixtures/run/*.yml` against its recorded provider (`.http`) with its input (`.in.json`). The golden
/// (`.out`) holds the requests that were sent and what came out.
@Suite struct RunFixtureTests {
  @Test(arguments: Fixture.all(in: "run"))
  func run(_ fixture: Fixture) async throws {
    let sources = try fixture.sources
    var environment = Environment()
    environment.set("OPENAI_API_KEY", "sk-fixture-secret", origin: "process environment")
    let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    let plan = try #require(compilation.plan, "\(compilation.diagnostics.sorted().map(\.message))")
    let workflow = try #require(plan.defaultWorkflow)
    let time = VirtualTime()
    let transport = RecordedTransport(
      String(decoding: try Files.read(fixture.sibling("http")), as: UTF8.self), executor: time)
    let input = try parseJSON(try Files.read(fixture.sibling("in.json")))

    let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
    #expect(refusals(of: [workflow], in: plan, host: host).isEmpty)
    let record = RunRecord(sources: sources)
    let outcome = try await time.run {
      await record.lines { () async throws(RuntimeError) in
        try await Interpreter(plan: plan, host: host).run(
          workflow, input: input, as: Run(id: "RUN"), with: RunServices(clock: time))
      }
    }
    // Jobs side by side send in no fixed order.
    let isOrdered = Set(workflow.nodes.map(\.stage)).count == workflow.nodes.count
    let sent = transport.requests.map { record.describe($0) }
    let requests = isOrdered ? sent : sent.sorted()
    expectGolden((requests + outcome).joined(separator: "\n") + "\n", at: fixture.sibling("out"))
  }
}
