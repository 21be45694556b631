import ComposeTestSupport
import Testing

/// `Benchmarks/run` with one connection: what its tools say to each other, and that every byte arrives.
@Test func everyTargetAnswersRightly() async throws {
  let launch = ProgramLaunch(
    "/usr/bin/env",
    [
      "python3", Files.absolute("Benchmarks/run"), "burst", "--repetitions", "1", "--connections", "1", "--program",
      try modelComposePath(),
    ],
    environment: ["PATH": "/usr/local/bin:/usr/bin:/usr/sbin:/bin"])
  try await withProgram(launch) { program in
    let outcome = try await program.waitForExit()
    #expect(outcome.status == 0, "\(outcome.standardOutput)\(outcome.standardError)")
    #expect(outcome.standardError == "")
    #expect(outcome.standardOutput.contains("| burst | 1 |"))
  }
}
