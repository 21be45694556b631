import ComposeTestSupport
import Glibc
import Testing

@Suite struct RunningProgramTests {
  @Test func reportsWhatAProgramDid() async throws {
    let outcome = try await run(shell("printf out; printf err >&2; exit 3"))
    #expect(outcome.status == 3 && outcome.signal == nil)
    #expect(outcome.standardOutput == "out" && outcome.standardError == "err")
  }

  @Test func inheritsNothingButPathAndHome() async throws {
    let outcome = try await run(ProgramLaunch("/usr/bin/env", environment: ["A": "b c", "HOME": "/x"]))
    #expect(
      outcome.standardOutput.split(separator: "\n").map { $0.prefix { $0 != "=" } }.sorted() == ["A", "HOME", "PATH"])
    #expect(outcome.standardOutput.contains("A=b c\n") && outcome.standardOutput.contains("HOME=/x\n"))
  }

  @Test func runsInAFolderWithInput() async throws {
    try await withTemporaryFolder { folder in
      try folder.write("", to: "here")
      var launch = shell("ls; cat")
      launch.workingDirectory = folder.path
      launch.input = .text("hello")
      #expect(try await run(launch).standardOutput == "here\nhello")
    }
  }

  @Test func survivesAProgramThatDoesNotRead() async throws {
    var launch = shell("exec true")
    launch.input = .text(String(repeating: "x", count: 1 << 20))
    #expect(try await run(launch).status == 0)
  }

  @Test func talksToARunningProgram() async throws {
    var launch = shell("while read line; do echo \"<$line>\"; done; echo end >&2")
    launch.input = .open
    try await withProgram(launch) { program in
      program.write("one\n")
      try await program.waitForOutput(containing: "<one>")
      program.write("two\n")
      try await program.waitForOutput(containing: "<two>")
      let first = try #require(program.time(of: "<one>"))
      let second = try #require(program.time(of: "<two>"))
      #expect(first < second && program.time(of: "three") == nil)
      program.closeInput()
      try await program.waitForError(containing: "end")
      #expect(try await program.waitForExit().status == 0)
    }
  }

  @Test func endsByASignal() async throws {
    try await withProgram(shell("echo ready; exec sleep 1000")) { program in
      try await program.waitForOutput(containing: "ready")
      program.signal(SIGTERM)
      let outcome = try await program.waitForExit()
      #expect(outcome.signal == SIGTERM && outcome.status == nil)
    }
  }

  @Test func leavesNothingBehind() async throws {
    // The child inherits the output: the pipe's end tells that it is gone, too.
    let program = try await withProgram(shell("sleep 1000 & echo ready; wait")) { program in
      try await program.waitForOutput(containing: "ready")
      return program
    }
    #expect(try await program.waitForExit().signal == SIGKILL)
  }

  @Test func failsEarlyWhenTheProgramEnds() async throws {
    try await withProgram(shell("echo other; exit 4")) { program in
      let error = await #expect(throws: TestSupportError.self) {
        try await program.waitForOutput(containing: "ready")
      }
      #expect(error?.message.contains("exit status 4\n--- output:\nother") == true)
    }
  }

  @Test func refusesAMissingProgram() {
    #expect(throws: TestSupportError.self) { try RunningProgram(ProgramLaunch("/no/such/program")) }
  }

  @Test func givesATerminalWhereAsked() async throws {
    let script = "for i in 0 1 2; do if [ -t $i ]; then printf y; else printf n; fi; done; printf e >&2"
    var launch = shell(script)
    #expect(try await run(launch).standardOutput == "nnn")
    launch.terminal = .standardError
    let outcome = try await run(launch)
    #expect(outcome.standardOutput == "nny" && outcome.standardError == "e")
    launch.terminal = .everything
    #expect(try await run(launch).standardOutput == "yyye")
  }

  private func shell(_ script: String) -> ProgramLaunch { ProgramLaunch("/bin/sh", ["-c", script]) }
}
