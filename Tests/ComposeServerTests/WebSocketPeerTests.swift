import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Testing

/// A client in Python, with a library that knows nothing of this service.
@Suite struct WebSocketPeerTests {
  @Test(arguments: [
    "run", "stream", "bytes", "ping", "cancel", "too_large", "fragments", "reconnect", "upload",
  ])
  func python(_ scenario: String) async throws {
    let plan = smallPlan(
      workflow("echo"), workflow("stream", gives: .encoded(.text)), workflow("bytes"), workflow("endless"),
      workflow("read"))
    let endless = Faucet()
    let host = FakeHost { (call) async throws(RuntimeError) in
      switch call.invocation.action {
      case "stream":
        let faucet = Faucet()
        for text in ["one", "two", "three"] { faucet.send(text) }
        faucet.finish()
        return faucet.stream()
      case "bytes": return .bytes([UInt8](repeating: UInt8(ascii: "x"), count: 100_000))
      case "endless":
        do {
          try await endless.waitUntilAsked(1)
        } catch {
          throw .cancelled
        }
        return .null
      case "read":
        guard case .object(let input) = call.input, case .resource(let resource)? = input["file"] else { return .null }
        return .text(String(decoding: try await resource.bytes(), as: UTF8.self))
      default: return call.input
      }
    }
    try await withService(plan, host) { service in
      let outcome = try await runPython(
        "websocket_client", ["ws://127.0.0.1:\(service.port)/api/ws", scenario])
      #expect(outcome.standardError == "")
      #expect(outcome.standardOutput == scenario + "\n")
      #expect(outcome.status == 0)
    }
  }
}
