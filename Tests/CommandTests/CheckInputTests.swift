import ComposeBasic
import ComposeTestSupport
import Glibc
import Testing

/// What `check` can be given to read, and what it says when it cannot.
@Suite struct CheckInputTests {
  private static let clean = """
    component: {type: http-client, action: {endpoint: https://api.example.com}}
    workflow: {job: {input: "${input}"}}

    """
  private static let broken = "- a\n"

  private func check(_ arguments: [String], in folder: TemporaryFolder) async throws -> RunningProgram.Outcome {
    let outcome = try await run(program(["check", "--format", "concise"] + arguments, in: folder.path))
    expectNoLeak(outcome)
    return outcome
  }

  @Test func whatCannotBeReadDoesNotKeepTheRestFromBeingChecked() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "bad.yml")
      try folder.write(Self.clean, to: "good.yml")
      try folder.write("", to: "empty/readme.txt")
      let outcome = try await check(["missing.yml", "bad.yml", "empty", "none/", "good.yml"], in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.standardOutput.hasPrefix("bad.yml:1:1: error[wrong-kind]"))
      #expect(
        outcome.standardError == """
          error: 'missing.yml' was not found
          error: there is no model-compose.yml in 'empty' or below
          error: 'none/' was not found

          """)
    }
  }

  /// Nothing about how findings are printed changes the status.
  @Test(arguments: DiagnosticFormat.allCases.map(\.rawValue))
  func statusIsTheSameInEveryFormat(_ format: String) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.clean, to: "good.yml")
      try folder.write(Self.broken, to: "bad.yml")
      for (paths, status) in [(["good.yml"], 0), (["bad.yml"], 1), (["good.yml", "missing.yml"], 2), (["missing"], 2)] {
        let outcome = try await run(program(["check", "--format", format] + paths, in: folder.path))
        #expect(outcome.status == Int32(status), "\(format) \(paths)")
        if format == "json" { _ = try TestJSON(outcome.standardOutput) }
      }
    }
  }

  @Test func directoriesAreSearched() async throws {
    try await withTemporaryFolder { folder in
      for path in [
        "b/model-compose.yml", "a/deep/er/model-compose.yaml", "model-compose.yml", "node_modules/x/model-compose.yml",
        ".git/model-compose.yml", ".hidden/model-compose.yml", "a/other.yml", "a/model-compose.yml.bak",
      ] {
        try folder.write(Self.broken, to: path)
      }
      let outcome = try await check(["."], in: folder)
      let files = outcome.standardOutput.split(separator: "\n").compactMap { $0.split(separator: ":").first }
      #expect(files == ["model-compose.yml", "a/deep/er/model-compose.yaml", "b/model-compose.yml"])
      // Asked for by name, they are checked.
      #expect(
        try await check([".hidden", "node_modules"], in: folder).standardOutput.split(separator: "\n").count == 2)
    }
  }

  @Test func linksDoNotLeadInCircles() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "real/model-compose.yml")
      for (target, link) in [
        ("..", "real/up"), (".", "real/self"), ("real", "again"), ("a", "b"), ("b", "a"),
        ("loop", "loop"),
      ] {
        #expect(symlink(target, folder.path + "/" + link) == 0)
      }
      let outcome = try await check(["."], in: folder)
      #expect(outcome.status == 1 && outcome.standardError == "")
      #expect(outcome.standardOutput.split(separator: "\n").count == 1)
      // A link that is named is followed.
      #expect(try await check(["again"], in: folder).standardOutput.hasPrefix("again/model-compose.yml:1:1"))
      let circle = try await check(["loop"], in: folder)
      #expect(circle.status == 2)
      #expect(circle.standardError == "error: 'loop' cannot be read: its symbolic links go in a circle\n")
    }
  }

  @Test func linksToFilesAreRead() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "a.yml")
      try folder.write("", to: "x/y")
      #expect(symlink("../a.yml", folder.path + "/x/model-compose.yml") == 0)
      #expect(symlink("nowhere", folder.path + "/x/model-compose.yaml") == 0)
      let outcome = try await check(["x"], in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.standardOutput.hasPrefix("x/model-compose.yml:1:1"))
      #expect(outcome.standardError == "error: 'x/model-compose.yaml' was not found\n")
    }
  }

  @Test func aFolderThatCannotBeReadIsNamed() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "a/model-compose.yml")
      try folder.write(Self.broken, to: "locked/model-compose.yml")
      #expect(chmod(folder.path + "/locked", 0) == 0)
      defer { chmod(folder.path + "/locked", 0o755) }
      // The superuser reads everything.
      guard getuid() != 0 else { return }
      let outcome = try await check(["."], in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.standardOutput.hasPrefix("a/model-compose.yml:1:1"))
      #expect(outcome.standardError == "error: 'locked' cannot be read: permission denied\n")
    }
  }

  @Test func pipesAndSocketsAreNotReadUnasked() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "a/model-compose.yml")
      #expect(mkfifo(folder.path + "/model-compose.yml", 0o600) == 0)
      let outcome = try await check(["."], in: folder)
      #expect(outcome.status == 1 && outcome.standardError == "")
      #expect(outcome.standardOutput.hasPrefix("a/model-compose.yml:1:1"))
    }
  }

  /// As `check <(generate)` gives one.
  @Test func aPipeThatIsNamedIsRead() async throws {
    try await withTemporaryFolder { folder in
      let script = "\(try modelComposePath()) check --format concise <(printf -- '- a\\n')"
      let outcome = try await run(ProgramLaunch("/usr/bin/env", ["bash", "-c", script], workingDirectory: folder.path))
      #expect(outcome.status == 1 && outcome.standardOutput.contains(":1:1: error[wrong-kind]"), "\(outcome)")
    }
  }

  @Test func devicesAndSockets() async throws {
    try await withTemporaryFolder { folder in
      #expect(try await check(["/dev/null"], in: folder).standardOutput.contains("error[empty-file]"))
      let endless = try await check(["/dev/zero"], in: folder)
      #expect(endless.status == 2 && endless.standardError.hasPrefix("error: '/dev/zero' is larger than "))
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      let path = folder.path + "/socket"
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
      let status = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
      #expect(status == 0)
      let outcome = try await check(["socket"], in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.standardError == "error: 'socket' cannot be read: it is a socket or a device, not a file\n")
    }
  }

  @Test func oneFileIsCheckedOnce() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "model-compose.yml")
      let outcome = try await check(["model-compose.yml", "./model-compose.yml", ".", "-", "-"], in: folder)
      let lines = outcome.standardOutput.split(separator: "\n").map { $0.prefix { $0 != ":" } }
      #expect(lines == ["model-compose.yml", "<stdin>"], "\(outcome)")
    }
  }

  @Test(arguments: [["missing.yml"], ["model-compose.yml", "missing.yml", "nor/this.yml"]])
  func partsOfAWholeAreCheckedTogetherOrNotAtAll(_ files: [String]) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "model-compose.yml")
      let outcome = try await check(files.flatMap { ["-f", $0] }, in: folder)
      #expect(outcome.status == 2 && outcome.standardOutput == "")
      let missing = files.filter { $0 != "model-compose.yml" }
      #expect(outcome.standardError == missing.map { "error: '\($0)' was not found\n" }.joined())
    }
  }

  @Test func aNameThatIsNotUTFEight() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "a/model-compose.yml")
      let name = Array(folder.path.utf8CString.dropLast()) + [0x2F, CChar(bitPattern: 0xFF), 0]
      #expect(mkdir(name, 0o755) == 0)
      let outcome = try await check(["."], in: folder)
      #expect(outcome.status == 2)
      #expect(outcome.standardOutput.hasPrefix("a/model-compose.yml:1:1"))
      #expect(outcome.standardError == "error: '\u{FFFD}' is passed over: its name is not UTF-8\n")
      rmdir(name)
    }
  }
}
