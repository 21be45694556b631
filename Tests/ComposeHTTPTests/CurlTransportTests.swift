import ComposeHTTP
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(15))) struct CurlTransportTests {
  private let transport = CurlTransport()

  @Test(
    arguments: [
      ("GET", nil), ("POST", "hello"), ("POST", nil), ("PUT", "hello"), ("DELETE", nil), ("DELETE", "hello"),
      ("PATCH", "hello"), ("GET", "query"), ("OPTIONS", nil), ("PURGE", "x"),
    ] as [(String, String?)])
  func `requests arrive as they are`(_ method: String, _ body: String?) async throws {
    let server = try TestServer.answering { request in
      plainAnswer(
        ([request.method, request.path] + request.headerLines).joined(separator: "\n")
          + "\n\n" + String(decoding: request.body, as: UTF8.self))
    }
    let text = try await transport.text(
      HTTPRequest(
        method: method, url: server.url("/a?b=c%20d#fragment"),
        headers: [HTTPField("X-One", "1"), HTTPField("X-Empty", ""), HTTPField("Content-Length", "999")],
        body: body.map { Array($0.utf8) }))
    #expect(text.hasPrefix("\(method)\n/a?b=c%20d\n"))
    #expect(text.hasSuffix("\n\n" + (body ?? "")))
    #expect(text.contains("\nX-One: 1\n") && text.contains("\nX-Empty:\n"))
    #expect(text.contains("\nUser-Agent: model-compose\n"))
    #expect(!text.contains("Expect:") && !text.contains("Content-Type:") && !text.contains("Content-Length: 999"))
  }

  @Test func `a request's own user agent and content type win`() async throws {
    let server = try TestServer.answering { plainAnswer($0.headerLines.joined(separator: "\n")) }
    let headers = [HTTPField("user-agent", "me"), HTTPField("content-type", "application/json")]
    let text = try await transport.text(
      HTTPRequest(method: "POST", url: server.url(), headers: headers, body: Array("{}".utf8)))
    #expect(text.contains("user-agent: me") && !text.contains("model-compose"))
    #expect(text.contains("content-type: application/json"))
  }

  @Test(arguments: ["200 OK", "404 Not Found", "429 Too Many Requests", "500 Oh"])
  func `any status is an answer`(_ status: String) async throws {
    let server = try TestServer.answering { _ in
      "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n" + plainAnswer("body", status: status, headers: ["Retry-After: 7"])
    }
    let response = try await transport.send(get(server.url()))
    #expect(status.hasPrefix("\(response.status) "))
    #expect(response.header("retry-after") == "7" && response.header("Link") == nil)
    #expect(try await response.body.nextText() == "body")
    #expect(try await response.body.next() == nil)
  }

  @Test func `answers without a body`() async throws {
    let server = try TestServer.answering { request in
      request.method == "HEAD"
        ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" : "HTTP/1.1 204 No Content\r\n\r\n"
    }
    for method in ["HEAD", "GET", "HEAD"] {
      #expect(try await transport.text(HTTPRequest(method: method, url: server.url())).isEmpty)
    }
    #expect(server.acceptedConnections == 1)
  }

  @Test func `head and chunks arrive before the next is sent`() async throws {
    let steps = (Signal(), Signal())
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send(chunkedHead)
      steps.0.waitBlocking()
      connection.sendChunk("one")
      steps.1.waitBlocking()
      connection.sendChunk("two")
      connection.send("0\r\n\r\n")
      connection.waitForClose()
    }
    let response = try await transport.send(get(server.url()))
    steps.0.fire()
    #expect(try await response.body.nextText() == "one")
    steps.1.fire()
    #expect(try await response.body.nextText() == "two")
    #expect(try await response.body.next() == nil)
  }

  @Test func `the chunks of one read come as one`() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send(chunkedHead + String(repeating: "2\r\nab\r\n", count: 1000) + "0\r\n\r\n")
      connection.waitForClose()
    }
    let response = try await transport.send(get(server.url()))
    var chunks = 0
    var count = 0
    while let chunk = try await response.body.next() {
      chunks += 1
      count += chunk.count
    }
    #expect(count == 2000)
    #expect(chunks < 100)
  }

  @Test func `connections are used again`() async throws {
    let server = try TestServer.answering { plainAnswer($0.path) }
    for number in 0..<5 {
      #expect(try await transport.text(get(server.url("/\(number)"))) == "/\(number)")
    }
    #expect(server.acceptedConnections == 1)
  }

  @Test func `a hundred streams at once`() async throws {
    let everybody = Signal()
    let arrived = Mutex(0)
    let server = try TestServer { connection in
      guard let request = connection.readRequest() else { return }
      connection.send(chunkedHead)
      connection.sendChunk("first of \(request.path)")
      if arrived.withLock({
        $0 += 1
        return $0
      }) == 100 {
        everybody.fire()
      }
      everybody.waitBlocking()
      connection.sendChunk(", last of \(request.path)")
      connection.send("0\r\n\r\n")
      connection.waitForClose()
    }
    try await withThrowingTaskGroup { group in
      for number in 0..<100 {
        group.addTask {
          let text = try await transport.text(get(server.url("/\(number)")))
          #expect(text == "first of /\(number), last of /\(number)")
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `a slow reader slows the server down`() async throws {
    let total = 64 * 1024 * 1024
    let stalled = Signal()
    let finished = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
      var sent = 0
      while sent < total {
        if !stalled.hasFired, connection.isStalled(milliseconds: 500) { stalled.fire() }
        let count = min(64 * 1024, total - sent)
        guard connection.send(Pattern.bytes(at: sent, count: count)) else { break }
        sent += count
      }
      finished.fire()
      stalled.fire()
      connection.waitForClose()
    }
    let response = try await transport.send(get(server.url()))
    await stalled.wait()
    #expect(!finished.hasFired)
    // The high watermark, one hand-over and one write of libcurl beyond it.
    #expect(response.body.bufferedBytes <= (256 + 64 + 16) * 1024)
    var received = 0
    while let chunk = try await response.body.next() {
      guard chunk == Pattern.bytes(at: received, count: chunk.count) else {
        Issue.record("wrong bytes after \(received)")
        return
      }
      received += chunk.count
    }
    #expect(received == total)
  }
}

/// Bytes whose place in the stream shows.
private enum Pattern {
  private static let period = 251
  private static let block = (0..<(256 * 1024 + period)).map { UInt8($0 % period) }

  static func bytes(at offset: Int, count: Int) -> [UInt8] {
    let start = offset % period
    return Array(block[start..<start + count])
  }
}
