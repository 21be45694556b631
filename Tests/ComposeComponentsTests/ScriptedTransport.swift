import ComposeHTTP
import ComposeRuntime
import Synchronization

/// Gives the same answer, or failure, to every request, and notes when each was sent.
final class ScriptedTransport: HTTPTransport {
  enum Outcome: Sendable {
    case answer(Int, [HTTPField] = [], body: String = "")
    case failure(HTTPError)
    /// The head and the first bytes come, and then the connection is lost.
    case cut(contentType: String, body: String, HTTPError)
  }

  private let outcome: Outcome
  private let clock: any RunClock
  private let sent = Mutex<[Double]>([])

  init(_ outcome: Outcome, _ clock: any RunClock) {
    self.outcome = outcome
    self.clock = clock
  }

  /// In seconds of the clock.
  var times: [Double] { sent.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    sent.withLock { $0.append(clock.now.seconds(since: MonotonicInstant(nanoseconds: 0))) }
    switch outcome {
    case .failure(let error): throw error
    case .answer(let status, let headers, let body):
      return HTTPResponse(status: status, headers: headers, body: ByteStream(bytes: Array(body.utf8)))
    case .cut(let type, let body, let error):
      let (stream, writer) = ByteStream.pipe()
      try await writer.write(Array(body.utf8))
      writer.fail(error)
      return HTTPResponse(status: 200, headers: [HTTPField("Content-Type", type)], body: stream)
    }
  }
}
