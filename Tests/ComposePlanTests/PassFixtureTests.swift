import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What each pass changes: the trace of each file under `Fixtures/plan/passes`.
@Suite struct PassFixtureTests {
  private static let passes = [
    "fold-constants", "prune", "infer-streaming", "insert-tee", "fuse-streams", "order-nodes",
  ]

  @Test(arguments: Fixture.all(in: "plan/passes"))
  func trace(_ fixture: Fixture) throws {
    expectGolden(tracePasses(try lowered(fixture)), at: fixture.sibling("txt"))
  }

  @Test func namesEveryPassInOrder() throws {
    let fixture = try #require(Fixture.all(in: "plan/passes").first)
    var names: [String] = []
    _ = PassPipeline.run(on: try lowered(fixture)) { name, _ in names.append(name) }
    #expect(Array(names.prefix(Self.passes.count)) == Self.passes)
  }

  /// Each of these files is named after a pass that it shows.
  @Test(arguments: passes)
  func changesItsFixture(_ pass: String) throws {
    let plan = try lowered(Fixture(path: Files.absolute("Fixtures/plan/passes/\(pass).yml"), extension: "yml"))
    var before = plan
    var isChanged = false
    _ = PassPipeline.run(on: plan) { name, after in
      if name == pass { isChanged = text(before) != text(after) }
      before = after
    }
    #expect(isChanged)
  }

  /// A plan that went through the passes has nothing left for them.
  @Test(arguments: Fixture.all(in: "plan/passes") + Fixture.all(in: "plan"))
  func passesRunOnce(_ fixture: Fixture) throws {
    let plan = PassPipeline.run(on: try lowered(fixture))
    #expect(text(PassPipeline.run(on: plan)) == text(plan))
  }

  private func text(_ plan: Plan) -> String { ComposePlan.print(plan, workflows: plan.workflows, as: .text) }

  private func lowered(_ fixture: Fixture) throws -> Plan {
    let sources = try fixture.sources
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    #expect(compilation.diagnostics.all.filter { $0.severity == .error }.map(\.message) == [])
    return try #require(compilation.lowered)
  }
}
