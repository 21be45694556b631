import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Glibc
import Synchronization
import Testing

/// Runs whose answer is a stream.
@Suite struct StreamTests {
  private let plan = smallPlan(workflow("w", gives: .encoded(.text)))

  @Test(arguments: ["{}", #"{"output_only":true}"#])
  func theWholeStream(_ body: String) async throws {
    let faucet = Faucet()
    for chunk in ["Hel", "lo\nyou", "", " "] { faucet.send(chunk) }
    faucet.finish()
    try await withService(plan, .streaming(faucet)) { service in
      let answer = try await service.run(body)
      #expect(answer.headers["x-task-id"] != nil)
      #expect(answer.status == 200)
      #expect(answer.headers["content-type"] == "text/event-stream; charset=utf-8")
      #expect(answer.headers["cache-control"] == "no-cache")
      #expect(answer.headers["x-accel-buffering"] == "no")
      #expect(answer.isComplete)
      let events = [
        "id: 1\ndata: Hel\n\n",
        "id: 2\ndata: lo\ndata: you\n\n",
        "id: 3\ndata:  \n\n",
        "id: 4\nevent: done\ndata: \n\n",
      ]
      #expect(answer.body == events.joined())
      // What is there together leaves together, and no part ends within an event.
      #expect(answer.parts.allSatisfy { $0.hasSuffix("\n\n") })
    }
  }

  @Test func anEmptyStream() async throws {
    let faucet = Faucet()
    faucet.finish()
    try await withService(plan, .streaming(faucet)) { service in
      let answer = try await service.run("{}")
      #expect(answer.body == "id: 1\nevent: done\ndata: \n\n")
    }
  }

  @Test func theFirstChunkIsSeenBeforeTheSecondIsMade() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) { service in
      let connection = try service.startRun()
      faucet.send("one")
      try await connection.wait(for: "data: one\n\n")
      try await faucet.waitUntilAsked(2)
      #expect(!connection.hasEnded)
      faucet.send("two")
      faucet.finish()
      #expect(try await connection.waitForEnd().contains("event: done\n"))
    }
  }

  /// An event loop with many writes to do still sees what happens at its sockets.
  @Test func fastStreamsDoNotHideThatClientsLeave() async throws {
    let text = Value.text(String(repeating: "x", count: 500))
    let host = FakeHost { (_) async throws(RuntimeError) in
      let count = Mutex(0)
      return .stream(
        ValueStream(
          .encoded(.text),
          next: { () async throws(RuntimeError) in
            count.withLock { count in
              count += 1
              return count <= 50_000 ? text : nil
            }
          }, cancel: {}))
    }
    try await withService(plan, host) { service in
      let connections = try (1...8).map { _ in try service.startRun() }
      for connection in connections {
        _ = try await connection.wait(for: "the first events") { bytes, _ in bytes.count > 1_000 ? true : nil }
        connection.endSending()
      }
      for connection in connections {
        let end = try await connection.wait(for: "the end") { bytes, hasEnded in hasEnded ? bytes.suffix(100) : nil }
        #expect(!String(decoding: end, as: UTF8.self).contains("event: done"))
      }
    }
  }

  @Test func nothingIsReadAheadOfAClientThatDoesNotRead() async throws {
    let faucet = Faucet()
    let chunk = String(repeating: "x", count: 1 << 20)
    // More than the sockets of both sides hold.
    for _ in 1...64 { faucet.send(chunk) }
    faucet.finish()
    try await withService(plan, .streaming(faucet)) { service in
      let socket = try connectToLoopback(port: service.port)
      let request = requestText(
        "POST", "/api/workflows/runs", ["Content-Type": "application/json"], body: "{}", port: service.port)
      // One small write to a fresh connection does not block.
      _ = request.utf8CString.withUnsafeBytes { send(socket, $0.baseAddress, $0.count - 1, 0) }
      try await faucet.waitUntilAsked(2)
      // Other requests are answered, and time passes for this one.
      for _ in 1...50 { _ = try await service.exchange("GET", "/api/health") }
      #expect(faucet.askedCount < 60)
      // Gone while a write is stuck.
      close(socket)
      try await faucet.waitUntilCancelled()
    }
  }

  // MARK: Failures

