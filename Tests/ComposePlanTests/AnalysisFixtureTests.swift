import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What the analyses say about each file under `Fixtures/plan/analysis`.
@Suite struct AnalysisFixtureTests {
  @Test(arguments: Fixture.all(in: "plan/analysis"), PlanReport.allCases)
  func report(_ fixture: Fixture, _ report: PlanReport) throws {
    expectGolden(try printed(fixture, as: report), at: fixture.sibling(report.fileName))
  }

  /// What is found is also part of the plan.
  @Test(arguments: Fixture.all(in: "plan/analysis"))
  func text(_ fixture: Fixture) throws {
    let plan = try analysisPlan(fixture)
    expectGolden(ComposePlan.print(plan, workflows: plan.workflows, as: .text), at: fixture.sibling("plan.txt"))
  }

  /// Without the places, which the text shows.
  @Test(arguments: Fixture.all(in: "plan/analysis"))
  func json(_ fixture: Fixture) throws {
    let plan = try analysisPlan(fixture)
    let text = ComposePlan.print(
      plan, workflows: plan.workflows, as: .json, options: PrintOptions(locations: false))
    expectGolden(text, at: fixture.sibling("plan.json"))
    let schema = try JSONText.read(Files.read(Files.absolute("docs/plan.schema.json")))
    #expect(SchemaCheck(schema).faults(in: try JSONText.read(Array(text.utf8))) == [])
  }

  @Test(arguments: Fixture.all(in: "plan/analysis"))
  func summaryIsShort(_ fixture: Fixture) throws {
    for report in [PlanReport.summary, .markdown] {
      #expect(try printed(fixture, as: report).split(separator: "\n").count <= 10)
    }
  }

  @Test(arguments: Fixture.all(in: "plan/analysis"))
  func secretsAreNotPrinted(_ fixture: Fixture) throws {
    for report in PlanReport.allCases { #expect(!(try printed(fixture, as: report)).contains("sk-fixture")) }
  }

  /// Dictionaries have another order in each instance, so many compilations would show one that leaks out.
  @Test(arguments: Fixture.all(in: "plan/analysis"))
  func isDeterministic(_ fixture: Fixture) async throws {
    let first = try allPrinted(fixture)
    let others = await computed { Set((0..<10).map { _ in try? allPrinted(fixture) }) }
    #expect(others == [first])
  }

  private func allPrinted(_ fixture: Fixture) throws -> [String] {
    let plan = try analysisPlan(fixture)
    return PlanReport.allCases.map { ComposePlan.print(plan, workflows: plan.workflows, as: $0) }
  }

  private func printed(_ fixture: Fixture, as report: PlanReport) throws -> String {
    let plan = try analysisPlan(fixture)
    return ComposePlan.print(plan, workflows: plan.workflows, as: report)
  }
}

extension PlanReport {
  fileprivate var fileName: String {
    switch self {
    case .summary: "summary.txt"
    case .markdown: "summary.md"
    case .curl: "curl"
    case .effects: "effects.txt"
    }
  }
}

/// The plan of a fixture without errors, with a key in the environment.
func analysisPlan(_ fixture: Fixture) throws -> Plan {
  let sources = try fixture.sources
  var environment = Environment()
  environment.set("OPENAI_API_KEY", "sk-fixture", origin: "process environment")
  let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
  let errors = compilation.diagnostics.all.filter { $0.severity == .error }.map(\.message)
  #expect(errors == [])
  let plan = compilation.plan
  return try #require(plan)
}
