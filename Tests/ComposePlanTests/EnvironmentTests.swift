import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

@Suite struct EnvironmentTests {
  @Test func everyVariableOnce() throws {
    let fixture = Fixture(path: Files.absolute("Fixtures/plan/secrets.yml"), extension: "yml")
    let needs = try plan(fixture).environment
    #expect(needs.map(\.name) == ["OPENAI_API_KEY", "OTHER_TOKEN", "PORT", "REGION"])
    #expect(needs.map(\.isSecret) == [true, true, false, false])
    #expect(needs.map(\.origin) == ["process environment", "default", "default", "default"])
    #expect(needs.map(\.value) == ["sk-fixture", "fallback-token", "9000", "eu"])
  }

  @Test func servingReadsTheEnvironment() throws {
    let fixture = Fixture(path: Files.absolute("Fixtures/plan/secrets.yml"), extension: "yml")
    #expect(try plan(fixture).serving.api == .init(host: "127.0.0.1", port: 9000))
  }
}

/// A finding about a text that came from the environment says which variable it is and where it was set.
@Suite struct EnvironmentOriginTests {
  private static let settings = [
    "PORT": ("port", ".env:3"), "METHOD": ("GETT", "-e"), "TEMPERATURE": ("warm", "process environment"),
  ]

  private func diagnostics(_ text: String) -> [Diagnostic] {
    var sources = SourceSet()
    sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
    var environment = Environment()
    for (name, (value, origin)) in Self.settings { environment.set(name, value, origin: origin) }
    return compile(sources.files, in: sources, environment: environment, catalog: .builtIn).diagnostics.sorted()
  }

  private static func file(port: String, method: String, temperature: String) -> String {
    """
    controller: {adapter: {type: http-server, port: \(port)}}
    component:
      type: http-client
      action:
        endpoint: https://api.example.com
        method: \(method)
        body: {t: "${input.t as number | \(temperature)}"}
    workflow: {job: {input: "${input}"}}
    """
  }

  @Test func namesTheVariableAndItsOrigin() {
    let found = diagnostics(
      Self.file(port: "${env.PORT}", method: "${env.METHOD}", temperature: "${env.TEMPERATURE}"))
    #expect(found.map(\.code.id) == ["invalid-value", "invalid-value", "invalid-default"])
    #expect(
      found.flatMap { $0.notes.map(\.message) } == [
        "the text is the value of the environment variable 'PORT' (.env:3)",
        "the text is the value of the environment variable 'METHOD' (-e)",
        "the text is the value of the environment variable 'TEMPERATURE' (process environment)",
      ])
    #expect(found.allSatisfy { $0.notes.first?.range == $0.range })
    #expect(found.allSatisfy { $0.fixes.isEmpty })
  }

  @Test func namesADefaultOfTheFile() {
    let found = diagnostics(Self.file(port: "${env.UNSET | many}", method: "GET", temperature: "1"))
    #expect(
      found.flatMap { $0.notes.map(\.message) } == [
        "the text is the default of the environment variable 'UNSET'"
      ])
  }

  @Test func saysNothingOfTextInTheFile() {
    let found = diagnostics(Self.file(port: "many", method: "GETT", temperature: "warm"))
    #expect(found.map(\.code.id) == ["invalid-value", "invalid-value", "invalid-default"])
    #expect(found.allSatisfy { $0.notes.isEmpty })
    #expect(!found[1].fixes.isEmpty)
  }

  @Test func unsetVariablesAreFoundAllAtOnce() {
    let found = diagnostics(Self.file(port: "${env.A}", method: "${env.B}", temperature: "${env.C}"))
    #expect(
      found.filter { $0.code.id == "unset-environment-variable" }.map(\.range.start).count == 3)
  }
}
