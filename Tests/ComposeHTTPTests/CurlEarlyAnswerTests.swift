import ComposeHTTP
import Testing

/// Servers that answer while a body is still being sent.
@Suite(.timeLimit(.minutes(15))) struct CurlEarlyAnswerTests {
  private let transport = CurlTransport()
  private let source = UploadSource()

  /// Each of them closes the connection with unread bytes in it, which makes the system reset it.
  @Test(arguments: [
    "HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge",
    "HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\nConnection: close\r\n\r\nlarge",
    "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\nlarge",
    "HTTP/1.0 413 Too Large\r\n\r\nlarge",
  ])
  func `a refusal during the upload wins`(_ answer: String) async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest(readsBody: false)
      connection.send("HTTP/1.1 100 Continue\r\n\r\n")
      _ = connection.read(100_000)
      connection.send(answer)
    }
    for isAnnounced in [true, false] {
      let response = try await transport.send(
        upload(server.url(), source.zeros(1_000_000_000, announced: isAnnounced)))
      #expect(response.status == 413 || response.status == 401)
      #expect(try await response.body.collect(upTo: 100) == Array("large".utf8))
    }
    #expect(source.produced < 1_000_000_000)
  }

  @Test func `a refusal while the source has nothing to say`() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest(readsBody: false)
      connection.send("HTTP/1.1 100 Continue\r\n\r\n")
      _ = connection.read(1)
      connection.send(plainAnswer("no", status: "403 Forbidden"))
      connection.waitForClose()
    }
    let never = Signal()
    let body = source.body(length: 10_000_000) { number in
      if number == 0 { return [1] }
      await withTaskCancellationHandler {
        await never.wait()
      } onCancel: {
        never.fire()
      }
      return nil
    }
    let response = try await transport.send(upload(server.url(), body))
    #expect(response.status == 403)
    #expect(try await response.body.nextText() == "no")
    #expect(try await response.body.next() == nil)
    await never.wait()
  }

  @Test func `a refusal before the body is wanted leaves the source alone`() async throws {
    let server = try TestServer { connection in
      let request = connection.readRequest(readsBody: false)
      #expect(request?.header("expect") == "100-continue")
      connection.send(plainAnswer("who are you?", status: "401 Unauthorized"))
      connection.waitForClose()
    }
    let response = try await transport.send(upload(server.url(), source.zeros(1_000_000_000)))
    #expect(response.status == 401)
    #expect(try await response.body.nextText() == "who are you?")
    #expect(source.opened == 0)
  }

  @Test func `an answer that grows with the request`() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest(readsBody: false)
      connection.send("HTTP/1.1 100 Continue\r\n\r\n" + chunkedHead)
      for _ in 0..<3 {
        guard let line = connection.read(8) else { return }
        connection.sendChunk(String(decoding: line[3..<6], as: UTF8.self))
      }
      _ = connection.read(5)
      connection.send("0\r\n\r\n")
      connection.waitForClose()
    }
    let (stream, writer) = ByteStream.pipe()
    let body = HTTPBody.stream(
      HTTPBodyStream(length: nil, isRepeatable: false) {
        HTTPBodyReader(next: { () throws(HTTPError) in try await stream.next() }, cancel: { stream.cancel() })
      })
    try await writer.write(Array("one".utf8))
    let response = try await transport.send(upload(server.url(), body))
    #expect(try await response.body.nextText() == "one")
    for text in ["two", "six"] {
      try await writer.write(Array(text.utf8))
      #expect(try await response.body.nextText() == text)
    }
    writer.finish()
    #expect(try await response.body.next() == nil)
  }

  // MARK: Redirects

  @Test(arguments: [(307, true), (308, true), (307, false), (303, false), (302, true)])
  func `a redirect sends the body again only if it can`(_ status: Int, _ isRepeatable: Bool) async throws {
    let server = try TestServer.answering { request in
      request.path == "/old"
        ? plainAnswer("", status: "\(status) Moved", headers: ["Location: /new"])
        : plainAnswer("\(request.method) \(String(decoding: request.body, as: UTF8.self))")
    }
    let body = source.body(["he", "llo"], length: 5, isRepeatable: isRepeatable)
    if status < 307 {
      #expect(try await transport.text(upload(server.url("/old"), body)) == "GET ")
    } else if isRepeatable {
      #expect(try await transport.text(upload(server.url("/old"), body)) == "POST hello")
      #expect(source.opened == 2)
    } else {
      let error = await transport.failure(upload(server.url("/old"), body))
      #expect(error?.kind == .redirect)
      #expect(error?.message.hasSuffix("but the body cannot be sent again") == true)
    }
  }
}
