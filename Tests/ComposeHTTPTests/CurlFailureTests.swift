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
}
