import ComposeTestSupport
import Testing

/// `up --sandbox`: no network, no key, and every failure can be tried.
@Suite struct UpSandboxTests {
  @Test func answersWithoutAKey() async throws {
    try await withService(["--sandbox", "--sandbox-rate", "0"]) { service in
      #expect(try await service.exchange("GET", "/api/health").json["sandbox"] == .boolean(true))
      let answer = try HTTPAnswer(try await service.startRun().waitForEnd())
      #expect(answer.status == 200 && answer.events.text == sandboxAnswer(to: "Hi"), "\(answer.body)")
      #expect(service.program.errorSoFar == "sandbox: no provider is called\n")
    }
  }

  @Test(arguments: sandboxFaults.indices) func failsOnPurpose(_ index: Int) async throws {
    let fault = sandboxFaults[index]
    try await withService(["--sandbox", "--sandbox-rate", "0", "--sandbox-fault", fault.name]) { service in
      let answer = try HTTPAnswer(try await service.startRun().waitForEnd())
      let error: TestJSON
      if fault.output.isEmpty {
        #expect(answer.status == (fault.name == "429" ? 429 : 502))
        error = try answer.json
        if fault.name == "429" { #expect(answer.headers["retry-after"] == "1") }
      } else {
        #expect(answer.status == 200 && answer.events.text == fault.output, "\(answer.body)")
        #expect(answer.events.named.map(\.name) == ["error"])
        error = try TestJSON(try #require(answer.events.named.first).data)
      }
      #expect(error["code"] == .string(fault.code))
      let message = error["detail"]?.string ?? error["message"]?.string ?? ""
      #expect(message.hasPrefix(fault.message), "\(message)")
    }
  }

  @Test func stallsUntilTheClientLeaves() async throws {
    try await withService(["--sandbox", "--sandbox-rate", "0", "--sandbox-fault", "stall"]) { service in
      let connection = try service.startRun()
      try await connection.wait(for: "“Hi”")
      connection.hangUp()
      #expect(try await service.exchange("GET", "/api/health").status == 200)
    }
  }
}
