import ComposeTestSupport
import Testing

/// Where `--events` writes, and that it never stands in the way of the run.
@Suite struct RunEventTests {
  private static let expected = [
    "run-started", "workflow-started", "job-started", "job-completed", "workflow-completed", "first-byte",
    "stream-ended", "run-ended",
  ]

  private func names(_ text: String) throws -> [String] {
    try text.split(separator: "\n").filter { $0.hasPrefix("{") }
      .map { try #require(try TestJSON(String($0))["event"]?.string) }
  }

  @Test func goToStandardError() async throws {
    try await withStubProvider(Scenario()) { stub in
      let outcome = try await run(chatRun(stub, ["--events", "--set", "prompt=Hi"]))
      #expect(outcome.status == 0 && outcome.standardOutput == "Hello, world!\n", "\(outcome)")
      #expect(try names(outcome.standardError) == Self.expected)
      expectNoLeak(outcome)
    }
  }

  @Test func theWordBehindIsTheWorkflow() async throws {
    try await withStubProvider(Scenario()) { stub in
      let outcome = try await run(chatRun(stub, ["--set", "prompt=Hi", "--events", "__workflow__"]))
      #expect(outcome.status == 0 && outcome.standardOutput == "Hello, world!\n", "\(outcome)")
    }
  }

  @Test func goToAFile() async throws {
    try await withStubProvider(Scenario()) { stub in
      try await withTemporaryFolder { folder in
        let file = try folder.write("something longer that was there before\n", to: "events.jsonl")
        let outcome = try await run(chatRun(stub, ["--events=\(file)", "--set", "prompt=Hi"]))
        #expect(outcome.status == 0 && outcome.standardOutput == "Hello, world!\n", "\(outcome)")
        #expect(outcome.standardError == "")
        #expect(try names(try folder.read("events.jsonl")) == Self.expected)
      }
    }
  }

  @Test func goToStandardOutputWhenTheResultDoesNot() async throws {
    try await withStubProvider(Scenario()) { stub in
      let refused = try await run(chatRun(stub, ["--events=-", "--set", "prompt=Hi"]))
      #expect(refused.status == 2 && refused.standardOutput == "", "\(refused)")
      #expect(stub.requests.isEmpty)
      try await withTemporaryFolder { folder in
        let outcome = try await run(
          chatRun(stub, ["--events=-", "--set", "prompt=Hi", "-o", folder.path + "/answer"]))
        #expect(outcome.status == 0 && outcome.standardError == "", "\(outcome)")
        #expect(try names(outcome.standardOutput) == Self.expected)
        #expect(try folder.read("answer") == "Hello, world!")
      }
    }
  }

  @Test func aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsSent() async throws {
    try await withStubProvider(Scenario()) { stub in
      let outcome = try await run(chatRun(stub, ["--events=/no/such/folder/events", "--set", "prompt=Hi"]))
      #expect(outcome.status == 2 && outcome.standardError.contains("'/no/such/folder/events'"), "\(outcome)")
      #expect(stub.requests.isEmpty)
    }
  }

  @Test func aReaderThatLeavesDoesNotEndTheRun() async throws {
    let scenario = Scenario(["one ", "two"], pacing: .gated)
    try await withStubProvider(scenario) { stub in
      try await withTemporaryFolder { folder in
        let launch = try chatRun(stub, ["--events=/dev/fd/3", "--set", "prompt=x"])
        let script = #""$0" "$@" 3> >(head -n 1 > '\#(folder.path)/first'; echo gone >&2)"#
        let pipeline = ProgramLaunch(
          "/bin/bash", ["-c", script, launch.executable] + launch.arguments, environment: launch.environment)
        try await withProgram(pipeline) { program in
          try await program.waitForError(containing: "gone")
          stub.release(2)
          let outcome = try await program.waitForExit()
          #expect(outcome.status == 0 && outcome.standardOutput == "one two\n", "\(outcome)")
          #expect(try names(try folder.read("first")) == ["run-started"])
        }
      }
    }
  }

  @Test func tellHowARunEnds() async throws {
    try await withStubProvider(Scenario(fault: .serverError)) { stub in
      let outcome = try await run(chatRun(stub, ["--events", "--set", "prompt=x"]))
      let last = try #require(outcome.standardError.split(separator: "\n").last { $0.hasPrefix("{") })
      let event = try TestJSON(String(last))
      #expect(event["event"] == .string("run-ended") && event["status"] == .string("failed"))
      #expect(event["exit_status"] == .number("1") && outcome.status == 1)
      #expect(event["error"]?["code"] == .string("provider") && event["error"]?["status"] == .number("500"))
    }
  }

  @Test func theLogIsForPeople() async throws {
    try await withStubProvider(Scenario()) { stub in
      let outcome = try await run(chatRun(stub, ["-v", "--set", "prompt=Hi"]))
      #expect(outcome.standardError.contains(/[ ]0\.[0-9]{3} s  job: first byte\n/), "\(outcome)")
      #expect(outcome.standardError.contains(/[ ]0\.[0-9]{3} s  job: stream ended, 4 chunks\n/))
      #expect(outcome.standardOutput == "Hello, world!\n")
    }
  }
}
