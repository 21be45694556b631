import ComposeTestSupport
import Glibc
import Testing

/// `check --fix` and `--diff`: what is written where, and what is said about it.
@Suite struct CheckFixTests {
  private static let broken = """
    component:
      type: http-client  # remark
      base_ur: https://api.example.com
      action: {path: "/${input .a}"}
    workflow: {job: {input: "${input}"}}

    """
  private static let repaired = broken.replacing("base_ur:", with: "base_url:").replacing("input .a", with: "input.a")
  private static let safelyRepaired = broken.replacing("input .a", with: "input.a")

  @Test(arguments: [("--fix", safelyRepaired, 1), ("--fix=safe", safelyRepaired, 1), ("--fix=suggested", repaired, 0)])
  func writesTheFile(_ option: String, _ expected: String, _ status: Int) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "model-compose.yml")
      let outcome = try await run(program(["check", option, "model-compose.yml"], in: folder.path))
      #expect(outcome.status == Int32(status), "\(outcome)")
      #expect(try folder.read("model-compose.yml") == expected)
      #expect(Files.names(in: folder.path) == ["model-compose.yml"])
      let said =
        status == 0 ? "2 fixes made, 0 findings left\n" : "1 fix made, 1 finding left (--fix=suggested would try 1)\n"
      #expect(outcome.standardError == said)
      #expect(outcome.standardOutput.hasSuffix(status == 0 ? "checked 1 file: no problems\n" : "1 error in 1 file\n"))
    }
  }

  @Test func printsJSONOfWhatIsLeft() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "a.yml")
      let outcome = try await run(program(["check", "a.yml", "--fix", "--format", "json"], in: folder.path))
      #expect(outcome.status == 1)
      #expect(try TestJSON(outcome.standardOutput)["diagnostics"]?.array?.count == 1)
    }
  }

  @Test(arguments: [([], safelyRepaired), (["--fix=suggested"], repaired), (["--fix"], safelyRepaired)])
  func diffChangesNothing(_ arguments: [String], _ expected: String) async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "a.yml")
      let outcome = try await run(program(["check", "--diff", "a.yml"] + arguments, in: folder.path))
      #expect(outcome.status == 1)
      #expect(try folder.read("a.yml") == Self.broken)
      #expect(outcome.standardOutput.hasPrefix("--- a.yml\n+++ a.yml\n@@ -1,5 +1,5 @@\n"))
      #expect(outcome.standardError.contains("would be made"))
      let lines = outcome.standardOutput.split(separator: "\n").dropFirst(3)
      let new = lines.filter { !$0.hasPrefix("-") }.map { $0.dropFirst() + "\n" }.joined()
      #expect(new == expected)
    }
  }

  @Test func diffOfACleanFileIsEmpty() async throws {
    let outcome = try await run(
      program(["check", "--diff", "--allow", "unset-environment-variable", ChatExample.file]))
    #expect(outcome.status == 0 && outcome.standardOutput == "")
    #expect(outcome.standardError == "0 fixes would be made, 0 findings left\n")
  }

  @Test func standardInputIsPrintedRepaired() async throws {
    let outcome = try await run(program(["check", "--fix=suggested", "-"], input: .text(Self.broken)))
    #expect(outcome.status == 0)
    #expect(outcome.standardOutput == Self.repaired)
    #expect(outcome.standardError.contains("2 fixes made"))
  }

  /// An editor replaces its buffer with what is printed, so nothing may be lost.
  @Test func standardInputThatIsNotYAMLIsPrintedAsItIs() async throws {
    let outcome = try await run(
      program(["check", "--fix", "-", "--stdin-path", "buffer.yml"], input: .text("a: [\n# rest")))
    #expect(outcome.status == 1)
    #expect(outcome.standardOutput == "a: [\n# rest")
    #expect(outcome.standardError.contains("--> buffer.yml:2:"))
  }

  @Test func diffOfStandardInput() async throws {
    let outcome = try await run(
      program(["check", "--diff", "-", "--stdin-path", "buffer.yml"], input: .text(Self.broken)))
    #expect(outcome.status == 1)
    #expect(outcome.standardOutput.hasPrefix("--- buffer.yml\n+++ buffer.yml\n"))
  }

  @Test func permissionsAndLinksStay() async throws {
    try await withTemporaryFolder { folder in
      let target = try folder.write(Self.broken, to: "real/a.yml")
      #expect(chmod(target, 0o640) == 0)
      #expect(symlink("real/a.yml", folder.path + "/link.yml") == 0)
      let outcome = try await run(program(["check", "--fix=suggested", "link.yml"], in: folder.path))
      #expect(outcome.status == 0, "\(outcome)")
      var info = stat()
      #expect(lstat(folder.path + "/link.yml", &info) == 0 && info.st_mode & S_IFMT == S_IFLNK)
      #expect(lstat(target, &info) == 0 && info.st_mode & 0o7777 == 0o640)
      #expect(try folder.read("real/a.yml") == Self.repaired)
      #expect(Files.names(in: folder.path + "/real") == ["a.yml"])
    }
  }

  @Test func filesThatNeedNothingAreNotTouched() async throws {
    try await withTemporaryFolder { folder in
      let path = try folder.write(Self.repaired, to: "a.yml")
      var before = stat()
      #expect(stat(path, &before) == 0)
      #expect(try await run(program(["check", "--fix", "a.yml"], in: folder.path)).status == 0)
      var after = stat()
      #expect(stat(path, &after) == 0)
      #expect(after.st_ino == before.st_ino && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec)
    }
  }

  @Test func severalFilesOfOneProject() async throws {
    try await withTemporaryFolder { folder in
      try folder.write("component: {type: http-client, action: {endpont: https://api.example.com}}\n", to: "a.yml")
      try folder.write("workflow: {job: {inptu: 1}}\n", to: "b.yml")
      let outcome = try await run(
        program(["check", "--fix=suggested", "-f", "a.yml", "-f", "b.yml"], in: folder.path))
      #expect(outcome.status == 0, "\(outcome)")
      #expect(try folder.read("a.yml").contains("{endpoint: "))
      #expect(try folder.read("b.yml").contains("{input: "))
    }
  }

  @Test func directories() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "a/model-compose.yml")
      try folder.write(Self.broken, to: "b/model-compose.yaml")
      try folder.write(Self.broken, to: "b/other.yml")
      let outcome = try await run(program(["check", "--fix=suggested", "."], in: folder.path))
      #expect(outcome.status == 0 && outcome.standardError == "4 fixes made, 0 findings left\n")
      #expect(try folder.read("a/model-compose.yml") == Self.repaired)
      #expect(try folder.read("b/model-compose.yaml") == Self.repaired)
      #expect(try folder.read("b/other.yml") == Self.broken)
    }
  }

  /// Neither a pipe nor a device can be given other bytes.
  @Test func whatIsNoFileIsNotWritten() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "a.yml")
      let script = "\(try modelComposePath()) check --fix=suggested <(cat a.yml)"
      let outcome = try await run(
        ProgramLaunch("/usr/bin/env", ["bash", "-c", script], workingDirectory: folder.path))
      #expect(outcome.status == 2, "\(outcome)")
      #expect(outcome.standardError.contains("cannot be changed"))
      #expect(outcome.standardOutput.contains("error[unknown-key]"), "what is reported is what is there")
    }
  }

  @Test func folderThatTakesNoFile() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(Self.broken, to: "locked/a.yml")
      #expect(chmod(folder.path + "/locked", 0o555) == 0)
      defer { chmod(folder.path + "/locked", 0o755) }
      // Nothing is locked for the superuser.
      guard getuid() != 0 else { return }
      let outcome = try await run(program(["check", "--fix=suggested", "locked/a.yml"], in: folder.path))
      #expect(outcome.status == 2)
      #expect(outcome.standardError.contains("'locked/a.yml' cannot be written: permission denied"))
      #expect(try folder.read("locked/a.yml") == Self.broken)
    }
  }

  /// A file that is written to again and again is repaired, or left alone with a clear word; it is never mixed up.
  @Test func aFileThatChangesMeanwhile() async throws {
    try await withTemporaryFolder { folder in
      let path = try folder.write(Self.broken, to: "a.yml")
      let other = Self.broken + "# from another program\n"
      let isOver = Watched(false)
      async let writer: Void = computed {
        while !isOver.value {
          try? Files.write(other, to: path)
          try? Files.write(Self.broken, to: path)
        }
      }
      for _ in 0..<20 {
        let outcome = try await run(program(["check", "--fix=suggested", "a.yml"], in: folder.path))
        switch outcome.status {
        case 0, 1: break
        case 2:
          let says = ["has changed since it was read", "changes while it is read"]
          #expect(says.contains { outcome.standardError.contains($0) }, "\(outcome)")
        default: Issue.record("\(outcome)")
        }
        expectNoLeak(outcome)
      }
      isOver.update { $0 = true }
      await writer
      #expect(Files.names(in: folder.path) == ["a.yml"], "nothing is left over")
      let text = try folder.read("a.yml")
      #expect([Self.broken, other, Self.repaired, Self.repaired + "# from another program\n"].contains(text))
    }
  }
}
