import ComposePlan
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
