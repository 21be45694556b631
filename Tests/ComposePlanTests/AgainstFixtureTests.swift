import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What `plan --against` prints for each folder under `Fixtures/against`.
@Suite struct AgainstFixtureTests {
  private static let folders = Fixture.folders(in: "against")

  @Test(arguments: folders)
  func text(_ fixture: Fixture) throws { expectGolden(try printed(fixture, .text), at: fixture.file("expected.txt")) }

  @Test(arguments: folders)
  func json(_ fixture: Fixture) throws { expectGolden(try printed(fixture, .json), at: fixture.file("expected.json")) }

  @Test(arguments: folders)
  func markdown(_ fixture: Fixture) throws {
    expectGolden(try printed(fixture, .markdown), at: fixture.file("expected.md"))
  }

  @Test(arguments: folders)
  func followsTheSchema(_ fixture: Fixture) throws {
    let schema = try JSONText.read(Files.read(Files.absolute("docs/plan-comparison.schema.json")))
    let document = try JSONText.read(Array(try printed(fixture, .json).utf8))
    #expect(SchemaCheck(schema).faults(in: document) == [])
  }

  /// Nothing differs from itself, and nothing that must not be shown is.
  @Test(arguments: folders)
  func nothingDiffersFromItself(_ fixture: Fixture) throws {
    for name in ["old", "new"] {
      let snapshot = try snapshot(fixture, name)
      let difference = compare(snapshot, with: snapshot)
      #expect(difference.status == .same)
      #expect(difference == PlanDifference())
    }
    for format in DifferenceFormat.allCases {
      let text = try printed(fixture, format)
      #expect(!text.contains("sk-"))
      #expect(!text.contains("\u{1B}"))
    }
  }

  /// What was added one way is removed the other way.
  @Test(arguments: folders)
  func bothWaysTellTheSame(_ fixture: Fixture) throws {
    let (old, new) = (try snapshot(fixture, "old"), try snapshot(fixture, "new"))
    let (forth, back) = (compare(old, with: new), compare(new, with: old))
    func kinds(_ difference: PlanDifference) -> [PlanDifference.JobChange.Kind] {
      difference.workflows.flatMap(\.jobs).map(\.kind)
    }
    #expect(kinds(forth).count { $0 == .added } == kinds(back).count { $0 == .removed })
    #expect(kinds(forth).count { $0 == .changed } == kinds(back).count { $0 == .changed })
    #expect((forth.status == .same) == (back.status == .same))
    let paths = forth.workflows.flatMap { $0.jobs.flatMap(\.fields) }.map(\.path)
    #expect(Set(paths) == Set(back.workflows.flatMap { $0.jobs.flatMap(\.fields) }.map(\.path)))
  }

  @Test(arguments: [
    ("same", PlanDifference.Status.same, PlanDifference.Verdict.compatible),
    ("layout", .same, .compatible),
    ("jobs-reordered", .same, .compatible),
    ("prompt", .changed, .compatible),
    ("job-renamed", .changed, .compatible),
    ("secret-default", .changed, .compatible),
    ("input-optional", .changed, .compatible),
    ("input-removed", .changed, .compatible),
    ("input-widened", .changed, .compatible),
    ("result-member-added", .changed, .compatible),
    ("result-unknown", .changed, .unknown),
    ("workflow-added", .changed, .compatible),
    ("input-required", .breaking, .breaking),
    ("input-narrowed", .breaking, .breaking),
    ("options", .breaking, .breaking),
    ("result-member-removed", .breaking, .breaking),
    ("result-type", .breaking, .breaking),
    ("streaming-now", .breaking, .breaking),
    ("not-streaming-now", .breaking, .breaking),
    ("workflow-renamed", .breaking, .breaking),
    ("workflow-removed", .breaking, .breaking),
    ("workflow-private", .breaking, .breaking),
    ("default-workflow", .breaking, .breaking),
    ("interrupt", .breaking, .breaking),
    ("port-and-path", .breaking, .breaking),
  ])
  func verdicts(_ name: String, _ status: PlanDifference.Status, _ verdict: PlanDifference.Verdict) throws {
    let fixture = Fixture(path: Files.absolute("Fixtures/against/\(name)"))
    let difference = compare(try snapshot(fixture, "old"), with: try snapshot(fixture, "new"))
    #expect(difference.status == status)
    #expect(difference.verdict == verdict)
  }

  private func printed(_ fixture: Fixture, _ format: DifferenceFormat) throws -> String {
    let difference = compare(try snapshot(fixture, "old"), with: try snapshot(fixture, "new"))
    return ComposePlan.print(difference, as: format, redactor: Redactor(secrets: ["sk-fixture"]))
  }

  private func snapshot(_ fixture: Fixture, _ name: String) throws -> PlanSnapshot {
    var environment = Environment()
    environment.set("OPENAI_API_KEY", "sk-fixture", origin: "process environment")
    let text = String(decoding: try Files.read(fixture.file(name + ".yml")), as: UTF8.self)
    let compilation = compiled(text, path: name + ".yml", environment: environment)
    #expect(compilation.diagnostics.all.filter { $0.severity == .error }.map(\.message) == [])
    return try #require(PlanSnapshot(compilation))
  }
}
