import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Glibc
import Testing

@Suite struct ShutdownTests {
  private let plan = smallPlan(workflow("w", gives: .encoded(.text)))

  @Test func anOpenStreamMayEnd() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) { service in
      let connection = try service.startRun()
      faucet.send("a")
      try await connection.wait(for: "data: a\n\n")
      service.requestStop()
      try await service.waitUntilDraining()
      faucet.send("b")
      faucet.finish()
      let text = try await connection.waitForEnd()
      #expect(text.contains("data: b\n\n"))
      #expect(text.contains("event: done\n"))
    }
  }

  @Test func anOpenStreamIsCancelledWhenTheTimeIsOver() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) {
      $0.drainDuration = .milliseconds(10)
      $0.abortDelay = .seconds(600)
    } _: { service in
      let connection = try service.startRun()
      faucet.send("a")
      try await connection.wait(for: "data: a\n\n")
      service.requestStop()
      let answer = try Answer(try await connection.waitForEnd())
      #expect(answer.body == "id: 1\ndata: a\n\nid: 2\nevent: cancelled\ndata: \n\n")
      #expect(answer.isComplete)
      try await faucet.waitUntilCancelled()
    }
  }

  @Test func aSecondRequestCancelsAtOnce() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) {
      $0.drainDuration = .seconds(600)
      $0.abortDelay = .seconds(600)
    } _: { service in
      let open = try service.startRun()
      faucet.send("a")
      try await open.wait(for: "data: a\n\n")
      service.requestStop()
      service.requestStop()
      #expect(try await open.waitForEnd().contains("event: cancelled\n"))
    }
  }

  @Test func aRunWithoutAChunkYetIsAnswered() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) {
      $0.drainDuration = .milliseconds(10)
    } _: { service in
      let connection = try service.startRun()
      try await faucet.waitUntilAsked(1)
      service.requestStop()
      let answer = try Answer(try await connection.waitForEnd())
      #expect(answer.status == 503)
      #expect(answer.body.hasPrefix(#"{"detail":"Service is shutting down","code":"cancelled","#))
      try await faucet.waitUntilCancelled()
    }
  }

  @Test func aStuckClientDoesNotKeepTheService() async throws {
    let faucet = Faucet()
    for _ in 1...64 { faucet.send(String(repeating: "x", count: 1 << 20)) }
    // `withService` asks three times and waits for the end.
    let socket = try await withService(plan, .streaming(faucet)) { service in
      let socket = try connectToLoopback(port: service.port)
      let request = requestText(
        "POST", "/api/workflows/runs", ["Content-Type": "application/json"], body: "{}", port: service.port)
      _ = request.utf8CString.withUnsafeBytes { send(socket, $0.baseAddress, $0.count - 1, 0) }
      try await faucet.waitUntilAsked(2)
      return socket
    }
    try await faucet.waitUntilCancelled()
    close(socket)
  }
}
