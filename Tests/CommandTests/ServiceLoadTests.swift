import ComposeTestSupport
import Testing

/// `Benchmarks/service` with numbers that a test can afford: what it counts must be right, whatever it measures.
@Suite(.serialized) struct ServiceLoadTests {
  /// The memory is judged by the large runs alone, and nothing has to be quick here.
  @Test(arguments: [
    ["streams", "--count", "40", "--chunks", "20", "--pause", "0.01", "--memory", "1000"],
    ["disconnects", "--count", "80", "--width", "16", "--growth", "1000"],
    ["faults", "--count", "66", "--width", "16", "--patience", "1s"],
    ["soak", "--seconds", "3", "--width", "8", "--patience", "1s"],
  ])
  func keepsItsPromises(_ arguments: [String]) async throws {
    let launch = ProgramLaunch(
      "/usr/bin/env",
      ["python3", Files.absolute("Benchmarks/service")] + arguments
        + ["--settle", "60", "--program", try modelComposePath()],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    try await withProgram(launch) { program in
      let outcome = try await program.waitForExit()
      #expect(outcome.status == 0, "\(outcome.standardOutput)\(outcome.standardError)")
      #expect(outcome.standardError == "")
    }
  }
}
