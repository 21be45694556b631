import ComposeTestSupport
import Glibc
import Testing

/// Tokens reach the terminal as they arrive, and nothing goes on when nobody wants them any more.
@Suite struct RunStreamTests {
  @Test(arguments: [ProgramLaunch.Terminal.none, .everything])
  func writesEachPieceAtOnce(_ terminal: ProgramLaunch.Terminal) async throws {
    try await withStubProvider(Scenario(["one ", "two ", "three "], pacing: .gated)) { stub in
      try await withProgram(chatRun(stub, terminal: terminal)) { program in
        // The stub holds each piece back until the one before it has been read.
        for (count, text) in ["one ", "one two ", "one two three "].enumerated() {
          stub.release()
          try await program.waitForOutput(containing: text)
          #expect(stub.chunkTimes().count == count + 1)
        }
        let outcome = try await program.waitForExit()
        #expect(outcome.status == 0 && outcome.standardOutput.contains("three "))
      }
    }
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func signalsEndTheRequest(_ signal: Int32, _ status: Int32) async throws {
    try await withStubProvider(Scenario(["one", "two"], pacing: .gated)) { stub in
      try await withProgram(chatRun(stub)) { program in
        stub.release()
        try await program.waitForOutput(containing: "one")
        program.signal(signal)
        let outcome = try await program.waitForExit()
        #expect(outcome.status == status, "\(outcome)")
        // What has come is kept, and ends with a line end of its own.
        #expect(outcome.standardOutput == "one\n")
        expectNoLeak(outcome)
        let abort = try #require(try await stub.waitForAborts().first)
        #expect(abort.chunks == 1)
      }
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func signalsEndARunThatWaitsForItsAnswer(_ signal: Int32) async throws {
    try await withStubProvider(Scenario(fault: .stalledBeforeHead)) { stub in
      try await withProgram(chatRun(stub)) { program in
        try await stub.waitForRequest()
        program.signal(signal)
        let outcome = try await program.waitForExit()
        #expect(outcome.status == 128 + signal && outcome.standardOutput == "", "\(outcome)")
        try await stub.waitForAborts()
      }
    }
  }

  @Test func theKeyOfTheTerminalInterrupts() async throws {
    try await withStubProvider(Scenario(["one", "two"], pacing: .gated)) { stub in
      // `script` gives the program a terminal that controls it, so that Ctrl-C is a signal.
      var launch = try chatRun(stub)
      let command = (["exec", launch.executable] + launch.arguments).joined(separator: " ")
      launch.executable = "/usr/bin/script"
      launch.arguments = ["--quiet", "--return", "--command", command, "/dev/null"]
      launch.input = .open
      try await withProgram(launch) { program in
        stub.release()
        try await program.waitForOutput(containing: "one")
        program.write("\u{3}")
        #expect(try await program.waitForExit().status == 130)
        try await stub.waitForAborts()
      }
    }
  }

  @Test func aReaderThatLeavesEndsTheRequest() async throws {
    let scenario = Scenario(Array(repeating: "piece ", count: 10_000), pacing: .every(.milliseconds(5)))
    try await withStubProvider(scenario) { stub in
      let launch = try chatRun(stub, ["--set", "prompt=x"])
      let pipeline = ProgramLaunch(
        "/bin/bash", ["-c", #""$0" "$@" | head -c 5; echo " ${PIPESTATUS[0]}""#, launch.executable] + launch.arguments,
        environment: launch.environment)
      let outcome = try await run(pipeline)
      #expect(outcome.standardOutput == "piece 1\n" && outcome.standardError == "", "\(outcome)")
      try await stub.waitForAborts()
    }
  }

  @Test func aClosedOutputIsRefusedBeforeAnythingIsSent() async throws {
    try await withStubProvider(Scenario()) { stub in
      let launch = try chatRun(stub)
      let outcome = try await run(
        ProgramLaunch(
          "/bin/sh", ["-c", #""$0" "$@" >&-"#, launch.executable] + launch.arguments, environment: launch.environment))
      #expect(outcome.status == 2 && outcome.standardError.contains("standard output is closed"), "\(outcome)")
      #expect(stub.requests.isEmpty)
    }
  }
}
