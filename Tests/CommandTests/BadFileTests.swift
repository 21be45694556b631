import ComposeTestSupport
import Testing

/// Files that no command can work with: each command names the file, the place and the mistake.
@Suite struct BadFileTests {
  struct Content: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// Line and column.
    let place: String
    let code: String
    var testDescription: String { name }
  }

  static let contents = [
    Content(name: "syntax error", text: "a: 1\nb: [1\n", place: "2:4", code: "yaml-syntax"),
    Content(name: "empty", text: "", place: "1:1", code: "empty-file"),
    Content(name: "only a comment", text: "# nothing\n", place: "1:1", code: "empty-file"),
    Content(name: "a list", text: "- a\n", place: "1:1", code: "wrong-kind"),
    Content(name: "a text", text: "hello\n", place: "1:1", code: "wrong-kind"),
    Content(name: "two documents", text: "workflow: {}\n---\nb: 2\n", place: "2:1", code: "multiple-documents"),
    Content(name: "control character", text: "a: b\u{0}\n", place: "1:5", code: "yaml-syntax"),
    Content(name: "twice the same key", text: "workflow: {}\nworkflow: {}\n", place: "2:1", code: "duplicate-key"),
  ]

  /// A command, the exit status for a file with mistakes, and whether the findings are its result.
  static let commands: [(arguments: [String], status: Int32, isResult: Bool)] = [
    (["check"], 1, true), (["plan"], 1, false), (["run", "--set", "prompt=x"], 2, false),
    (["up", "--port", "0", "--web-port", "0"], 2, false),
  ]

  @Test(arguments: contents, commands.indices)
  func namesThePlace(_ content: Content, _ index: Int) async throws {
    let command = Self.commands[index]
    try await withTemporaryFolder { folder in
      try folder.write(content.text, to: "model-compose.yml")
      let outcome = try await run(program(command.arguments, in: folder.path))
      #expect(outcome.status == command.status, "\(outcome)")
      let findings = command.isResult ? outcome.standardOutput : outcome.standardError
      #expect(findings.contains("error[\(content.code)]: "))
      #expect(findings.contains("--> model-compose.yml:\(content.place)\n"), "\(findings)")
      #expect((command.isResult ? outcome.standardError : outcome.standardOutput) == "")
      expectNoLeak(outcome)
    }
  }

  static let paths: [(path: String, message: String)] = [
    ("missing.yml", "'missing.yml' was not found"),
    ("folder", "'folder' is a directory, not a file"),
    ("model-compose.yml/part", "'model-compose.yml/part' cannot be read: a part of the path is not a directory"),
    // Can be opened, but not read, even by a user who may read everything.
    ("/proc/self/mem", "'/proc/self/mem' cannot be read: Input/output error"),
  ]

  @Test(arguments: paths.indices, commands.indices)
  func namesWhatCannotBeRead(_ path: Int, _ command: Int) async throws {
    try await withTemporaryFolder { folder in
      try folder.write("", to: "model-compose.yml")
      try folder.write("", to: "folder/file")
      let arguments = Self.commands[command].arguments + ["-f", Self.paths[path].path]
      let outcome = try await run(program(arguments, in: folder.path))
      #expect(outcome.status == 2 && outcome.standardOutput == "")
      #expect(outcome.standardError == "error: \(Self.paths[path].message)\n")
    }
  }

  @Test(arguments: commands.indices)
  func saysThatThereIsNoFile(_ command: Int) async throws {
    try await withTemporaryFolder { folder in
      let outcome = try await run(program(Self.commands[command].arguments, in: folder.path))
      #expect(outcome.status == 2 && outcome.standardOutput == "")
      #expect(outcome.standardError.hasPrefix("error: there is no model-compose.yml or model-compose.yaml"))
      #expect(outcome.standardError.contains("help: name a file with -f\n"))
    }
  }

  @Test func checkNamesAFolderWithoutFiles() async throws {
    try await withTemporaryFolder { folder in
      try folder.write("", to: "empty/other.yml")
      let outcome = try await run(program(["check", "empty"], in: folder.path))
      #expect(outcome.status == 2)
      #expect(outcome.standardError == "error: there is no model-compose.yml in 'empty' or below\n")
    }
  }

  @Test func findingsOfAllFilesAreReported() async throws {
    try await withTemporaryFolder { folder in
      try folder.write("", to: "a/model-compose.yml")
      try folder.write("- a\n", to: "b/c/model-compose.yaml")
      try folder.write("", to: "b/.hidden/model-compose.yml")
      let outcome = try await run(program(["check", "--format", "concise", "."], in: folder.path))
      #expect(outcome.status == 1)
      let lines = outcome.standardOutput.split(separator: "\n")
      #expect(lines.count { $0.hasPrefix("a/model-compose.yml:1:1: error[empty-file]") } == 1)
      #expect(lines.count { $0.hasPrefix("b/c/model-compose.yaml:1:1: error[wrong-kind]") } == 1)
      #expect(!outcome.standardOutput.contains("hidden"))
    }
  }
}
