import ComposeTestSupport
import Testing

/// `examples/approval`: the outline that somebody approves, or types, is the one that is used.
@Suite struct ApprovalExampleTests {
  private static let folder = Files.repository + "/examples/approval"

  private func withApproval(
    _ arguments: [String], terminal: ProgramLaunch.Terminal = .none,
    body: (ProgramLaunch, StubProvider) async throws -> Void
  ) async throws {
    try await withStubProvider(Scenario(["Origin, kinds"]), Scenario(["Tea is …"])) { stub in
      let launch = try program(
        ["run", "--set", "topic=tea"] + arguments, environment: ChatExample.environment(stub), in: Self.folder,
        terminal: terminal)
      try await body(launch, stub)
    }
  }

  @Test(arguments: [("", "Origin, kinds"), ("Rituals", "Rituals")])
  func asks(_ answer: String, _ outline: String) async throws {
    try await withApproval([], terminal: .everything) { launch, stub in
      try await withProgram(launch) { program in
        let question = try await program.waitForOutput(containing: "(JSON or text): ")
        #expect(question.contains("\"outline\": \"Origin, kinds\""), "\(question)")
        #expect(stub.requests.count == 1)
        program.write(answer + "\n")
        let outcome = try await program.waitForExit()
        #expect(outcome.status == 0 && outcome.standardOutput.contains("Tea is …"), "\(outcome)")
        let second = try prompt(of: try #require(stub.requests.last))
        #expect(second == "Write the article that this outline describes: \(outline)")
      }
    }
  }

  @Test func refusesWhereNobodyAnswers() async throws {
    try await withApproval([]) { launch, stub in
      let outcome = try await run(launch)
      #expect(outcome.status == 2 && outcome.standardError.contains("nobody to ask"), "\(outcome)")
      #expect(stub.requests.isEmpty)
    }
  }
}
