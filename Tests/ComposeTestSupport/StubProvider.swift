package import ComposeHTTP
import Glibc

/// A provider of chat completions on a loopback port of its own, which behaves as each test tells it.
///
/// It answers `POST …/chat/completions` as OpenAI does, over real sockets and with threads of its own. Requests,
/// chunks and aborts are numbered from 1. Use it through ``withStubProvider(_:_:)``, which ends it.
package final class StubProvider: Sendable {
  package let port: Int
  private let core: StubCore

  /// The n-th request gets the n-th scenario; the last one serves all that follow.
  package convenience init(_ scenarios: [Scenario]) throws(TestSupportError) {
    precondition(!scenarios.isEmpty, "a stub needs a scenario")
    try self.init { number, _ in scenarios[min(number, scenarios.count) - 1] }
  }

  /// `choose` gets the number of the request, from 1, and the request; it runs on a thread of the stub.
  package init(choosing choose: @escaping @Sendable (Int, RecordedRequest) -> Scenario) throws(TestSupportError) {
    let listener = try listenOnLoopback()
    port = listener.port
    core = StubCore(choose: choose)
    let core = core
    runOnOwnThread { core.accept(listener.socket) }
  }

  deinit { core.stop() }

  /// `http://127.0.0.1:<port>`.
  package var url: String { "http://127.0.0.1:\(port)" }

  /// The base URL in OpenAI's spelling, with `/v1`.
  package var baseURL: String { url + "/v1" }

  /// Ends all connections and stops listening.
  package func stop() { core.stop() }

  // MARK: Steering

  /// Lets a gated request send so many more chunks; the request need not have come yet.
  package func release(_ count: Int = 1, of request: Int = 1) {
    core.change { $0.released[request, default: 0] += count }
  }

  /// Opens the gates of all requests for good.
  package func releaseAll() { core.change { $0.isOpen = true } }

  // MARK: Records

  package var requests: [RecordedRequest] { core.record.value.requests }

  /// How many requests the client gave up before the answer was complete.
  package var abortedRequests: Int { core.record.value.aborts.count }

  package var aborts: [RecordedAbort] { core.record.value.aborts }

  /// When each chunk of a request was handed to the system, in monotonic nanoseconds.
  package func chunkTimes(of request: Int = 1) -> [UInt64] { core.record.value.chunks[request] ?? [] }

  // MARK: Waiting

  /// Waits until the n-th request has come with its whole body.
  @discardableResult
  package func waitForRequest(_ number: Int = 1) async throws(TestSupportError) -> RecordedRequest {
    try await core.record.wait(for: "request \(number)", describe: \.summary) {
      $0.requests.count >= number ? $0.requests[number - 1] : nil
    }
  }

  /// Waits until so many chunks of a request are sent.
  package func waitForChunks(_ count: Int, of request: Int = 1) async throws(TestSupportError) {
    try await core.record.wait(for: "\(count) chunks of request \(request)", describe: \.summary) {
      ($0.chunks[request]?.count ?? 0) >= count ? () : nil
    }
  }

  /// Waits until a request is answered to its end.
  package func waitForAnswer(to request: Int = 1) async throws(TestSupportError) {
    try await core.record.wait(for: "the end of the answer to request \(request)", describe: \.summary) {
      $0.answered.contains(request) ? () : nil
    }
  }

  /// Waits until the client has given up so many requests.
  @discardableResult
  package func waitForAborts(_ count: Int = 1) async throws(TestSupportError) -> [RecordedAbort] {
    try await core.record.wait(for: "\(count) aborted requests", describe: \.summary) {
      $0.aborts.count >= count ? $0.aborts : nil
    }
  }

  /// Waits until every connection is closed.
  package func waitForNoConnection() async throws(TestSupportError) {
    try await core.record.wait(for: "the end of all connections", describe: \.summary) {
      // The listener has a waker too.
      $0.wakers.keys.allSatisfy { $0 == 0 } ? () : nil
    }
  }
}

/// Runs the body with a stub and ends the stub afterwards. The n-th request gets the n-th scenario, and the last one
/// serves all that follow.
package func withStubProvider<Result>(
  _ scenarios: Scenario..., body: (StubProvider) async throws -> Result
) async throws -> Result {
  let stub = try StubProvider(scenarios)
  defer { stub.stop() }
  return try await body(stub)
}

/// One request as it came over the wire.
package struct RecordedRequest: Sendable {
  package let method: String
  /// The request target: path and query.
  package let path: String
  package let headers: [HTTPField]
  package let body: [UInt8]
  /// The connection it came on, from 1: equal numbers mean that the client reused it.
  package let connection: Int
  /// When it was complete, in monotonic nanoseconds.
  package let time: UInt64

  package var text: String { String(decoding: body, as: UTF8.self) }

  /// The last value of a header; names compare without case.
  package func header(_ name: String) -> String? { values(of: name).last }

  /// The values of a header, which a client may send more than once.
  package func values(of name: String) -> [String] {
    headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
  }

  /// The body.
  package var json: TestJSON { get throws(TestSupportError) { try TestJSON(body) } }
}

/// A request that the client gave up.
package struct RecordedAbort: Sendable {
  /// From 1.
  package let request: Int
  /// When it was noticed, in monotonic nanoseconds.
  package let time: UInt64
  /// How many chunks had been sent.
  package let chunks: Int
}
