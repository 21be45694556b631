import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Testing

/// `GET …/tasks/{id}/stream`.
@Suite struct TaskStreamTests {
  private let plan = smallPlan(workflow("w", gives: .encoded(.text)))
  private let background = #"{"wait_for_completion":false}"#

  @Test func aStreamCanBeReadLater() async throws {
    let faucet = Faucet()
    for chunk in ["a", "b\r\nc", "d"] { faucet.send(chunk) }
    faucet.finish()
    try await withService(plan, .streaming(faucet)) { service in
      let id = try await service.startTask(background)
      let state = try await service.waitForEnd(of: id)
      #expect(state == #"{"task_id":"\#(id)","status":"completed","workflow_id":"w","stream":true}"#)
      let whole = "id: 1\ndata: a\n\nid: 2\ndata: b\ndata: c\n\nid: 3\ndata: d\n\nid: 4\nevent: done\ndata: \n\n"
      #expect(try await service.exchange("GET", "/api/tasks/\(id)/stream").body == whole)
      #expect(try await service.exchange("GET", "/api/tasks/\(id)?output_only=true").body == whole)
      // Who comes again goes on where it left off.
      let rest = try await service.exchange("GET", "/api/tasks/\(id)/stream", ["Last-Event-ID": "2"])
      #expect(rest.body == "id: 3\ndata: d\n\nid: 4\nevent: done\ndata: \n\n")
      #expect(try await service.exchange("GET", "/api/tasks/\(id)/stream?last_event_id=3").body.hasPrefix("id: 4\n"))
      // Who has seen the end needs nothing, and a page stops to ask.
      #expect(try await service.exchange("GET", "/api/tasks/\(id)/stream?last_event_id=4").status == 204)
      #expect(try await service.exchange("GET", "/api/tasks/\(id)/stream?last_event_id=x").status == 400)
    }
  }

