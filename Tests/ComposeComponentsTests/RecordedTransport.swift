import ComposeHTTP
import ComposeRuntime
import ComposeTestSupport
import Synchronization

/// Answers requests with recorded replies, in order, and keeps what was asked.
///
/// A record is a text: replies are separated by lines of `===`; each begins with its status, then header lines, then an
/// empty line, then the body. In place of a status, `refused`, `lost` and `timeout` say that there is no reply.
final class RecordedTransport: HTTPTransport {
  private struct Reply {
    let status: Int
    var failure: HTTPError?
    let headers: [HTTPField]
    let body: [UInt8]
  }

  private let replies: Mutex<[Reply]>
  private let asked = Mutex<[HTTPRequest]>([])
  /// How many bytes of a body arrive at once: small, so that events are cut everywhere.
  private let pieceSize: Int
  /// Where the bytes are sent from; the caller's choice does not reach tasks of their own.
  private let executor: (any TaskExecutor)?
  private let clock: (any RunClock)?
  private let sent = Mutex<[Double]>([])

  init(
    _ record: String, pieceSize: Int = 7, executor: (any TaskExecutor)? = nil, clock: (any RunClock)? = nil
  ) {
    self.pieceSize = pieceSize
    self.clock = clock
    self.executor = executor
    replies = Mutex(record.split(separator: "===\n").map { Self.reply(String($0)) })
  }

  var requests: [HTTPRequest] { asked.withLock { $0 } }

  /// When each request was sent, in seconds of the clock.
  var times: [Double] { sent.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    var request = request
    if let body = request.body { request.body = .bytes(try await body.collect(upTo: 1 << 26)) }
    asked.withLock { [request] in $0.append(request) }
    if let clock { sent.withLock { $0.append(clock.now.seconds(since: MonotonicInstant(nanoseconds: 0))) } }
    let reply = replies.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    guard let reply else { throw HTTPError(.refused, "connection to the recorded provider was refused") }
    if let failure = reply.failure { throw failure }
    let (stream, writer) = ByteStream.pipe(highWatermark: 16, lowWatermark: 0)
    let pieceSize = pieceSize
    Task(executorPreference: executor) {
      var rest = reply.body[...]
      do throws(HTTPError) {
        while !rest.isEmpty {
          try await writer.write(Array(rest.prefix(pieceSize)))
          rest = rest.dropFirst(pieceSize)
        }
        writer.finish()
      } catch {
        writer.fail(error)
      }
    }
    return HTTPResponse(status: reply.status, headers: reply.headers, body: stream)
  }

  private static let failures = [
    "refused": HTTPError(.refused, "connection to api.example.com:443 was refused"),
    "lost": HTTPError(.connectionLost, "the connection to api.example.com:443 was lost"),
    "timeout": HTTPError(.timeout(.firstByte), "no answer from api.example.com:443 within 300 s"),
  ]

  private static func reply(_ text: String) -> Reply {
    let parts = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
    let head = parts[0].split(separator: "\n")
    let headers = head.dropFirst().map { line in
      let pair = line.split(separator: ":", maxSplits: 1)
      return HTTPField(String(pair[0]), String(pair[1].drop { $0 == " " }))
    }
    let failure = head.first.flatMap { failures[String($0)] }
    return Reply(
      status: head.first.flatMap { Int($0) } ?? 200, failure: failure, headers: headers,
      body: parts.count > 1 ? Array(parts[1].utf8) : []
    )
  }
}
