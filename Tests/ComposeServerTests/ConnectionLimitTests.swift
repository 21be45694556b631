import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeTestSupport
import Glibc
import Testing

/// Connections that take too much, or too long.
@Suite struct ConnectionLimitTests {
  private func withLimits(
    _ change: (inout ConnectionLimits) -> Void, _ body: (RunningService) async throws -> Void
  ) async throws {
    try await withService(smallPlan(workflow("w"))) { configuration in
      change(&configuration.connectionLimits)
    } _: { service async throws in
      try await body(service)
    }
  }

  private func head(_ service: RunningService, _ path: String = "/api/health", padding: Int = 0) -> String {
    let field = padding > 0 ? "X-Padding: \(String(repeating: "a", count: padding))\r\n" : ""
    return "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(service.port)\r\n\(field)\r\n"
  }

  // MARK: Size

  @Test(arguments: [1000, 5000, 100_000])
  func largeHeads(_ size: Int) async throws {
    try await withLimits {
      $0.headSize = 1000
    } _: { service in
      #expect(
        try await service.exchange("GET", "/api/health", ["X-Padding": String(repeating: "a", count: 500)]).status
          == 200)
      let answer = try await service.exchange("GET", "/api/health", ["X-Padding": String(repeating: "a", count: size)])
      #expect(answer.status == 431)
      #expect(answer.body == #"{"detail":"The head of the request is too large.","code":"too-large"}"#)
      #expect(answer.headers["connection"] == "close" && answer.headers["content-type"] == "application/json")
    }
  }

  /// A head that never ends is not kept.
  @Test(arguments: ["GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Padding: ", "GET /"])
  func endlessHeads(_ beginning: String) async throws {
    try await withLimits {
      $0.headSize = 1000
    } _: { service in
      let connection = try service.connect()
      connection.send(beginning + String(repeating: "a", count: 2000))
      #expect(try Answer(try await connection.waitForEnd()).status == 431)
    }
  }

  @Test func longAddresses() async throws {
    try await withLimits {
      $0.targetSize = 100
    } _: { service in
      let answer = try await service.exchange("GET", "/api/health?" + String(repeating: "a", count: 100))
      #expect(answer.status == 414)
      #expect(try await service.exchange("GET", "/api/health?" + String(repeating: "a", count: 50)).status == 200)
    }
  }

  /// The next request of a connection is measured by itself.
  @Test func requestsBehindOthers() async throws {
    try await withLimits {
      $0.headSize = 1000
    } _: { service in
      let connection = try service.connect()
      for count in 1...5 {
        connection.send(head(service, padding: 500))
        try await answers(count, on: connection)
      }
      connection.send(head(service, padding: 2000))
      #expect(try await connection.waitForEnd().contains("HTTP/1.1 431 Request Header Fields Too Large"))
    }
  }

  /// Where earlier answers are still to come, there is no place for another one.
  @Test func requestsAtOnce() async throws {
    try await withLimits {
      $0.headSize = 1000
    } _: { service in
      let connection = try service.connect()
      connection.send(String(repeating: head(service, padding: 500), count: 10))
      try await answers(10, on: connection)
      let other = try service.connect()
      other.send(String(repeating: head(service, padding: 500), count: 10) + head(service, padding: 2000))
      let text = try await other.waitForEnd()
      #expect(text.ranges(of: "HTTP/1.1 200 OK").count <= 10 && text.ranges(of: "HTTP/1.1").count <= 11)
    }
  }

  private func answers(_ count: Int, on connection: RawConnection) async throws {
    try await connection.wait(for: "\(count) answers") { bytes, _ in
      String(decoding: bytes, as: UTF8.self).ranges(of: #"{"status":"ok"}"#).count >= count ? () : nil
    }
  }

  // MARK: Time

  @Test func slowHeads() async throws {
    try await withLimits {
      $0.headTimeout = .milliseconds(50)
    } _: { service in
      let connection = try service.connect()
      connection.send("GET /api/health HTTP/1.1\r\nHost: ")
      let answer = try Answer(try await connection.waitForEnd())
      #expect(answer.status == 408)
      #expect(answer.body == #"{"detail":"The head of the request did not come in time.","code":"timeout"}"#)
    }
  }

  @Test func slowBodies() async throws {
    try await withLimits {
      $0.bodyTimeout = .milliseconds(50)
    } _: { service in
      let connection = try service.connect()
      let body = String(repeating: " ", count: 10)
      connection.send(
        requestText(
          "POST", "/api/workflows/runs", ["Content-Type": "application/json", "Content-Length": "100"], body: body,
          port: service.port))
      let answer = try Answer(try await connection.waitForEnd())
      #expect(answer.status == 408)
      #expect(answer.body == #"{"detail":"The body of the request comes too slowly.","code":"timeout"}"#)
    }
  }

  /// A run may take longer than its request.
  @Test func slowAnswers() async throws {
    let faucet = Faucet()
    try await withService(smallPlan(workflow("w")), .streaming(faucet)) {
      $0.connectionLimits.headTimeout = .milliseconds(1)
      $0.connectionLimits.bodyTimeout = .milliseconds(1)
    } _: { service in
      let connection = try service.startRun(#"{"output_only":true}"#)
      try await faucet.waitUntilAsked(1)
      // Long enough for a limit that applied to be over.
      for _ in 0..<20 { await Task.yield() }
      faucet.send("late")
      faucet.finish()
      #expect(try await connection.waitForEnd().contains("late"))
    }
  }

  /// Who goes on to send after the answer is cut off.
  @Test(arguments: [(Duration.milliseconds(20), 1 << 20), (.seconds(600), 1000)])
  func bodiesAfterTheAnswer(_ timeout: Duration, _ size: Int) async throws {
    try await withLimits {
      $0.lingerTimeout = timeout
      $0.lingerSize = size
    } _: { service in
      let connection = try service.connect()
      connection.send(
        requestText(
          "POST", "/api/nothing", ["Content-Length": "100000000", "Connection": ""], body: "", port: service.port))
      #expect(try await connection.wait(for: "not-found").hasPrefix("HTTP/1.1 404 Not Found"))
      if size == 1000 { connection.send(String(repeating: "a", count: 5000)) }
      _ = try await connection.waitForEnd()
    }
  }

  /// A client that stays and reads nothing does not hold the request to the provider.
  @Test func clientsThatReadNothing() async throws {
    let faucet = Faucet()
    // More than the sockets of both sides hold.
    for _ in 1...64 { faucet.send(String(repeating: "x", count: 1 << 20)) }
    try await withService(smallPlan(workflow("w", gives: .encoded(.text))), .streaming(faucet)) {
      $0.connectionLimits.stallTimeout = .milliseconds(50)
    } _: { service in
      let socket = try connectToLoopback(port: service.port)
      defer { close(socket) }
      let request = requestText(
        "POST", "/api/workflows/runs", ["Content-Type": "application/json"], body: "{}", port: service.port)
      // One small write to a fresh connection does not block.
      _ = request.utf8CString.withUnsafeBytes { send(socket, $0.baseAddress, $0.count - 1, 0) }
      try await faucet.waitUntilCancelled()
    }
  }

  // MARK: Number

  @Test func connectionsWait() async throws {
    try await withLimits {
      $0.connectionCount = 2
    } _: { service in
      let first = try service.connect()
      let second = try service.connect()
      for connection in [first, second] {
        connection.send(head(service))
        try await answers(1, on: connection)
      }
      let third = try service.connect()
      third.send(head(service))
      // By the time of this answer, the other would have come as well.
      second.send(head(service))
      try await answers(2, on: second)
      #expect(third.received.isEmpty)
      first.hangUp()
      try await answers(1, on: third)
    }
  }
}

extension RawConnection {
  /// Waits until so many requests have been answered with 200.
  fileprivate func waitForSuccesses(_ count: Int) async throws {
    let mark = Array("HTTP/1.1 200 OK".utf8)
    let isThere: Bool = try await wait(for: "\(count) answers") { bytes, hasEnded in
      if bytes.ranges(of: mark).count >= count { return true }
      return hasEnded ? false : nil
    }
    #expect(isThere)
  }
}
