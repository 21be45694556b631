import ComposeSyntax
import ComposeTestSupport
import Testing

@Suite struct YAMLFixtureTests {
  /// Every node's range, against the recorded tree. The variables that the fixtures use are fixed here.
  @Test(arguments: Fixture.all(in: "yaml"))
  func tree(_ fixture: Fixture) throws {
    let environment = [
      "HOST": "example.org", "PORT": "8080", "EMPTY": "", "QUOTED": "\"a b\"", "EIGHT_AB": "12345678901",
    ]
    let parsed = ParsedYAML(try fixture.bytes, environment: environment)
    expectGolden(parsed.tree, at: fixture.sibling("tree"))
  }
}
