import ComposeHTTP
import Testing

/// What happens to connections between exchanges.
@Suite(.timeLimit(.minutes(15))) struct CurlReuseTests {
  private let transport = CurlTransport()

  /// A server that answers the first `answers` requests of all, and hangs up on any other that comes on a connection
  /// that was used before.
  private func server(answering answers: Int, _ requests: Counter) throws -> TestServer {
    try TestServer { connection in
      var isFresh = true
      while connection.readRequest(readsBody: true) != nil {
        if requests.next() >= answers, !isFresh { return }
        connection.send(plainAnswer("fine"))
        isFresh = false
      }
    }
  }

  enum Example: String, CaseIterable {
    case get, delete, put, putStream, putOnce, post, postStream

    var isRepeated: Bool { ![.putOnce, .post, .postStream].contains(self) }

    func request(_ url: String) -> HTTPRequest {
      let source = UploadSource()
      return switch self {
      case .get: HTTPRequest(method: "GET", url: url)
      case .delete: HTTPRequest(method: "DELETE", url: url)
      case .put: HTTPRequest(method: "PUT", url: url, body: Array("hello".utf8))
      case .putStream: upload(url, source.zeros(100_000, isRepeatable: true), method: "PUT")
      case .putOnce: upload(url, source.zeros(100_000), method: "PUT")
      case .post: HTTPRequest(method: "POST", url: url, body: Array("hello".utf8))
      case .postStream: upload(url, source.zeros(100_000, isRepeatable: true))
      }
    }
  }

  @Test(arguments: Example.allCases)
  func `a dead connection makes a request come twice only if that does no harm`(_ example: Example) async throws {
    let requests = Counter()
    let server = try server(answering: 1, requests)
    #expect(try await transport.text(get(server.url())) == "fine")
    if example.isRepeated {
      #expect(try await transport.text(example.request(server.url())) == "fine")
      #expect(requests.count == 3)
    } else {
      let error = await transport.failure(example.request(server.url()))
      #expect(error?.kind == .connectionLost)
      #expect(error?.message.contains("closed the connection") == true)
      #expect(requests.count == 2)
    }
  }

  @Test func `a request comes at most twice`() async throws {
    let requests = Counter()
    let together = Signal()
    let arrived = Counter()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      if arrived.next() == 2 { together.fire() }
      together.waitBlocking()
      connection.send(plainAnswer("fine"))
      if connection.readRequest() != nil { _ = requests.next() }
    }
    await withTaskGroup { group in
      for _ in 0..<3 { group.addTask { _ = await transport.failure(get(server.url())) } }
    }
    // Three connections wait, and all of them hang up on the next request.
    #expect(await transport.failure(get(server.url()))?.kind == .connectionLost)
    #expect(requests.count == 2)
  }

  @Test func `a connection that was closed in between is not used`() async throws {
    let closed = [Signal(), Signal(), Signal()]
    let connections = Counter()
    let server = try TestServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(plainAnswer("fine"))
      connection.hangUp()
      closed[connections.next()].fire()
    }
    for signal in closed {
      let post = HTTPRequest(method: "POST", url: server.url(), body: Array("hello".utf8))
      #expect(try await transport.text(post) == "fine")
      await signal.wait()
    }
    #expect(server.acceptedConnections == 3)
  }

  @Test func `no more connections than allowed wait for another exchange`() async throws {
    let transport = CurlTransport(idleConnectionLimit: 64)
    let together = Signal()
    let arrived = Counter()
    let open = Counter()
    let closed = Counter()
    let server = try TestServer { connection in
      _ = open.next()
      while connection.readRequest() != nil {
        if arrived.next() == 99 { together.fire() }
        together.waitBlocking()
        connection.send(plainAnswer("fine"))
      }
      _ = closed.next()
    }
    await withTaskGroup { group in
      for _ in 0..<100 { group.addTask { _ = await transport.failure(get(server.url())) } }
    }
    #expect(open.count == 100)
    try await eventually { open.count - closed.count <= 64 }
    #expect(try await transport.text(get(server.url())) == "fine")
    #expect(open.count == 100)
  }

  @Test func `what comes beyond the limit begins when others were answered`() async throws {
    let hour: UInt64 = 3_600_000_000_000
    let transport = CurlTransport(startLimit: StartLimit(unanswered: 4, patience: hour))
    let together = Signal()
    let arrived = Counter()
    let server = try TestServer { connection in
      while connection.readRequest() != nil {
        if arrived.next() == 3 { together.fire() }
        together.waitBlocking()
        connection.send(plainAnswer("fine"))
      }
    }
    let answers = await withTaskGroup { group in
      for _ in 0..<40 { group.addTask { try? await transport.text(get(server.url())) } }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(answers == Array(repeating: "fine", count: 40))
    // All at once would have opened forty. An answer that comes in two pieces may leave its connection a moment later.
    #expect(server.acceptedConnections <= 8)
  }

  @Test func `a provider that takes its time gets requests beyond the limit`() async throws {
    let transport = CurlTransport(startLimit: StartLimit(unanswered: 1, patience: 1_000_000))
    let together = Signal()
    let arrived = Counter()
    let server = try TestServer { connection in
      guard connection.readRequest() != nil else { return }
      if arrived.next() == 2 { together.fire() }
      together.waitBlocking()
      connection.send(plainAnswer("fine"))
    }
    await withTaskGroup { group in
      for _ in 0..<3 { group.addTask { #expect(await transport.failure(get(server.url())) == nil) } }
    }
    #expect(server.acceptedConnections == 3)
  }

  @Test func `what waits to begin ends with the transport`() async throws {
    let transport = CurlTransport(startLimit: StartLimit(unanswered: 1, patience: 3_600_000_000_000))
    let arrived = Signal()
    let release = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest()
      arrived.fire()
      release.waitBlocking()
    }
    let first = Task { await transport.failure(get(server.url())) }
    await arrived.wait()
    let second = Task { await transport.failure(get(server.url())) }
    await transport.shutdown()
    #expect(await first.value?.kind == .cancelled)
    #expect(await second.value?.kind == .cancelled)
    release.fire()
  }
}
