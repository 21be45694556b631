import ComposeHTTP
import Glibc
import Testing

@Suite(.timeLimit(.minutes(15))) struct CurlFailureTests {
  private let transport = CurlTransport()

  @Test func `nobody listens`() async throws {
    let (socket, port) = try bindLoopback()
    defer { close(socket) }
    let error = await transport.failure(get("http://127.0.0.1:\(port)/"))
    #expect(error == HTTPError(.refused, "connection to 127.0.0.1:\(port) was refused"))
  }

  @Test func `a host that does not exist`() async {
    let error = await transport.failure(get("http://user:secret@nothing.invalid/"))
    #expect(error == HTTPError(.unresolvedHost, "host 'nothing.invalid' was not found"))
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nten bytes.\r\n",
  ])
  func `the connection is lost in mid-answer`(_ answer: String) async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send(answer)
    }
    let response = try await transport.send(get(server.url()))
    #expect(try await response.body.nextText() == "ten bytes.")
    let error = await #expect(throws: HTTPError.self) { try await response.body.next() }
    #expect(error?.kind == .connectionLost)
    #expect(error?.message == "the provider closed the connection in mid-answer (127.0.0.1:\(server.port))")
  }

  @Test func `the connection is lost before the answer`() async throws {
    let server = try TestServer { _ = $0.readRequest() }
    #expect(await transport.failure(get(server.url()))?.kind == .connectionLost)
  }

  @Test func `an answer that is not HTTP`() async throws {
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send("SSH-2.0-OpenSSH\r\n\r\nhello\r\n")
      connection.waitForClose()
    }
    #expect(await transport.failure(get(server.url()))?.kind == .malformed)
  }

  @Test func `no TLS where TLS is expected`() async throws {
    let server = try TestServer { connection in
      connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
    }
    let error = await transport.failure(get("https://127.0.0.1:\(server.port)/"))
    #expect(error?.kind == .tls)
    #expect(error?.message.hasPrefix("no secure connection to 127.0.0.1:\(server.port): ") == true)
  }

  // MARK: Timeouts

  @Test func `the limit to connect`() async throws {
    let (socket, port) = try bindLoopback()
    defer { close(socket) }
    // A queue that is full and never emptied: further connections get no reply.
    listen(socket, 0)
    let fillers = (0..<4).map { _ in connectWithoutWaiting(to: port) }
    defer { for filler in fillers { close(filler) } }
    let error = await transport.failure(
      get("http://127.0.0.1:\(port)/", timeouts: HTTPTimeouts(connect: 0.2, firstByte: nil)))
    #expect(error?.kind == .timeout(.connect))
  }

  @Test func `the limit to the first byte`() async throws {
    let closed = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.waitForClose()
      closed.fire()
    }
    let error = await transport.failure(get(server.url(), timeouts: HTTPTimeouts(firstByte: 0.2)))
    #expect(error == HTTPError(.timeout(.firstByte), "no answer from 127.0.0.1:\(server.port) within 0.2 s"))
    await closed.wait()
  }

  @Test(arguments: [HTTPTimeouts(idle: 0.2), HTTPTimeouts(total: 0.2)])
  func `the limits of the body`(_ timeouts: HTTPTimeouts) async throws {
    let closed = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send(chunkedHead)
      connection.sendChunk("one")
      connection.waitForClose()
      closed.fire()
    }
    let response = try await transport.send(get(server.url(), timeouts: timeouts))
    #expect(try await response.body.nextText() == "one")
    #expect(await response.body.failureKind() == .timeout(timeouts.total == nil ? .idle : .total))
    await closed.wait()
  }

  private func connectWithoutWaiting(to port: UInt16) -> Int32 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    _ = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    return socket
  }
}
