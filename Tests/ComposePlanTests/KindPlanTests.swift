import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What `plan` shows for each folder of `Fixtures/kinds`, beside what is found there and what running it gives.
@Suite struct KindPlanTests {
  @Test(arguments: Fixture.folders(in: "kinds"), [PlanFormat.text, .json])
  func plan(_ fixture: Fixture, _ format: PlanFormat) throws {
    var sources = SourceSet()
    sources.add(path: "file.yml", bytes: try Files.read(fixture.file("file.yml")))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    let text = try printed(compilation, as: format)
    expectGolden(text, at: fixture.file("plan.\(format == .text ? "txt" : "json")"))
    guard format == .json else { return }
    let schema = try JSONText.read(Files.read(Files.absolute("docs/plan.schema.json")))
    #expect(SchemaCheck(schema).faults(in: try JSONText.read(Array(text.utf8))) == [])
  }
}
