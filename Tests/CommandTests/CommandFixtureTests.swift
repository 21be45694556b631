import ComposeTestSupport
import Testing

/// `Fixtures/command/NAME.argv`, one argument a line, run at the root of the repository. Beside it stand the expected
/// `.stdout`, `.stderr` and `.status`.
@Suite struct CommandFixtureTests {
  @Test(arguments: Fixture.all(in: "command", extension: "argv"))
  func printsWhatIsRecorded(_ fixture: Fixture) async throws {
    let arguments = try fixture.text.split(separator: "\n").map(String.init)
    let outcome = try await run(program(arguments, in: Files.repository))
    expectGolden(outcome.standardOutput, at: fixture.sibling("stdout"))
    expectGolden(outcome.standardError, at: fixture.sibling("stderr"))
    expectGolden("\(try #require(outcome.status))\n", at: fixture.sibling("status"))
  }
}
