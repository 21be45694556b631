import ComposeHTTP
import Glibc
import Synchronization
import Testing

/// The four limits: which one was passed, and what the server had seen by then. The transport never asks twice.
@Suite(.timeLimit(.minutes(15))) struct CurlTimeoutTests {
  private let transport = CurlTransport()

  /// What a server saw of one client.
  private final class Observed: Sendable {
    let connections = Counter()
    let requests = Counter()
    let bytes = Mutex(0)
    let closed = Signal()
    /// Until then the server reads nothing more.
    let mayLeave = Signal()

    /// Waits until the client has closed the connection.
    func end() async {
      mayLeave.fire()
      await closed.wait()
    }

    var summary: [Int] { [connections.count, requests.count, bytes.withLock { $0 }] }
  }

  /// A server that reads heads, and as many bytes of the body as it is told, then sends a text and waits.
  private func server(_ observed: Observed, bodyBytes: Int = 0, answer: String = "") throws -> TestServer {
    try TestServer { connection in
      _ = observed.connections.next()
      defer { observed.closed.fire() }
      guard connection.readRequest(readsBody: false) != nil else { return }
      _ = observed.requests.next()
      if bodyBytes > 0, let body = connection.read(bodyBytes) { observed.bytes.withLock { $0 += body.count } }
      connection.send(answer)
      observed.mayLeave.waitBlocking()
      connection.waitForClose()
    }
  }

  @Test func `connect: nothing is sent`() async throws {
    let (socket, port) = try bindLoopback()
    defer { close(socket) }
    // A queue that is full and never emptied: further connections get no reply.
    listen(socket, 0)
    let fillers = (0..<4).map { _ in connectWithoutWaiting(to: port) }
    defer { for filler in fillers { close(filler) } }
    let source = UploadSource()
    for body in [nil, source.zeros(1000)] {
      let timeouts = HTTPTimeouts(connect: 0.2, firstByte: nil)
      let error = await transport.failure(
        HTTPRequest(method: "POST", url: "http://127.0.0.1:\(port)/", body: body, timeouts: timeouts))
      #expect(error == HTTPError(.timeout(.connect), "no connection to 127.0.0.1:\(port) within 0.2 s"))
    }
    #expect(source.opened == 0)
  }

  @Test func `first byte: one whole request`() async throws {
    let observed = Observed()
    let server = try server(observed, bodyBytes: 5)
    let request = HTTPRequest(
      method: "POST", url: server.url(), body: Array("hello".utf8), timeouts: HTTPTimeouts(firstByte: 1))
    let error = await transport.failure(request)
    #expect(error == HTTPError(.timeout(.firstByte), "no answer from 127.0.0.1:\(server.port) within 1 s"))
    await observed.end()
    #expect(observed.summary == [1, 1, 5])
  }

  @Test func `first byte: after a body that was streamed`() async throws {
    let observed = Observed()
    let server = try server(observed, bodyBytes: 300_000)
    let error = await transport.failure(
      upload(server.url(), UploadSource().zeros(300_000), timeouts: HTTPTimeouts(firstByte: 1)))
    #expect(error?.kind == .timeout(.firstByte))
    await observed.end()
    #expect(observed.summary == [1, 1, 300_000])
  }

  @Test func `idle: one request, and the answer's beginning is there`() async throws {
    let observed = Observed()
    let server = try server(observed, answer: chunkedHead + "3\r\none\r\n")
    let response = try await transport.send(get(server.url(), timeouts: HTTPTimeouts(idle: 1)))
    #expect(try await response.body.nextText() == "one")
    let error = await #expect(throws: HTTPError.self) { try await response.body.next() }
    #expect(
      error == HTTPError(.timeout(.idle), "127.0.0.1:\(server.port) sent nothing for 1 s in mid-answer"))
    await observed.end()
    #expect(observed.summary == [1, 1, 0])
  }

  @Test func `idle: a server that takes no more of the body`() async throws {
    let observed = Observed()
    let source = UploadSource()
    let server = try server(observed, bodyBytes: 1000, answer: "HTTP/1.1 100 Continue\r\n\r\n")
    let error = await transport.failure(
      upload(server.url(), source.zeros(1 << 30), timeouts: HTTPTimeouts(idle: 1)))
    #expect(
      error == HTTPError(.timeout(.idle), "127.0.0.1:\(server.port) took nothing for 1 s in mid-request"))
    await observed.end()
    #expect(observed.summary == [1, 1, 1000])
    #expect(source.opened == 1 && source.produced < 1 << 30)
  }

  @Test(arguments: ["", chunkedHead + "3\r\none\r\n"])
  func `total: whatever comes`(_ answer: String) async throws {
    let observed = Observed()
    let server = try server(observed, answer: answer)
    let error = await transport.failure(get(server.url(), timeouts: HTTPTimeouts(total: 1)))
    #expect(
      error == HTTPError(.timeout(.total), "the exchange with 127.0.0.1:\(server.port) took longer than 1 s"))
    await observed.end()
    #expect(observed.summary == [1, 1, 0])
  }

  @Test func `total: a source that never goes on`() async throws {
    let observed = Observed()
    let server = try server(observed)
    let never = Signal()
    let body = UploadSource().body(length: 10) { _ in
      await withTaskCancellationHandler {
        await never.wait()
      } onCancel: {
        never.fire()
      }
      return nil
    }
    let error = await transport.failure(upload(server.url(), body, timeouts: HTTPTimeouts(idle: 0.1, total: 1)))
    #expect(error?.kind == .timeout(.total))
    await observed.end()
    #expect(observed.summary == [1, 1, 0])
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
