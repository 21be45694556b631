import ComposeBasic
import ComposeTestSupport
import Testing

/// What all formats of `check` have in common, and how they are documented.
@Suite struct CheckFormatTests {
  private static let mistakes = "Fixtures/command/mistakes.yml"

  @Test(arguments: DiagnosticFormat.allCases)
  func theStatusIsThatOfTheFindings(_ format: DiagnosticFormat) async throws {
    let found = try await run(
      program(["check", "--format", format.rawValue, CheckFormatTests.mistakes], in: Files.repository))
    #expect(found.status == 1 && found.standardError == "")
    #expect(found.standardOutput.contains("unknown-key") && found.standardOutput.hasSuffix("\n"))
    let clean = try await run(
      program(["check", "--format", format.rawValue, "-e", "OPENAI_API_KEY=unused", ChatExample.file]))
    #expect(clean.status == 0 && clean.standardError == "")
    let isSilent = [.concise, .jsonl, .github].contains(format)
    #expect(clean.standardOutput.isEmpty == isSilent, "\(clean.standardOutput)")
  }

  @Test func allAreDocumented() throws {
    let table = try #require(try MarkdownDocument("docs/cli.md").tables.first { $0.heading == "Formats of check" })
    #expect(table.rows.dropFirst().map { $0[0] } == DiagnosticFormat.allCases.map { "`\($0.rawValue)`" })
  }
}
