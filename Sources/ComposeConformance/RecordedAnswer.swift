import ComposeHTTP
import ComposeRuntime

/// A transport that gives one answer to every request.
struct RecordedAnswer: HTTPTransport {
  private let contentType: String
  private let pieces: [[UInt8]]

  /// `{"sse": [piece, …]}` or `{"json": value}`.
  init(_ response: OrderedObject) throws(InvalidVector) {
    if case .list(let texts)? = response["sse"] {
      contentType = "text/event-stream"
      var pieces: [[UInt8]] = []
      for text in texts {
        guard case .text(let text) = text else { throw InvalidVector("a piece of 'sse' is not a text") }
        pieces.append(Array(text.utf8))
      }
      self.pieces = pieces
    } else if let json = response["json"] {
      contentType = "application/json"
      pieces = [Array(json.jsonText.utf8)]
    } else {
      throw InvalidVector("'response' has neither 'sse' nor 'json'")
    }
  }

  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let (stream, writer) = ByteStream.pipe(highWatermark: pieces.reduce(1) { $0 + $1.count }, lowWatermark: 0)
    for piece in pieces { try await writer.write(piece) }
    writer.finish()
    return HTTPResponse(status: 200, headers: [HTTPField("Content-Type", contentType)], body: stream)
  }
}
