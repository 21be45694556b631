import ComposeTestSupport
import Glibc
import Testing

/// `run --sandbox`: no network and no key, and every failure can be tried.
@Suite struct RunSandboxTests {
  @Test func answersWithoutAKey() async throws {
    try await withStubProvider(Scenario()) { stub in
      let outcome = try await run(
        program(
          ["run", "--sandbox", "--sandbox-rate", "0", "-f", ChatExample.file, "--set", "prompt=Hi"],
          environment: ["OPENAI_BASE_URL": stub.baseURL]))
      #expect(outcome.status == 0, "\(outcome)")
      #expect(outcome.standardOutput == sandboxAnswer(to: "Hi") + "\n")
      #expect(outcome.standardError == "sandbox: no provider is called\n")
      #expect(stub.requests.isEmpty)
    }
  }

  @Test func pausesBetweenPieces() async throws {
    // So slow that only the first pieces come while the test looks, however busy the machine is.
    try await withProgram(launch(["--sandbox-rate", "0.5"])) { program in
      try await program.waitForOutput(containing: "You")
      #expect(!program.outputSoFar.contains("streaming"))
      program.signal(SIGINT)
      let outcome = try await program.waitForExit()
      #expect(outcome.status == 130 && outcome.standardOutput.hasSuffix("\n"), "\(outcome)")
    }
  }

  @Test(arguments: sandboxFaults.indices) func failsOnPurpose(_ index: Int) async throws {
    let fault = sandboxFaults[index]
    let outcome = try await run(launch(["--sandbox-rate", "0", "--sandbox-fault", fault.name]))
    #expect(outcome.status == 1)
    #expect(outcome.standardOutput == (fault.output.isEmpty ? "" : fault.output + "\n"))
    let message = "sandbox: no provider is called\nerror[\(fault.code)]: \(fault.message)"
    #expect(outcome.standardError.hasPrefix(message), "\(outcome.standardError)")
    expectNoLeak(outcome)
  }

  @Test func stallsUntilItIsInterrupted() async throws {
    try await withProgram(launch(["--sandbox-rate", "0", "--sandbox-fault", "stall"])) { program in
      try await program.waitForOutput(containing: "You asked: “Hi”")
      program.signal(SIGINT)
      let outcome = try await program.waitForExit()
      #expect(outcome.status == 130 && outcome.standardOutput == "You asked: “Hi”\n", "\(outcome)")
    }
  }

  @Test func refusesAnAPIThatItDoesNotKnow() async throws {
    try await withTemporaryFolder { folder in
      try folder.write(
        """
        workflow: {job: {input: "${input}"}}
        component: {type: http-client, base_url: https://api.example.com, action: {path: /v1/items}}

        """, to: "model-compose.yml")
      let outcome = try await run(program(["run", "--sandbox"], in: folder.path))
      #expect(outcome.status == 1 && outcome.standardOutput == "")
      #expect(outcome.standardError.contains("the sandbox answers only described APIs"), "\(outcome)")
    }
  }

  private func launch(_ arguments: [String]) throws -> ProgramLaunch {
    try program(["run", "--sandbox", "-f", ChatExample.file, "--set", "prompt=Hi"] + arguments)
  }
}
