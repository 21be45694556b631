import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What a known input folds: the plan of each file under `Fixtures/plan/input` with its `.in.json`.
@Suite struct SpecializationTests {
  @Test(arguments: Fixture.all(in: "plan/input"))
  func plan(_ fixture: Fixture) throws {
    let input = try parseJSON(Files.read(fixture.sibling("in.json")))
    let text = try specialized(try fixture.sources, input)
    #expect(!text.contains("sk-fixture"))
    expectGolden(text, at: fixture.sibling("txt"))
  }

  /// A run refuses this input, so nothing is known.
  @Test func aRefusedInputChangesNothing() throws {
    let fixture = try #require(Fixture.all(in: "plan/input").first)
    let sources = try fixture.sources
    let plan = try #require(lowered(sources))
    #expect(try specialized(sources, .object(["model": .text("gpt")])) == print(PassPipeline.run(on: plan)))
  }

  /// Whoever runs it gives it another input.
  @Test func aWorkflowThatIsRunByAnotherStays() throws {
    let text = """
      components:
        - {id: nested, type: workflow, action: {workflow: inner, input: {n: 2}}}
        - {id: echo, type: http-client, action: {endpoint: "https://api.example.com", output: "${response.n}"}}
      workflows:
        - {id: inner, job: {component: echo, input: {n: "${input.n}"}, output: {n: "${input.n}"}}}
        - {id: outer, job: {component: nested, input: {n: "${input.n}"}, output: {m: "${input.n}"}}}
      """
    var sources = SourceSet()
    sources.add(path: "a.yml", bytes: Array(text.utf8))
    let input = Value.object(["n": .integer(1)])
    #expect(try specialized(sources, input, workflow: "inner").contains("output.n  ${input.n}"))
    #expect(try specialized(sources, input, workflow: "outer").contains("output.m  1 "))
  }

  private func specialized(_ sources: SourceSet, _ input: Value, workflow: String? = nil) throws -> String {
    let plan = try #require(lowered(sources))
    let id = try #require(workflow ?? plan.defaultWorkflow?.id)
    return print(PassPipeline.run(on: specialize(plan, workflow: id, input: input)))
  }

  private func print(_ plan: Plan) -> String { ComposePlan.print(plan, workflows: plan.workflows, as: .text) }

  private func lowered(_ sources: SourceSet) -> Plan? {
    var environment = Environment()
    environment.set("CHAT_KEY", "sk-fixture", origin: "process environment")
    return compile(sources.files, in: sources, environment: environment, catalog: .builtIn).lowered
  }
}
