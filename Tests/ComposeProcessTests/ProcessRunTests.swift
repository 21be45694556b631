import ComposeProcess
import Testing

/// What a program is given, and what is read of it.
@Suite struct ProcessRunTests {
  @Test func outputsAndStatusAreToldApart() async throws {
    let result = try await script("echo out; echo problem >&2; exit 3").run()
    #expect(result.outputText == "out\n")
    #expect(result.errorText == "problem\n")
    #expect(result.ending == .exited(3))
    #expect(result.ending.code == 3)
    #expect("\(result.ending)" == "exited with status 3")
  }

  @Test func aSignalIsNoStatus() async throws {
    let result = try await script("kill -9 $$").run()
    #expect(result.ending == .signalled(9))
    #expect(result.ending.code == -9)
    #expect("\(result.ending)" == "was ended by SIGKILL (signal 9)")
  }

  @Test func argumentsArePassedAsTheyAre() async throws {
    let arguments = ["", " ", "$HOME", "a\nb", "*", "'\"", "\u{1F600}", "--", "-n"]
    let command = ProcessCommand("/usr/bin/printf", ["%s\\0"] + arguments)
    #expect(try await command.run().outputText == arguments.map { "\($0)\0" }.joined())
  }

  @Test func theEnvironmentIsTheWholeEnvironment() async throws {
    let command = ProcessCommand("/usr/bin/env", ["-0"], environment: ["LINES_": "a\nb=c", "EMPTY": ""])
    #expect(try await command.run().outputText.split(separator: "\0").sorted() == ["EMPTY=", "LINES_=a\nb=c"])
  }

  @Test func nothingIsReadWithoutInput() async throws {
    #expect(try await script("cat").run().outputText == "")
  }

  /// More than any pipe holds, in both directions at the same time.
  @Test func bytesGoThroughAProgram() async throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let result = try await script("cat").run(feeding: .bytes(bytes))
    #expect(result.output == bytes)
  }

  @Test func aStreamGoesThroughAProgram() async throws {
    let source = Chunks(count: 50, size: 10_000)
    let result = try await script("wc -c").run(feeding: source.asSource)
    #expect(result.outputText == "500000\n")
    #expect(source.cancelled)
  }

  @Test func aProgramNeedNotReadItsInput() async throws {
    let result = try await script("exit 4").run(feeding: .bytes([UInt8](repeating: 65, count: 1_000_000)))
    #expect(result.ending == .exited(4))
    let source = Chunks(count: .max, size: 10_000)
    #expect(try await script("head -c 5").run(feeding: source.asSource).outputText == "AAAAA")
    #expect(source.cancelled)
  }

  /// The source is asked for no more than the pipe takes: the program never reads.
  @Test func aProgramThatDoesNotReadHoldsItsSourceUp() async throws {
    let process = try await RunningProcess.start(script("echo ready; exec sleep 1000"), input: .pipe)
    let source = Chunks(count: .max, size: 4096)
    async let fed: Void = process.feed(source.asSource)
    #expect(try await process.line() == "ready")
    await process.stop(grace: 5)
    try await fed
    #expect(source.given <= 1024 * 1024 + 2 * 4096)
  }

  @Test func theErrorOfASourceIsKept() async throws {
    struct Broken: Error {}
    let error = await #expect(throws: ProcessError.self) {
      try await script("cat; sleep 1000").run(feeding: .stream(next: { throw Broken() }, cancel: {}))
    }
    #expect(error?.kind == .input)
    #expect(error?.cause is Broken)
  }

  @Test func outputsCanBeClosedEarly() async throws {
    let result = try await script("echo a; exec >&- 2>&-; exit 6").run()
    #expect(result.outputText == "a\n")
    #expect(result.ending == .exited(6))
  }

  /// Whoever holds the output belongs to the command, as in the reference: nothing of it is lost.
  @Test func whatABackgroundProcessWritesIsRead() async throws {
    let process = try await RunningProcess.start(
      script("exec 3<&0; (read x <&3; echo \"late $x\") & echo early"), input: .pipe)
    #expect(try await process.line() == "early")
    #expect(try await process.waitForEnding() == .exited(0))
    #expect(try await process.write(Array("go\n".utf8)))
    #expect(try await process.line() == "late go")
    #expect(try await process.readOutput() == nil)
    await process.stop(grace: 5)
  }

  @Test func errorsCanBeMergedInOrder() async throws {
    let process = try await RunningProcess.start(script("echo a; echo b >&2; echo c"), errors: .merged)
    var text: [UInt8] = []
    while let bytes = try await process.readOutput() { text += bytes }
    #expect(String(decoding: text, as: UTF8.self) == "a\nb\nc\n")
    #expect(try await process.readErrors() == nil)
  }

  @Test func outputBeyondTheLimitIsRefused() async throws {
    for text in ["yes", "yes >&2"] {
      let error = await #expect(throws: ProcessError.self) { try await script(text).run() }
      #expect(error?.kind == .outputTooLong)
      #expect(error?.message == "the program wrote more than 1 MiB")
    }
  }
}
