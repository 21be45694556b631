import ComposeBasic
import ComposeComponents
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// One folder of `Fixtures/kinds` for each kind of job: what is found in `file.yml`, and what running it gives.
@Suite struct KindFixtureTests {
  @Test func everyKindHasOne() {
    #expect(Fixture.folders(in: "kinds").count == 11)
  }

  @Test(arguments: Fixture.folders(in: "kinds"))
  func kind(_ fixture: Fixture) async throws {
    var sources = SourceSet()
    sources.add(path: "file.yml", bytes: try Files.read(fixture.file("file.yml")))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    let findings = compilation.diagnostics.sorted().map {
      "\(sources.location(of: $0.range)): \($0.severity.rawValue)[\($0.code.id)]: \($0.message)\n"
    }
    expectGolden(findings.joined(), at: fixture.file("check.txt"))

    let plan = try #require(compilation.plan)
    let workflow = try #require(plan.defaultWorkflow)
    let replies = fixture.file("run.http")
    let time = VirtualTime()
    let transport = RecordedTransport(
      Files.exists(replies) ? String(decoding: try Files.read(replies), as: UTF8.self) : "", executor: time)
    let input = try parseJSON(try Files.read(fixture.file("in.json")))
    let host = ComponentRegistry(services: Services(transport: transport, errorBodyTimeout: .seconds(600)))
    let record = RunRecord(sources: sources)
    let outcome = try await time.run {
      await record.lines { () async throws(RuntimeError) in
        try await Interpreter(plan: plan, host: host).run(
          workflow, input: input, as: Run(id: "RUN"), with: RunServices(clock: time))
      }
    }
    let requests = transport.requests.map { record.describe($0) }
    expectGolden((requests + outcome).joined(separator: "\n") + "\n", at: fixture.file("run.out"))
  }
}
