import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Glibc
import Testing

/// How connections end.
@Suite struct WebSocketLifeTests {
  private let plan = smallPlan(workflow("w", gives: .encoded(.text)))
  private let start = #"{"type":"run_workflow","data":{"workflow_id":"w"}}"#

  @Test func pings() async throws {
    try await withService(plan, serving: serving(webSocket: .init(pingInterval: 0.01, pingTimeout: 600))) { service in
      let client = try await WebSocketClient.connect(service)
      for _ in 1...3 {
        let ping = try #require(try await client.frame("a ping") { $0.opcode == 9 })
        client.connection.send(WebSocketClient.frame(10, ping.payload))
      }
    }
  }

  @Test func aClientThatDoesNotAnswer() async throws {
    try await withService(plan, serving: serving(webSocket: .init(pingInterval: 0.01, pingTimeout: 0.01))) { service in
      let client = try await WebSocketClient.connect(service)
      #expect(try await client.closeCode() == 1011)
    }
  }

  @Test func silence() async throws {
    try await withService(plan, serving: serving(webSocket: .init(pingInterval: 0))) {
      $0.webSocketLimits.idleTime = .milliseconds(10)
    } _: { service async throws in
      #expect(try await WebSocketClient.connect(service).closeCode() == 1001)
    }
  }

  /// What waits for such a client is bounded, and it does not wait for ever.
  @Test func aClientThatDoesNotRead() async throws {
    let big = String(repeating: "x", count: 900_000)
    let gone = Watched(false)
    let socket = try await withService(smallPlan(workflow("w"))) {
      $0.webSocketLimits.stallTime = .milliseconds(50)
      $0.webSocketLimits.closeTime = .milliseconds(50)
    } _: { service in
      let socket = try connectToLoopback(port: service.port)
      let run = #"{"type":"run_workflow","data":{"workflow_id":"w","input":{"a":"\#(big)"}}}"#
      var bytes = Array(webSocketRequest("/api/ws", port: service.port).utf8)
      bytes += WebSocketClient.frame(1, Array(run.utf8))
      for number in 1...200 { bytes += WebSocketClient.frame(1, Array(#"{"type":"ping","id":"\#(number)"}"#.utf8)) }
      let text = bytes
      runOnOwnThread {
        // Sends more runs until the service has had enough.
        var isOpen = true
        var rest = text[...]
        while isOpen {
          let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
          isOpen = count >= 0
          rest = rest.dropFirst(max(0, count))
          if rest.isEmpty { rest = WebSocketClient.frame(1, Array(run.utf8))[...] }
        }
        gone.update { $0 = true }
      }
      try await gone.wait(for: "the end of the connection", describe: { "\($0)" }) { $0 ? () : nil }
      return socket
    }
    close(socket)
  }

  // MARK: Shutdown

  @Test func anIdleConnectionIsClosedAtOnce() async throws {
    try await withService(plan) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(#"{"type":"ping"}"#)
      _ = try await client.next()
      service.requestStop()
      #expect(try await client.closeCode() == 1001)
    }
  }

  @Test func aConnectionThatWaitsForATaskGetsItsEnd() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) {
      $0.drainDuration = .seconds(600)
    } _: { service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      try await faucet.waitUntilAsked(1)
      service.requestStop()
      faucet.send("a")
      let id = try await client.status("streaming").taskID
      client.send(#"{"type":"stream_pull","data":{"id":"\#(id)"}}"#)
      #expect(try await client.message("stream_chunk").data["value"]?.string == "a")
      faucet.finish()
      client.send(#"{"type":"stream_pull","data":{"id":"\#(id)"}}"#)
      _ = try await client.message("stream_end")
      #expect(try await client.closeCode() == 1001)
    }
  }

  @Test func aTaskThatIsCancelledSaysSo() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) {
      $0.drainDuration = .milliseconds(10)
      $0.abortDelay = .seconds(600)
    } _: { service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      try await faucet.waitUntilAsked(1)
      service.requestStop()
      _ = try await client.message("task_event") { $0.data["event"]?.string == "cancelled" }
      #expect(try await client.closeCode() == 1001)
    }
  }

  @Test func noRunsBeginAnyMore() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(start)
      try await faucet.waitUntilAsked(1)
      service.requestStop()
      try await service.waitUntilDraining()
      client.send(start)
      #expect(try await client.message("error").code == "SHUTTING_DOWN")
      faucet.finish()
      #expect(try await client.closeCode() == 1001)
    }
  }

  /// `withService` asks three times, which cuts whoever does not end.
  @Test func aClientThatDoesNotConfirmDoesNotKeepTheService() async throws {
    let client = try await withService(plan) { service in
      let client = try await WebSocketClient.connect(service)
      client.send(#"{"type":"ping"}"#)
      _ = try await client.next()
      return client
    }
    _ = try await client.connection.waitForEnd()
  }
}
