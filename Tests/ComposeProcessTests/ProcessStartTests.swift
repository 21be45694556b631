import ComposeProcess
import Glibc
import Testing

/// What a program inherits, which is nothing, and why one cannot be started.
@Suite struct ProcessStartTests {
  @Test func noDescriptorIsInherited() async throws {
    // Somebody in this process has forgotten to close one on exec.
    let descriptor = open("/dev/null", O_RDONLY)
    defer { close(descriptor) }
    let result = try await script("ls /proc/self/fd").run()
    // 3 is the folder that ls reads.
    #expect(result.outputText == "0\n1\n2\n3\n")
  }

  @Test func noSignalIsBlockedOrIgnored() async throws {
    let result = try await script("grep -E 'Sig(Blk|Ign)' /proc/self/status | tr -d '\\t'").run()
    #expect(result.outputText.split(separator: "\n") == ["SigBlk:0000000000000000", "SigIgn:0000000000000000"])
  }

  @Test func aProgramLeadsItsOwnGroup() async throws {
    let result = try await script("echo $$; cut -d' ' -f5 /proc/$$/stat").run()
    let lines = result.outputText.split(separator: "\n")
    #expect(lines.count == 2 && lines[0] == lines[1])
  }

  @Test func thePathOfTheEnvironmentIsSearched() async throws {
    let folder = try Folder()
    try folder.write("tool", "#!/bin/sh\necho found $1\n", mode: 0o755)
    var command = ProcessCommand("tool", ["a"], environment: ["PATH": "/nowhere:\(folder.path)"])
    #expect(try await command.run().outputText == "found a\n")
    command.environment = ["PATH": "/nowhere"]
    await expect("the program 'tool' was not found in PATH", .notFound, command)
    // From the working directory, for a path and for an empty entry of PATH.
    command = ProcessCommand("./tool", ["b"], workingDirectory: folder.path)
    #expect(try await command.run().outputText == "found b\n")
    command = ProcessCommand("tool", ["c"], environment: ["PATH": ""], workingDirectory: folder.path)
    #expect(try await command.run().outputText == "found c\n")
  }

  @Test func failuresNameWhatFailed() async throws {
    let folder = try Folder()
    try folder.write("text", "hello", mode: 0o644)
    try folder.write("script", "echo hello", mode: 0o755)
    try folder.write("lost", "#!/no/such/interpreter\n", mode: 0o755)
    let path = folder.path
    await expect(
      "the program '\(path)/no' was not found, or the one that its first line names", .notFound, .init("\(path)/no"))
    await expect(
      "the program '\(path)/lost' was not found, or the one that its first line names", .notFound, .init("\(path)/lost")
    )
    await expect("the program '\(path)/text' may not be executed", .notExecutable, .init("\(path)/text"))
    await expect("the program '\(path)' may not be executed", .notExecutable, .init(path))
    await expect(
      "'\(path)/script' is no program; a script's first line must name one, as #!/bin/sh", .notExecutable,
      .init("\(path)/script"))
    await expect(
      "the working directory '\(path)/no' does not exist", .workingDirectory,
      .init("/bin/true", workingDirectory: "\(path)/no"))
    await expect(
      "the working directory '\(path)/text' is not a folder", .workingDirectory,
      .init("/bin/true", workingDirectory: "\(path)/text"))
  }

  @Test func whatAProgramCannotGetIsRefused() async {
    await expect("the command names no program", .invalid, .init(""))
    await expect(
      "argument 2 contains the character NUL, which a program cannot be given", .invalid,
      .init("/bin/echo", ["a", "b\0c"]))
    await expect(
      "'A=B' cannot be the name of an environment variable", .invalid, .init("/bin/true", environment: ["A=B": "1"]))
    await expect(
      "'' cannot be the name of an environment variable", .invalid, .init("/bin/true", environment: ["": "1"]))
    await expect(
      "the environment variable 'A' contains the character NUL, which a program cannot be given", .invalid,
      .init("/bin/true", environment: ["A": "\0"]))
    await expect(
      "the arguments and the environment of '/bin/true' are longer than the system takes", .tooLong,
      .init("/bin/true", [String(repeating: "x", count: 1_000_000)]))
  }

  private func expect(
    _ message: String, _ kind: ProcessError.Kind, _ command: ProcessCommand,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let error = await #expect(throws: ProcessError.self, sourceLocation: sourceLocation) { try await command.run() }
    #expect(error?.message == message, sourceLocation: sourceLocation)
    #expect(error?.kind == kind, sourceLocation: sourceLocation)
  }
}

/// A folder of its own, which goes with the value.
private struct Folder: ~Copyable {
  let path: String

  init() throws {
    var template = Array("/tmp/compose-process-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in ["tool", "text", "script", "lost"] { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  func write(_ name: String, _ text: String, mode: mode_t) throws {
    let file = try #require(fopen("\(path)/\(name)", "we"))
    fputs(text, file)
    fclose(file)
    chmod("\(path)/\(name)", mode)
  }
}
