import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Testing

/// What HTTP asks of a server, beyond what a client of today notices.
@Suite struct RequestRulesTests {
  private let plan = smallPlan(workflow())

  @Test(arguments: [
    "GET /api/health HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n", "GET /api/health HTTP/1.1\r\n",
    "GET /api/health HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n",
    "GET http://evil.example/api/health HTTP/1.1\r\nHost: HOST\r\n",
    "GET http://HOST@evil.example/api/health HTTP/1.1\r\nHost: HOST\r\n",
  ])
  func aRequestNamesOneHost(_ head: String) async throws {
    try await withService(plan) { service in
      let answer = try await service.raw(head + "Connection: close\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
    }
  }

  /// Or the body would be taken for something else than it is.
  @Test(arguments: ["gzip, chunked", "gzip", "chunked, identity"])
  func noCodingIsUndone(_ coding: String) async throws {
    try await withService(plan) { service in
      let head = service.runHead("Transfer-Encoding: \(coding)\r\nConnection: close\r\n")
      let answer = try await service.raw(head + "2\r\n{}\r\n0\r\n\r\n")
      #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
    }
  }

  @Test func aRequestMayNameItTwice() async throws {
    try await withService(plan) { service in
      let head = "GET http://HOST/api/health HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"
      let answer = try await service.raw(head)
      #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
    }
  }

  @Test func aClientThatWaitsIsToldToGoOn() async throws {
    try await withService(plan) { service in
      let connection = try service.connect()
      connection.send(service.runHead("Expect: 100-Continue\r\nContent-Length: 2\r\nConnection: close\r\n"))
      try await connection.wait(for: "HTTP/1.1 100 Continue\r\n\r\n")
      connection.send("{}")
      let answer = try await connection.waitForEnd()
      #expect(answer.contains("HTTP/1.1 200 OK\r\n"), "\(answer)")
    }
  }

  @Test func aClientThatWaitsIsToldNotTo() async throws {
    try await withService(plan) { service in
      let answer = try await service.raw(service.runHead("Expect: 100-continue\r\nContent-Length: 99999999\r\n"))
      #expect(answer.hasPrefix("HTTP/1.1 413 "), "\(answer)")
      #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
    }
  }

  @Test(arguments: ["HTTP/1.1\r\nConnection: Close", "HTTP/1.1\r\nConnection: x, CLOSE", "HTTP/1.0"])
  func theConnectionEnds(_ ending: String) async throws {
    try await withService(plan) { service in
      let answer = try await service.raw("GET /api/health \(ending)\r\nHost: HOST\r\n\r\n")
      #expect(answer.hasSuffix(#"{"status":"ok"}"#), "\(answer)")
    }
  }

  @Test func anOldClientGetsNoChunks() async throws {
    let faucet = Faucet()
    for text in ["a", "b"] { faucet.send(text) }
    faucet.finish()
    try await withService(smallPlan(workflow(gives: .encoded(.text))), .streaming(faucet)) { service in
      let head = service.runHead("Content-Length: 2\r\n").replacing("HTTP/1.1", with: "HTTP/1.0")
      let answer = try await service.raw(head + "{}")
      #expect(!answer.lowercased().contains("transfer-encoding"))
      #expect(
        answer.hasSuffix("\r\n\r\nid: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\nevent: done\ndata: \n\n"), "\(answer)")
    }
  }

  @Test func requestsBehindEachOtherAreAnsweredInTurn() async throws {
    try await withService(plan) { service in
      let one = "GET /api/health HTTP/1.1\r\nHost: HOST\r\n\r\n"
      let answer = try await service.raw(one + one + one.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"))
      #expect(answer.matches(of: /HTTP\/1.1 200 OK/).count == 3, "\(answer)")
    }
  }

  /// A number to which one cannot be added.
  @Test(arguments: ["/stream", "/events"])
  func anEventThatCannotBe(_ path: String) async throws {
    try await withService(plan) { service in
      let id = try await service.startTask(#"{"wait_for_completion":false}"#)
      _ = try await service.waitForEnd(of: id)
      for last in ["9223372036854775807", "9007199254740992", "-1", "18446744073709551616"] {
        let answer = try await service.exchange("GET", "/api/tasks/\(id)\(path)?last_event_id=\(last)")
        #expect(answer.status == 400 && answer.body.contains("invalid-query"), "\(answer)")
      }
      #expect(try await service.exchange("GET", "/api/health").status == 200)
    }
  }
}

extension RequestRulesTests {
  /// What is asked for only the head of a stream is no reader of it: it would be waited for without end.
  @Test func askingForTheHeadHoldsNothingUp() async throws {
    let faucet = Faucet()
    for _ in 1...64 { faucet.send(String(repeating: "x", count: 1_000)) }
    faucet.finish()
    try await withService(smallPlan(workflow(gives: .encoded(.text))), .streaming(faucet)) {
      $0.taskLimits.replayCapacity = 4_000
    } _: { service in
      let id = try await service.startTask(#"{"wait_for_completion":false}"#)
      try await faucet.waitUntilAsked(3)
      for path in ["/stream", "/events", "?output_only=true"] {
        #expect(try await service.exchange("HEAD", "/api/tasks/\(id)\(path)").status == 200)
      }
      let body = try await service.exchange("GET", "/api/tasks/\(id)/stream").body
      #expect(body.hasSuffix("id: 65\nevent: done\ndata: \n\n"))
    }
  }
}

extension RunningService {
  /// Sends a text, `HOST` in which stands for the service, and waits until the service closes.
  fileprivate func raw(_ text: String) async throws -> String {
    let connection = try connect()
    connection.send(text.replacing("HOST", with: "127.0.0.1:\(port)"))
    return try await connection.waitForEnd()
  }

  fileprivate func runHead(_ more: String) -> String {
    "POST /api/workflows/runs HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r\n\(more)\r\n"
  }
}
