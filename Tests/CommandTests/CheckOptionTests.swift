import ComposeBasic
import ComposeTestSupport
import Testing

/// What options change about findings, the exit status and what is said.
@Suite struct CheckOptionTests {
  /// A warning, and an error.
  private static let file = """
    component: {type: http-client, action: {endpoint: https://api.example.com}}
    workflow: {job: {inptu: "${input}"}}
    notes: for people
    port: ${env.UNSET_PORT}

    """

  private func check(_ arguments: [String], _ text: String = file) async throws -> RunningProgram.Outcome {
    let outcome = try await run(program(["check", "-"] + arguments, input: .text(text)))
    expectNoLeak(outcome)
    return outcome
  }

  @Test(arguments: [
    ([], 1), (["--fail-on", "error"], 1), (["--fail-on", "warning"], 1), (["--fail-on", "note"], 1),
    (["--fail-on", "never"], 0), (["--warn", "unknown-key"], 0),
    (["--warn", "unknown-key", "--fail-on", "warning"], 1),
    (["--allow", "unknown-key"], 0), (["--allow", "unknown-key", "--require-env"], 1),
    (["--allow", "unknown-key", "--error", "unset-environment-variable"], 1),
    (["--allow", "unknown-key", "--allow", "unset-environment-variable", "--fail-on", "note"], 0),
    (["--allow", "unknown-key", "--require-env", "--allow", "unset-environment-variable"], 0),
  ])
  func status(_ arguments: [String], _ expected: Int) async throws {
    for format in DiagnosticFormat.allCases.map(\.rawValue) {
      let outcome = try await check(arguments + ["--format", format])
      #expect(outcome.status == Int32(expected), "\(arguments) \(format): \(outcome)")
    }
  }

  @Test(arguments: [
    (["check", "-", "--allow", "unknown-ky"], "--allow: there is no code 'unknown-ky'; did you mean 'unknown-key'?"),
    (["plan", "--error", "zzz"], "--error: there is no code 'zzz'; 'model-compose explain' lists all codes"),
    (["run", "--warn", "unknown-ky"], "--warn: there is no code 'unknown-ky'; did you mean 'unknown-key'?"),
    (["up", "--allow", "unknown-ky"], "--allow: there is no code 'unknown-ky'; did you mean 'unknown-key'?"),
    (["--allow", "unknown-ky", "check"], "--allow: there is no code 'unknown-ky'; did you mean 'unknown-key'?"),
    (["check", "--allow", "no-job", "--error", "no-job"], "'no-job' is given to both --error and --allow."),
    (["check", "-q", "-v"], "--quiet and --verbose exclude each other."),
    (["check", "a.yml", "-f", "b.yml"], "Name files as paths, to check each by itself, or with -f"),
    (["check", "--fix", "-", "a.yml"], "--fix prints the repaired standard input, so it takes '-' alone."),
    (["check", "--fix=all"], "The value 'all' is invalid for '--fix <kind>'."),
    (["check", "--fail-on", "info"], "The value 'info' is invalid for '--fail-on <fail-on>'."),
  ])
  func badUsage(_ arguments: [String], _ message: String) async throws {
    let outcome = try await run(program(arguments))
    #expect(outcome.status == 2 && outcome.standardOutput == "")
    #expect(outcome.standardError.contains(message), "\(outcome.standardError)")
  }

  /// The other commands take the same levels, and a comment in the file counts as one.
  @Test(arguments: [["--allow", "unknown-key"], ["--warn", "unknown-key"], []])
  func levelsOfOtherCommands(_ arguments: [String]) async throws {
    try await withTemporaryFolder { folder in
      let comment = arguments.isEmpty ? "  # model-compose: ignore[unknown-key] on purpose" : ""
      let text = Self.file.replacing("\"}}\n", with: "\"}}\(comment)\n").replacing(
        "port: ${env.UNSET_PORT}\n", with: "")
      try folder.write(text, to: "model-compose.yml")
      #expect(try await run(program(["plan"] + arguments, in: folder.path)).status == 0)
      let quiet = try await run(program(["plan", "--quiet"] + arguments, in: folder.path))
      #expect(quiet.status == 0 && quiet.standardError == "")
      let verbose = try await run(program(["plan", "--verbose"] + arguments, in: folder.path))
      #expect(verbose.standardError.hasPrefix("read model-compose.yml ("))
      #expect(verbose.standardError.contains("warning[unknown-key]: ") != (arguments.first == "--allow"))
      let strict = try await run(program(["plan", "--error", "no-workflow"], in: folder.path))
      #expect(strict.status == (arguments.isEmpty ? 0 : 1))
    }
  }

  @Test func quietSaysOnlyWhatIsWrong() async throws {
    let clean = Self.file.replacing("inptu", with: "input").replacing("port: ${env.UNSET_PORT}\n", with: "")
    let noted = try await check(["-q"], clean)
    #expect(noted.standardOutput.hasPrefix("warning[unknown-key]"))
    #expect(!noted.standardOutput.contains("in 1 file"))
    #expect(noted.standardError == "")
    let silent = try await check(["-q", "--allow", "unknown-key"], clean)
    #expect(silent.standardOutput == "" && silent.standardError == "")
    #expect(try await check(["-q", "--fix"], clean).standardError.hasPrefix("warning[unknown-key]"))
  }

  @Test func verboseTellsWhatIsRead() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.file, to: "a.yml")
      try folder.write("UNSET_PORT=1\nOTHER=2\n", to: ".env")
      let outcome = try await run(program(["-v", "check", "a.yml", "--fix=suggested"], in: folder.path))
      #expect(outcome.standardError.contains("read a.yml (\(Self.file.utf8.count) bytes)\n"))
      #expect(outcome.standardError.contains("read .env (2 variables)\n"))
      #expect(outcome.standardError.contains("a.yml: unknown-key: rename it to 'input'\n"))
      #expect(outcome.standardError.firstMatch(of: /checked 1 files? in \d+\.\d ms/) != nil)
    }
  }

  @Test func printsTheSchema() async throws {
    let outcome = try await run(program(["check", "--print-schema", "no-such-file.yml"]))
    #expect(outcome.status == 0 && outcome.standardError == "")
    let document = try Files.read(Files.absolute("docs/diagnostics.schema.json"))
    #expect(try TestJSON(outcome.standardOutput) == TestJSON(String(decoding: document, as: UTF8.self)))
  }
}
