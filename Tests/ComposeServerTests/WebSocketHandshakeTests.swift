import ComposePlan
import ComposeRuntime
import ComposeServer
import ComposeTestSupport
import Testing

/// Which requests become connections, and what the others are answered.
@Suite struct WebSocketHandshakeTests {
  private let plan = smallPlan(workflow("w"))

  @Test func theAnswerOfTheStandard() async throws {
    try await withService(plan) { service in
      let client = try await WebSocketClient.connect(service)
      let head = String(decoding: client.connection.received, as: UTF8.self).lowercased()
      #expect(head.contains("\r\nsec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n"))
      #expect(head.contains("\r\nupgrade: websocket\r\n"))
      #expect(head.contains("\r\nconnection: upgrade\r\n"))
      #expect(!head.contains("sec-websocket-protocol"))
      #expect(!head.contains("sec-websocket-extensions"))
    }
  }

  /// Requests for the path that stay requests. Each gets an answer, and its connection ends behind it.
  @Test(arguments: [
    (["Sec-WebSocket-Version": "8"], 426), (["Sec-WebSocket-Version": ""], 426), (["Sec-WebSocket-Key": ""], 426),
    (["Sec-WebSocket-Key": "c2hvcnQ="], 426), (["Upgrade": "h2c"], 426), (["Upgrade": ""], 426),
    (["Connection": "close"], 426), (["Content-Length": "3"], 426), (["Host": "evil.example"], 403),
    (["Origin": "http://evil.example"], 403), (["Origin": "null"], 403),
  ])
  func refused(_ headers: [String: String], status: Int) async throws {
    try await withService(plan) { service in
      let connection = try service.connect()
      let body = headers["Content-Length"] == nil ? "" : "abc"
      connection.send(webSocketRequest("/api/ws", headers, port: service.port) + body)
      let answer = try Answer(try await headers["Upgrade"] == "" ? connection.wait(for: "}") : connection.waitForEnd())
      #expect(answer.status == status)
      #expect(answer.body.hasPrefix(#"{"detail":"#))
      if status == 426 {
        #expect(answer.headers["upgrade"] == "websocket")
        #expect(answer.headers["sec-websocket-version"] == "13")
      }
    }
  }

  @Test(arguments: ["?session=", "?session=a%20b", "?session=" + String(repeating: "x", count: 129)])
  func sessionIDs(_ query: String) async throws {
    try await withService(plan) { service in
      let answer = try await service.exchange("GET", "/api/ws" + query, upgrade)
      // An empty one is none.
      #expect(answer.status == (query == "?session=" ? 101 : 426))
    }
  }

  /// A client that offers another protocol is answered in HTTP (`curl --http2` does so).
  @Test func anotherProtocol() async throws {
    try await withService(plan) { service in
      let connection = try service.connect()
      let headers = [
        "Upgrade": "h2c", "Connection": "Upgrade, HTTP2-Settings", "HTTP2-Settings": "AAMAAABkAAQCAAAAAAIAAAAA",
      ]
      connection.send(requestText("GET", "/api/health", headers, body: nil, port: service.port))
      let answer = try Answer(try await connection.waitForEnd())
      #expect(answer.status == 200)
      // What follows on that connection could not be read.
      #expect(answer.headers["connection"] == "close")
    }
  }

  @Test func upgradeOnALaterRequest() async throws {
    try await withService(plan) { service in
      let connection = try service.connect()
      connection.send(requestText("GET", "/api/health", ["Connection": "keep-alive"], body: nil, port: service.port))
      try await connection.wait(for: #"{"status":"ok"}"#)
      connection.send(webSocketRequest("/api/ws", port: service.port))
      let text = try await connection.waitForEnd()
      #expect(text.contains("HTTP/1.1 426 "))
    }
  }

  @Test func notHTTPAtAll() async throws {
    try await withService(plan) { service in
      let connection = try service.connect()
      connection.send("\u{1}\u{2}nonsense\r\n\r\n")
      #expect(try await connection.waitForEnd().hasPrefix("HTTP/1.1 400 "))
    }
  }

  @Test func otherPathsAndNoEndpoint() async throws {
    try await withService(plan) { service async throws in
      #expect(try await service.exchange("GET", "/api/other", upgrade).status == 404)
      #expect(try await service.exchange("POST", "/api/ws", upgrade).status == 405)
    }
    try await withService(plan, serving: serving(webSocket: nil)) { service in
      #expect(try await service.exchange("GET", "/api/ws", upgrade).status == 404)
      let answer = try await service.exchange(
        "POST", "/api/workflows/runs?session_id=s", ["Content-Type": "application/json"],
        body: #"{"subscribe_task":true}"#)
      #expect(answer.status == 400)
      #expect(answer.body.contains("WebSocket is disabled"))
    }
    try await withService(plan, serving: serving(webSocket: .init(path: "/live/socket"))) { service in
      #expect(try await service.exchange("GET", "/api/ws", upgrade).status == 404)
      _ = try await WebSocketClient.connect(service, "/api/live/socket")
    }
  }

  @Test func thePortOfThePage() async throws {
    try await withService(plan, serving: serving(api: false, webUI: true)) { service in
      let client = try await WebSocketClient.connect(
        service, "/api/ws", ["Origin": "http://127.0.0.1:\(service.webUIPort)"])
      client.send(#"{"type":"ping"}"#)
      #expect(try await client.next().type == "pong")
    }
  }

  @Test func keys() async throws {
    try await withService(plan) {
      $0.apiKeys = ["s3cret", "other"]
    } _: { service in
      #expect(try await service.exchange("GET", "/api/ws", upgrade).status == 401)
      // An address ends up in logs: a key in it is none.
      for query in ["?key=s3cret", "?api_key=s3cret", "?token=s3cret", "?access_token=s3cret"] {
        #expect(try await service.exchange("GET", "/api/ws" + query, upgrade).status == 401)
      }
      let wrong = ["Sec-WebSocket-Protocol": "model-compose, bearer.wrong"]
      #expect(try await service.exchange("GET", "/api/ws", upgrade.merging(wrong) { $1 }).status == 401)
      _ = try await WebSocketClient.connect(service, "/api/ws", ["Authorization": "Bearer other"])
      let client = try await WebSocketClient.connect(
        service, "/api/ws", ["Sec-WebSocket-Protocol": "model-compose, bearer.s3cret"])
      let head = String(decoding: client.connection.received, as: UTF8.self).lowercased()
      #expect(head.contains("\r\nsec-websocket-protocol: model-compose\r\n"))
      #expect(!head.contains("s3cret"))
    }
  }

  /// A connection without a request does not stay, and keeps no shutdown waiting.
  @Test func silence() async throws {
    try await withService(plan) {
      $0.idleTimeout = .milliseconds(50)
    } _: { service in
      _ = try await service.connect().waitForEnd()
    }
    let silent = try await withService(plan) { service in
      let silent = try service.connect()
      _ = try await service.exchange("GET", "/api/health")
      return silent
    }
    _ = try await silent.waitForEnd()
  }

  private var upgrade: [String: String] {
    [
      "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ]
  }
}