  @Test func anErrorBeforeTheFirstChunkHasAStatus() async throws {
    let faucet = Faucet()
    faucet.fail(RuntimeError(.provider, "slow down", status: 429, retryAfter: 3))
    try await withService(smallPlan(workflow("w")), .streaming(faucet)) { service in
      let answer = try await service.run("{}")
      #expect(answer.status == 429)
      #expect(answer.headers["retry-after"] == "3")
      #expect(answer.headers["content-type"] == "application/json")
    }
  }

  @Test func anErrorAfterTheFirstChunkIsAnEvent() async throws {
    let faucet = Faucet()
    faucet.send("a")
    faucet.fail(RuntimeError(.provider, "it\nbroke", status: 500))
    try await withService(plan, .streaming(faucet)) { service in
      let answer = try await service.run("{}")
      #expect(answer.status == 200)
      #expect(answer.isComplete)
      #expect(
        answer.body == "id: 1\ndata: a\n\nid: 2\nevent: error\ndata: {\"code\":\"provider\","
          + "\"message\":\"it broke\",\"job\":\"j\",\"status\":500,\"line\":2,\"file\":\"model-compose.yml\"}\n\n")
    }
  }

  @Test func aCancelledStreamSaysSo() async throws {
    let faucet = Faucet()
    faucet.send("a")
    faucet.fail(.cancelled)
    try await withService(plan, .streaming(faucet)) { service in
      let answer = try await service.run("{}")
      #expect(answer.body == "id: 1\ndata: a\n\nid: 2\nevent: cancelled\ndata: \n\n")
    }
  }

  // MARK: Clients that leave

  @Test func leavingEndsTheStream() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) { service in
      let connection = try service.startRun()
      faucet.send("a")
      try await connection.wait(for: "data: a\n\n")
      try await faucet.waitUntilAsked(2)
      connection.hangUp()
      try await faucet.waitUntilCancelled()
    }
  }

  @Test func leavingBeforeTheFirstChunkEndsTheStream() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) { service in
      let connection = try service.startRun()
      try await faucet.waitUntilAsked(1)
      connection.hangUp()
      try await faucet.waitUntilCancelled()
    }
  }

  // MARK: Idle streams

  @Test func anIdleStreamIsPinged() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) {
      $0.pingInterval = .milliseconds(20)
    } _: { service in
      let connection = try service.startRun()
      faucet.send("a")
      try await connection.wait(for: "data: a\n\n\r\n8\r\n: ping\n\n\r\n8\r\n: ping\n\n")
      faucet.finish()
      let answer = try Answer(try await connection.waitForEnd())
      #expect(answer.isComplete)
      // Comments take no id.
      #expect(answer.parts.last?.hasPrefix("id: 2\nevent: done\n") == true)
    }
  }

  // MARK: Other forms

  @Test func jsonChunksAreSentAsTheyAre() async throws {
    let faucet = Faucet()
    faucet.send(#"{"a": 1}"#)
    faucet.finish()
    try await withService(plan, .streaming(faucet, .encoded(.json))) { service async throws in
      #expect(try await service.run("{}").parts.first == "id: 1\ndata: {\"a\": 1}\n\n")
    }
  }

  @Test func aStreamThatIsNotEncodedIsBytes() async throws {
    let faucet = Faucet()
    for value in [.text("é"), .null, .bytes([0x41]), .object(["a": .integer(1)])] as [Value] { faucet.send(value) }
    faucet.finish()
    try await withService(smallPlan(workflow("w")), .streaming(faucet, .bare)) { service in
      let answer = try await service.run("{}")
      #expect(answer.headers["content-type"] == "application/octet-stream")
      #expect(answer.headers["x-task-id"] != nil)
      #expect(answer.isComplete)
      #expect(answer.parts == ["é", "A", "{\"a\":1}\n"])
    }
  }

  @Test func bytesThatFailAreCutOff() async throws {
    let faucet = Faucet()
    faucet.send("a")
    faucet.fail(RuntimeError(.connection, "lost"))
    try await withService(smallPlan(workflow("w")), .streaming(faucet, .bare)) { service in
      let answer = try await service.run("{}")
      #expect(answer.status == 200)
      #expect(answer.parts == ["a"])
      #expect(!answer.isComplete)
    }
  }
}
