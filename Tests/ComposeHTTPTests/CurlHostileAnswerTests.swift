import ComposeHTTP
import Testing

/// Servers that mean harm, or are broken.
@Suite(.timeLimit(.minutes(15))) struct CurlHostileAnswerTests {
  private let transport = CurlTransport()

  /// The error for an answer that begins with one text and goes on with another for as long as somebody reads.
  private func failure(_ start: String, endless: String) async throws -> HTTPError? {
    let closed = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send(start)
      let block = String(repeating: endless, count: 100)
      while connection.send(block) {}
      closed.fire()
    }
    let error = await transport.failure(get(server.url()))
    await closed.wait()
    return error
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\n", "X-More: and more\r\n"),
    ("HTTP/1.1 200 OK\r\nX-Long: ", "and longer "),
    ("", "HTTP/1.1 102 Processing\r\n\r\n"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", "X-Trailer: and more\r\n"),
  ])
  func `a head without end`(_ start: String, _ endless: String) async throws {
    let error = try await failure(start, endless: endless)
    #expect(error?.kind == .malformed)
    #expect(error?.message.hasPrefix("the head of the answer of 127.0.0.1:") == true)
  }

  @Test(arguments: [
    "zz\r\nabc", "-1\r\nabc", "3 4 5\r\nabcde", "3\r\nabcdef\r\n", "fffffffffffffffff\r\nabc", "\r\n\r\n",
  ])
  func `chunks that are none`(_ chunks: String) async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send(chunkedHead + "3\r\none\r\n" + chunks)
      connection.waitForClose()
    }
    let error = await transport.failure(get(server.url(), timeouts: HTTPTimeouts(idle: 20)))
    #expect(error?.kind == .malformed)
  }

  @Test(arguments: [
    "Content-Length: 5\r\nContent-Length: 6", "Content-Length: many", "Content-Length: -5",
    "Content-Length: 99999999999999999999999",
  ])
  func `lengths that are none`(_ header: String) async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\n\(header)\r\n\r\nhello world")
    }
    #expect(await transport.failure(get(server.url()))?.kind == .malformed)
  }

  @Test func `bytes behind the announced length belong to nobody`() async throws {
    let server = try TestServer { connection in
      while connection.readRequest() != nil {
        // What follows the five bytes looks like the answer to the next request.
        connection.send(plainAnswer("hello") + plainAnswer("smuggled"))
      }
    }
    for _ in 0..<2 {
      #expect(try await transport.text(get(server.url())) == "hello")
    }
  }

  @Test func `one byte after the other is neither idle nor endless`() async throws {
    let closed = Signal()
    let sent = Counter()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
      while !connection.isClosed(within: 20), connection.send("x") { _ = sent.next() }
      closed.fire()
    }
    let error = await transport.failure(get(server.url(), timeouts: HTTPTimeouts(idle: 5, total: 0.5)))
    #expect(error?.kind == .timeout(.total))
    await closed.wait()
    #expect(sent.count > 1)
  }

  @Test func `a head that comes byte by byte has a limit`() async throws {
    let closed = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nX-Slow: ")
      while !connection.isClosed(within: 20), connection.send("x") {}
      closed.fire()
    }
    let error = await transport.failure(get(server.url(), timeouts: HTTPTimeouts(firstByte: 0.3)))
    #expect(error?.kind == .timeout(.firstByte))
    await closed.wait()
  }

  // MARK: Compression

  @Test(arguments: [
    ("gzip", CompressedHello.gzip), ("deflate", CompressedHello.deflate), ("br", CompressedHello.brotli),
    ("zstd", CompressedHello.zstandard), ("identity", Array("hello hello hello\n".utf8)),
  ])
  func `compressed answers are unpacked`(_ encoding: String, _ bytes: [UInt8]) async throws {
    let server = try TestServer { connection in
      let request = connection.readRequest()
      let offered = request?.header("accept-encoding") ?? ""
      guard encoding == "identity" || offered.contains(encoding) else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: \(encoding)\r\nContent-Length: \(bytes.count)\r\n\r\n")
      connection.send(bytes)
      connection.waitForClose()
    }
    #expect(try await transport.text(get(server.url())) == "hello hello hello\n")
  }

  @Test(arguments: ["gzip", "deflate", "br", "zstd"])
  func `an answer that is not compressed as it says`(_ encoding: String) async throws {
    let server = try TestServer.answering { _ in
      plainAnswer("this is plain text, and not short", headers: ["Content-Encoding: \(encoding)"])
    }
    #expect(await transport.failure(get(server.url()))?.kind == .malformed)
  }
}

/// "hello hello hello" and a line's end.
private enum CompressedHello {
  static let gzip: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x90,
    0x5C, 0x00, 0x3B, 0x7C, 0x8A, 0xDF, 0x12, 0x00, 0x00, 0x00,
  ]
  static let deflate: [UInt8] = [
    0x78, 0xDA, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x90, 0x5C, 0x00, 0x40, 0xB5, 0x06, 0x87,
  ]
  static let brotli: [UInt8] = [
    0x8B, 0x08, 0x80, 0x68, 0x65, 0x6C, 0x6C, 0x6F, 0x20, 0x68, 0x65, 0x6C, 0x6C, 0x6F, 0x20, 0x68, 0x65, 0x6C, 0x6C,
    0x6F, 0x0A, 0x03,
  ]
  static let zstandard: [UInt8] = [
    0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x12, 0x6D, 0x00, 0x00, 0x38, 0x68, 0x65, 0x6C, 0x6C, 0x6F, 0x20, 0x0A, 0x01, 0x00,
    0x31, 0x4A, 0x11,
  ]
}