  @Test func whatIsKeptNoLongerIsGone() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) {
      // Room for one of the chunks below.
      $0.taskLimits.replayCapacity = 150
    } _: { service in
      let id = try await service.startTask(background)
      for _ in 1...4 { faucet.send(String(repeating: "x", count: 80)) }
      faucet.finish()
      let first = try await service.exchange("GET", "/api/tasks/\(id)/stream")
      #expect(first.body.hasSuffix("id: 5\nevent: done\ndata: \n\n"))
      let answer = try await service.exchange("GET", "/api/tasks/\(id)/stream", ["Last-Event-ID": "1"])
      #expect(answer.status == 410)
      #expect(answer.body.contains(#""code":"stream-gone""#))
      #expect(try await service.exchange("GET", "/api/tasks/\(id)/stream?last_event_id=3").status == 200)
    }
  }

  @Test func withoutAReaderAStreamWaits() async throws {
    let faucet = Faucet()
    for _ in 1...64 { faucet.send(String(repeating: "x", count: 1_000)) }
    faucet.finish()
    try await withService(plan, .streaming(faucet)) {
      $0.taskLimits.replayCapacity = 4_000
    } _: { service in
      let id = try await service.startTask(background)
      try await faucet.waitUntilAsked(3)
      for _ in 1...20 { _ = try await service.exchange("GET", "/api/health") }
      #expect(faucet.askedCount < 8)
      #expect(try await service.exchange("GET", "/api/tasks/\(id)").body.contains(#""status":"streaming""#))
      #expect(try await service.exchange("GET", "/api/tasks/\(id)/stream").body.contains("id: 65\nevent: done\n"))
    }
  }

  @Test func aReaderThatLeavesEndsNothing() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) { service in
      let id = try await service.startTask(background)
      faucet.send("a")
      let connection = try service.follow(id)
      try await connection.wait(for: "data: a\n\n")
      connection.hangUp()
      faucet.send("b")
      faucet.finish()
      #expect(try await service.waitForEnd(of: id).contains(#""status":"completed""#))
    }
  }

  @Test func twoReadersSeeTheSame() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) { service in
      let id = try await service.startTask(background)
      faucet.send("a")
      let readers = [try service.follow(id), try service.follow(id)]
      for reader in readers { try await reader.wait(for: "data: a\n\n") }
      faucet.send("b")
      faucet.finish()
      for reader in readers { #expect(try await reader.waitForEnd().contains("id: 3\nevent: done\n")) }
    }
  }

  @Test func cancellingEndsTheStream() async throws {
    let faucet = Faucet()
    try await withService(plan, .streaming(faucet)) { service in
      let connection = try service.startRun()
      faucet.send("a")
      let head = try await connection.wait(for: "data: a\n\n")
      let id = try #require(head.firstMatch(of: /[Xx]-[Tt]ask-[Ii]d: (.+)\r\n/)).1
      #expect(try await service.exchange("DELETE", "/api/tasks/\(id)").body.contains(#""status":"cancelled""#))
      #expect(try Answer(try await connection.waitForEnd()).body.hasSuffix("id: 2\nevent: cancelled\ndata: \n\n"))
      try await faucet.waitUntilCancelled()
    }
  }

  @Test func aRunMayOutliveItsClient() async throws {
    var staying = workflow("w", gives: .encoded(.text))
    staying.continuesOnDisconnect = true
    let faucet = Faucet()
    try await withService(smallPlan(staying), .streaming(faucet)) { service in
      let connection = try service.startRun()
      faucet.send("a")
      let head = try await connection.wait(for: "data: a\n\n")
      let id = String(try #require(head.firstMatch(of: /[Xx]-[Tt]ask-[Ii]d: (.+)\r\n/)).1)
      connection.hangUp()
      faucet.send("b")
      faucet.finish()
      _ = try await service.waitForEnd(of: id)
      let rest = try await service.exchange("GET", "/api/tasks/\(id)/stream", ["Last-Event-ID": "1"])
      #expect(rest.body == "id: 2\ndata: b\n\nid: 3\nevent: done\ndata: \n\n")
    }
  }

  // MARK: Tasks without a stream

  @Test func aValueIsOneEvent() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let id = try await service.startTask(#"{"wait_for_completion":false,"input":{"x":"é"}}"#)
      let answer = try await service.exchange("GET", "/api/tasks/\(id)/stream")
      #expect(answer.body == ": ping\n\nid: 1\ndata: {\"x\":\"é\"}\n\nid: 2\nevent: done\ndata: \n\n")
      _ = try await service.waitForEnd(of: id)
      #expect(try await service.exchange("GET", "/api/tasks/\(id)/stream?last_event_id=2").status == 204)
      #expect(
        try await service.exchange("GET", "/api/tasks/\(id)/stream?last_event_id=1").body
          == ": ping\n\nid: 2\nevent: done\ndata: \n\n")
    }
  }

  @Test func aFailureIsTheLastEvent() async throws {
    let host = FakeHost.failing(RuntimeError(.timeout, "too slow"))
    try await withService(smallPlan(workflow("w")), host) { service in
      let id = try await service.startTask(background)
      let answer = try await service.exchange("GET", "/api/tasks/\(id)/stream")
      #expect(answer.body.contains("id: 1\nevent: error\ndata: {\"code\":\"timeout\",\"message\":\"too slow\""))
    }
  }

  /// An answer that has begun as events holds nothing else, and says where the bytes are.
  @Test func bytesAreNoEvents() async throws {
    let faucet = Faucet()
    try await withService(smallPlan(workflow("w")), .streaming(faucet, .bare)) { service in
      let id = try await service.startTask(background)
      let connection = try service.follow(id)
      try await connection.wait(for: ": ping\n\n")
      faucet.send(.bytes([0xFF, 0x00]))
      faucet.finish()
      let answer = try Answer(try await connection.waitForEnd())
      #expect(answer.body.hasPrefix(": ping\n\nevent: error\ndata: {\"code\":\"not-events\","), "\(answer.body)")
      #expect(answer.isComplete)
      let again = try await service.exchange("GET", "/api/tasks/\(id)/stream")
      #expect(again.headers["content-type"] == "application/octet-stream")
    }
  }

  /// Whoever asks for what comes behind the end is told so, also when the end is not there yet.
  @Test(arguments: [true, false])
  func whatNeverWasIsGone(isStream: Bool) async throws {
    let (faucet, gate) = (Faucet(), Gate())
    let plan = isStream ? plan : smallPlan(workflow("w"))
    try await withService(plan, isStream ? .streaming(faucet) : gate.host) { service in
      let id = try await service.startTask(background)
      let connection = try service.follow(id, after: 99)
      try await connection.wait(for: ": ping\n\n")
      faucet.send("a")
      faucet.finish()
      gate.open()
      let answer = try Answer(try await connection.waitForEnd())
      #expect(answer.body.hasPrefix(": ping\n\nevent: error\ndata: {\"code\":\"stream-gone\","), "\(answer.body)")
      #expect(answer.isComplete)
    }
  }

  @Test func bytesKeepTheirType() async throws {
    let faucet = Faucet()
    faucet.send(.bytes([1, 2, 3]))
    faucet.finish()
    try await withService(smallPlan(workflow("w")), .streaming(faucet, .bare)) { service in
      let id = try await service.startTask(background)
      _ = try await service.waitForEnd(of: id)
      let answer = try await service.exchange("GET", "/api/tasks/\(id)?output_only=true")
      #expect(answer.headers["content-type"] == "application/octet-stream")
      #expect(answer.body == "\u{1}\u{2}\u{3}")
    }
  }
}

extension RunningService {
  /// A connection on which the stream of a task has been asked for.
  fileprivate func follow(_ id: String, after lastID: Int? = nil) throws -> RawConnection {
    let connection = try connect()
    let headers = lastID.map { ["Last-Event-ID": "\($0)"] } ?? [:]
    connection.send(requestText("GET", "/api/tasks/\(id)/stream", headers, body: nil, port: port))
    return connection
  }
}
