import ComposePlan
import ComposeServer
import ComposeTestSupport
import Testing

/// Several requests on one connection, and bodies that come in pieces.
@Suite struct ExchangeTests {
  /// A service whose limits of time are no matter here, however busy the machine is.
  private func withPatience(_ body: (RunningService) async throws -> Void) async throws {
    try await withService(smallPlan(workflow("w"))) {
      $0.connectionLimits.headTimeout = .seconds(600)
      $0.connectionLimits.bodyTimeout = .seconds(600)
      $0.connectionLimits.lingerTimeout = .seconds(600)
    } _: { service async throws in
      try await body(service)
    }
  }

  /// More than are read ahead.
  @Test func manyRequestsAtOnceAreAnsweredInOrder() async throws {
    try await withPatience { service in
      let paths = (0..<300).map { $0 % 3 == 0 ? "/api/nothing" : "/api/health" }
      let text = paths.map { "GET \($0) HTTP/1.1\r\nHost: HOST\r\n\r\n" }.joined()
      let answer = try await service.raw(text + last)
      let statuses = answer.matches(of: /HTTP\/1.1 (\d+)/).map { String($0.output.1) }
      #expect(statuses == paths.map { $0 == "/api/health" ? "200" : "404" } + ["200"])
    }
  }

  @Test func bodiesOfRequestsBehindEachOtherStayApart() async throws {
    try await withPatience { service in
      let bodies = (0..<40).map { $0 % 2 == 0 ? "{}" : "[\(String(repeating: " ", count: $0 * 1_000))]" }
      let text = bodies.map { "\(runHead("Content-Length: \($0.utf8.count)\r\n"))\($0)" }.joined()
      let answer = try await service.raw(text + last)
      let statuses = answer.matches(of: /HTTP\/1.1 (\d+)/).map { String($0.output.1) }
      #expect(statuses == bodies.map { $0 == "{}" ? "200" : "400" } + ["200"])
    }
  }

  /// Each byte in a chunk of its own; the head comes by itself, or with them.
  @Test(arguments: [true, false])
  func bodiesOfManyPieces(_ waits: Bool) async throws {
    try await withPatience { service in
      let connection = try service.connect()
      let head = service.named(runHead("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n"))
      if waits {
        connection.send(head)
        try await connection.wait(for: "100 Continue")
      }
      let body = "{\"wait_for_completion\": true, \"padding\": \"\(String(repeating: "x", count: 50_000))\"}"
      let pieces = body.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
      connection.send((waits ? "" : head) + pieces + service.named(last))
      let answer = try await connection.waitForEnd()
      let statuses = answer.matches(of: /HTTP\/1.1 (\d+)/).map { String($0.output.1) }
      #expect(statuses == ["100", "200", "200"], "\(answer)")
    }
  }

  /// A request that is answered without its body leaves the connection to the next.
  @Test func aBodyThatNobodyReads() async throws {
    try await withPatience { service in
      let connection = try service.connect()
      let size = 300_000
      connection.send(service.named("POST /api/nothing HTTP/1.1\r\nHost: HOST\r\nContent-Length: \(size)\r\n\r\n"))
      try await connection.wait(for: "404 Not Found")
      connection.send(String(repeating: "x", count: size) + service.named(last))
      let answer = try await connection.waitForEnd()
      #expect(answer.hasSuffix(#"{"status":"ok"}"#), "\(answer)")
    }
  }

  /// What stands behind it is not understood, either.
  @Test(arguments: ["5\r\nab", "zz\r\n{}\r\n0\r\n\r\n"])
  func aBodyThatIsCutOff(_ body: String) async throws {
    try await withPatience { service in
      let first = "GET /api/health HTTP/1.1\r\nHost: HOST\r\n\r\n"
      let connection = try service.connect()
      connection.send(service.named(first + runHead("Transfer-Encoding: chunked\r\n") + body))
      try await connection.wait(for: "200 OK")
      connection.endSending()
      let answer = try await connection.waitForEnd()
      let statuses = answer.matches(of: /HTTP\/1.1 (\d+)/).map { String($0.output.1) }
      #expect(statuses == ["200", "400"], "\(answer)")
    }
  }
}

private let last = "GET /api/health HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"

private func runHead(_ more: String) -> String {
  "POST /api/workflows/runs HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n\(more)\r\n"
}

extension RunningService {
  /// The text with the service in place of `HOST`.
  fileprivate func named(_ text: String) -> String { text.replacing("HOST", with: "127.0.0.1:\(port)") }

  /// Sends a text and waits until the service closes.
  fileprivate func raw(_ text: String) async throws -> String {
    let connection = try connect()
    connection.send(named(text))
    return try await connection.waitForEnd()
  }
}
