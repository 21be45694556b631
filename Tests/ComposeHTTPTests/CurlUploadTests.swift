import Glibc
import Synchronization
import Testing

@testable import ComposeHTTP

@Suite(.timeLimit(.minutes(15))) struct CurlUploadTests {
  private let transport = CurlTransport()
  private let source = UploadSource()

  /// A server that tells what came.
  private func mirror() throws -> TestServer {
    try TestServer.answering { request in
      let framing = request.header("content-length") ?? request.header("transfer-encoding") ?? "none"
      return plainAnswer("\(request.method) \(framing) \(String(decoding: request.body, as: UTF8.self))")
    }
  }

  @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "GET"], [true, false])
  func `a body is sent as it comes`(_ method: String, _ isAnnounced: Bool) async throws {
    let server = try mirror()
    for _ in 0..<2 {
      let body = source.body(["one, ", "", "two, ", "three"], length: isAnnounced ? 15 : nil)
      let text = try await transport.text(upload(server.url(), body, method: method))
      #expect(text == "\(method) \(isAnnounced ? "15" : "chunked") one, two, three")
    }
    #expect(server.acceptedConnections == 1)
    #expect(source.opened == 2)
  }

  @Test(arguments: [nil, 0])
  func `a body without bytes`(_ length: Int?) async throws {
    let server = try mirror()
    let text = try await transport.text(upload(server.url(), source.body([], length: length)))
    #expect(text == "POST \(length == 0 ? "0" : "chunked") ")
  }

  @Test func `each chunk goes before the next is asked for`() async throws {
    let arrived = (Signal(), Signal())
    let server = try TestServer { connection in
      _ = connection.readRequest(readsBody: false)
      connection.send("HTTP/1.1 100 Continue\r\n\r\n")
      #expect(connection.read(8) == Array("3\r\none\r\n".utf8))
      arrived.0.fire()
      #expect(connection.read(8) == Array("3\r\ntwo\r\n".utf8))
      arrived.1.fire()
      #expect(connection.read(5) == Array("0\r\n\r\n".utf8))
      connection.send(plainAnswer("thanks"))
      connection.waitForClose()
    }
    let body = source.body(length: nil) { number in
      switch number {
      case 0: return Array("one".utf8)
      case 1:
        await arrived.0.wait()
        return Array("two".utf8)
      default:
        await arrived.1.wait()
        return nil
      }
    }
    #expect(try await transport.text(upload(server.url(), body)) == "thanks")
  }

  @Test(arguments: [300_000, 5_000_000])
  func `large bodies arrive whole`(_ count: Int) async throws {
    let expected = (0..<count).map { UInt8(truncatingIfNeeded: $0 % 251) }
    let server = try TestServer.answering { plainAnswer($0.body == expected ? "equal" : "other") }
    #expect(try await transport.text(HTTPRequest(method: "POST", url: server.url(), body: expected)) == "equal")
    for length in [count, nil] {
      let body = source.body(length: length) { number in
        // Pieces of many sizes.
        let start = number * (number + 1) * 500
        return start < count ? Array(expected[start..<min(count, start + (number + 1) * 1000)]) : nil
      }
      #expect(try await transport.text(upload(server.url(), body)) == "equal")
    }
    #expect(server.acceptedConnections == 1)
  }

  @Test func `only a quarter of a megabyte waits between source and socket`() async throws {
    let consumed = Mutex(0)
    let most = Mutex(0)
    let total = 8 * 1024 * 1024
    let body = source.body(length: nil) { [source] number in
      let waiting = source.produced - consumed.withLock { $0 }
      most.withLock { $0 = max($0, waiting) }
      return number < total / 65_536 ? [UInt8](repeating: 1, count: 65_536) : nil
    }
    let wakes = AsyncStream.makeStream(of: Void.self)
    let upload = Upload(body) { wakes.continuation.yield() }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 1)
    defer { buffer.deallocate() }
    var wake = wakes.stream.makeAsyncIterator()
    var isOpen = true
    while isOpen {
      switch upload.read(into: buffer) {
      case .bytes(let count): consumed.withLock { $0 += count }
      case .wait: _ = await wake.next()
      case .end: isOpen = false
      case .failed(let error): throw error
      }
    }
    #expect(consumed.withLock { $0 } == total)
    #expect(most.withLock { $0 } <= 256 * 1024)
  }

  // MARK: Sources that fail

  @Test(arguments: [
    (["1234"], 5, "the request's body ended after 4 of 5 bytes"),
    ([], 5, "the request's body ended after 0 of 5 bytes"),
    (["1234", "56"], 5, "the request's body is longer than the 5 bytes that were announced"),
    (["12345", "6"], 5, "the request's body is longer than the 5 bytes that were announced"),
  ])
  func `a body of another length is not sent whole`(_ chunks: [String], _ length: Int, _ message: String) async throws {
    let server = try mirror()
    let error = await transport.failure(upload(server.url(), source.body(chunks, length: length)))
    #expect(error == HTTPError(.invalidRequest, message))
  }

  @Test(arguments: [0, 1, 40])
  func `a source that fails ends the exchange with its error`(_ failing: Int) async throws {
    let closed = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest(readsBody: false)
      connection.waitForClose()
      closed.fire()
    }
    let reason = HTTPError(.connectionLost, "the source is gone")
    let body = source.body(length: 100_000_000) { number throws(HTTPError) in
      if number == failing { throw reason }
      return [UInt8](repeating: 0, count: 1000)
    }
    #expect(await transport.failure(upload(server.url(), body)) == reason)
    await closed.wait()
  }

  @Test func `a source that cannot be opened`() async throws {
    let server = try mirror()
    let reason = HTTPError(.invalidRequest, "no such file")
    let body = HTTPBody.stream(
      HTTPBodyStream(length: nil, isRepeatable: true) { () throws(HTTPError) in throw reason })
    #expect(await transport.failure(upload(server.url(), body)) == reason)
  }

  @Test func `a source is not opened for a server that is not there`() async throws {
    let (socket, port) = try bindLoopback()
    defer { close(socket) }
    let error = await transport.failure(upload("http://127.0.0.1:\(port)/", source.zeros(100)))
    #expect(error?.kind == .refused)
    #expect(source.opened == 0)
  }

  // MARK: Cancelling

  @Test func `cancelling closes socket and source`() async throws {
    let asked = Signal()
    let closed = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest(readsBody: false)
      _ = connection.read(1)
      asked.fire()
      connection.waitForClose()
      closed.fire()
    }
    let never = Signal()
    let body = source.body(length: 10) { number in
      if number == 0 { return [1] }
      // Waits until its task is cancelled.
      await withTaskCancellationHandler {
        await never.wait()
      } onCancel: {
        never.fire()
      }
      return nil
    }
    let sender = Task { await transport.failure(upload(server.url(), body)) }
    await asked.wait()
    sender.cancel()
    #expect(await sender.value?.kind == .cancelled)
    await closed.wait()
    await source.cancelled.wait()
    await never.wait()
  }

  @Test func `shutting down closes socket and source`() async throws {
    let asked = Signal()
    let server = try TestServer { connection in
      _ = connection.readRequest(readsBody: false)
      asked.fire()
      connection.waitForClose()
    }
    let sender = Task { await transport.failure(upload(server.url(), source.zeros(1_000_000_000))) }
    await asked.wait()
    await transport.shutdown()
    #expect(await sender.value?.kind == .cancelled)
    #expect(source.produced < 1_000_000_000)
  }
}
