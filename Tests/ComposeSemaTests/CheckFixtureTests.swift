import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Every file under `Fixtures/check` says in its comments what is found in it, and where.
@Suite struct CheckFixtureTests {
  @Test(arguments: Fixture.all(in: "check", extension: "yml"))
  func mistakes(_ fixture: Fixture) throws {
    let sources = try fixture.sources
    let compilation = compile(sources.files, in: sources, environment: .fixtures, catalog: .builtIn)
    try DiagnosticMatcher(fixture).verify(compilation.diagnostics.sorted())
  }

  @Test(arguments: Fixture.all(in: "check/ok", extension: "yml"))
  func silence(_ fixture: Fixture) throws {
    let sources = try fixture.sources
    let compilation = compile(sources.files, in: sources, environment: .fixtures, catalog: .builtIn)
    try DiagnosticMatcher(fixture).verify(compilation.diagnostics.sorted())
    #expect(compilation.plan != nil)
  }
}

extension Environment {
  /// The variables that fixtures may name.
  static var fixtures: Environment {
    var environment = Environment()
    environment.set("OPENAI_API_KEY", "sk-fixture", origin: "process environment")
    return environment
  }
}
