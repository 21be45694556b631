import ComposeTestSupport
import Testing

/// `docs/cli.md` names the options that exist, and no others.
@Suite struct CommandLineDocumentTests {
  @Test(arguments: [
    "check", "plan", "run", "up", "down", "start", "stop", "status", "eval", "explain", "schema",
  ])
  func namesTheOptions(_ command: String) async throws {
    let help = try await run(program([command, "--help"]))
    // Only where an option is introduced: texts speak of options of others.
    let actual = Set(
      help.standardOutput.split(separator: "\n").flatMap { line -> [String] in
        let introduced = line.prefixMatch(of: /[ ]{2}(-[-a-zA-Z, ]*)/)?.1 ?? ""
        return introduced.matches(of: /(?:^|[ ])(--?[a-z][-a-z]*)/).map { String($0.1) }
      })
    #expect(actual.contains("--help"))

    let tables = try MarkdownDocument("docs/cli.md").tables
    let hasShared = !["eval", "explain", "schema"].contains(command)
    let shared = hasShared ? options(tables, "Options of commands that take a compose file") : []
    let documented = Set(shared + options(tables, command) + options(tables, "Options of all commands"))
    #expect(documented.subtracting(actual) == [], "documented, but not there")
    #expect(actual.subtracting(documented) == [], "there, but not documented")
  }

  @Test func namesTheCommands() async throws {
    let help = try await run(program(["--help"])).standardOutput
    let actual = help.matches(of: /(?m)^[ ]{2}([a-z]+)(?:, [a-z]+)?[ ]{2}/).map { String($0.1) }
    for path in ["docs/cli.md", "README.md"] {
      let table = try #require(try MarkdownDocument(path).tables.first { $0.rows[0][0] == "command" })
      let documented = table.rows.dropFirst().compactMap { $0[0].firstMatch(of: /^`([a-z]+)/).map { String($0.1) } }
      #expect(documented == actual, "\(path)")
    }
  }

  /// The options in the first column of the tables below a heading.
  private func options(_ tables: [MarkdownDocument.Table], _ heading: String) -> [String] {
    tables.filter { $0.heading == heading }.flatMap { $0.rows.dropFirst() }.flatMap { row in
      row[0].matches(of: /(?:`|, )(--?[a-z][-a-z]*)/).map { String($0.1) }
    }
  }
}
