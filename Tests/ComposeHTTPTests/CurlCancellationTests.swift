import ComposeHTTP
import Glibc
import Testing

@Suite(.timeLimit(.minutes(15))) struct CurlCancellationTests {
  /// A server that starts an answer and says when the client has closed the connection.
  private struct Endless {
    let asked = Signal()
    let closed = Signal()
    let server: TestServer

    init(answers: Bool = true) throws {
      server = try TestServer { [asked, closed] connection in
        _ = connection.readRequest()
        if answers { connection.send(chunkedHead + "3\r\none\r\n") }
        asked.fire()
        connection.waitForClose()
        closed.fire()
      }
    }
  }

  @Test func `cancelling the body closes the socket`() async throws {
    let endless = try Endless()
    let transport = CurlTransport()
    let response = try await transport.send(get(endless.server.url()))
    response.body.cancel()
    response.body.cancel()
    await endless.closed.wait()
    #expect(await response.body.failureKind() == .cancelled)
  }

  @Test func `cancelling a task that waits for bytes closes the socket`() async throws {
    let endless = try Endless()
    let transport = CurlTransport()
    let response = try await transport.send(get(endless.server.url()))
    #expect(try await response.body.nextText() == "one")
    let reader = Task { await response.body.failureKind() }
    reader.cancel()
    await endless.closed.wait()
    #expect(await reader.value == .cancelled)
  }

  @Test func `cancelling a task that waits for the head closes the socket`() async throws {
    let endless = try Endless(answers: false)
    let transport = CurlTransport()
    let sender = Task { await transport.failure(get(endless.server.url())) }
    await endless.asked.wait()
    sender.cancel()
    await endless.closed.wait()
    #expect(await sender.value?.kind == .cancelled)
  }

  @Test func `a task that is cancelled already sends nothing`() async throws {
    let server = try TestServer.answering { _ in plainAnswer("") }
    let transport = CurlTransport()
    let go = Signal()
    let sender = Task {
      await go.wait()
      return await transport.failure(get(server.url()))
    }
    sender.cancel()
    go.fire()
    #expect(await sender.value?.kind == .cancelled)
    #expect(server.acceptedConnections == 0)
  }

  @Test func `dropping the answer closes the socket`() async throws {
    let endless = try Endless()
    let transport = CurlTransport()
    _ = try await transport.send(get(endless.server.url()))
    await endless.closed.wait()
    await transport.shutdown()
  }

  @Test func `cancelling a paused answer closes the socket`() async throws {
    let closed = Signal()
    let stalled = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\n\r\n")
      let block = [UInt8](repeating: 0, count: 64 * 1024)
      while true {
        if !stalled.hasFired, connection.isStalled(milliseconds: 300) { stalled.fire() }
        if !connection.send(block) { break }
      }
      closed.fire()
    }
    let transport = CurlTransport()
    let response = try await transport.send(get(server.url()))
    await stalled.wait()
    response.body.cancel()
    await closed.wait()
  }

  @Test func `a shut down transport ends its exchanges and takes no more`() async throws {
    let endless = try Endless()
    let transport = CurlTransport()
    let response = try await transport.send(get(endless.server.url()))
    await transport.shutdown()
    await endless.closed.wait()
    #expect(await response.body.failureKind() == .cancelled)
    #expect(await transport.failure(get(endless.server.url()))?.kind == .cancelled)
    await transport.shutdown()
  }

  @Test func `a transport that goes away closes its sockets`() async throws {
    let endless = try Endless()
    let response = try await CurlTransport().send(get(endless.server.url()))
    await endless.closed.wait()
    #expect(await response.body.failureKind() == .cancelled)
  }

  @Test func `nothing is left behind`() async {
    // In a process of its own, because other tests open descriptors at the same time.
    await #expect(processExitsWith: .success) {
      let server = try TestServer.answering { plainAnswer($0.path) }
      func use(_ transport: CurlTransport) async throws {
        for number in 0..<3 { _ = try await transport.text(get(server.url("/\(number)"))) }
        _ = try await transport.send(get(server.url()))
        _ = await transport.failure(get("http://nothing.invalid/"))
      }
      // The first use opens what stays open: the library's files, the runtime's queues.
      let first = CurlTransport()
      try await use(first)
      await first.shutdown()
      try await eventually { ProcessState.transferThreads == 0 }
      let before = ProcessState.descriptors
      for number in 0..<10 {
        let transport = CurlTransport()
        try await use(transport)
        if number.isMultiple(of: 2) { await transport.shutdown() }
      }
      try await eventually { ProcessState.transferThreads == 0 && ProcessState.descriptors <= before }
    }
  }
}

@Suite(.timeLimit(.minutes(15))) struct CurlInheritanceTests {
  @Test func `a child process inherits no connection`() async {
    await #expect(processExitsWith: .success) {
      let server = try TestServer.answering { plainAnswer($0.path) }
      let transport = CurlTransport()
      let response = try await transport.send(get(server.url()))
      let connections = ProcessState.sockets.filter { peerPort(of: $0) == server.port }
      guard connections.count == 1, fcntl(connections[0], F_GETFD) & FD_CLOEXEC != 0 else { throw SocketFailure() }
      response.body.cancel()
    }
  }
}
