import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// Writes the answer to a request, as fast as the client takes it. It is used on the loop of the connection.
struct AnswerWriter: ResponseBodyWriter {
  private let exchange: NIOLoopBound<ExchangeHandler>
  /// Whether each piece leaves at once, and not only the end of what is short.
  private var flushes = true

  init(_ exchange: NIOLoopBound<ExchangeHandler>) { self.exchange = exchange }

  /// Writes the whole answer, or lets a task of its own go on with one that is a stream.
  func write(_ response: Response) async {
    var head = HTTPResponseHead(response.head)
    head.headers.add(name: "Date", value: AnswerDate.now)
    exchange.value.begin(head)
    let body = response.body
    if body.contentLength == nil {
      exchange.value.goOn { await write(body) }
    } else {
      var writer = self
      writer.flushes = false
      await writer.write(body)
    }
  }

  /// Tells the client that there is no answer.
  func fail(_ error: any Error) { exchange.value.fail(error) }

  private func write(_ body: ResponseBody) async {
    do {
      try await body.write(self)
    } catch {
      fail(error)
    }
  }

  // MARK: ResponseBodyWriter

  func write(_ piece: ByteBuffer) async throws {
    if exchange.value.write(piece, flushes: flushes) { return }
    try await withCheckedThrowingContinuation { exchange.value.awaitRoom($0) }
  }

  consuming func finish(_ trailers: HTTPFields?) async throws { exchange.value.end(trailers.map(HTTPHeaders.init)) }
}

extension HTTPResponseHead {
  /// The whole answer to what is no HTTP.
  static let malformed = HTTPResponseHead(
    version: .http1_1, status: .badRequest, headers: ["connection": "close", "content-length": "0"])

  /// The whole answer where there is none.
  static let failed = HTTPResponseHead(
    version: .http1_1, status: .internalServerError, headers: ["content-length": "0"])
}
