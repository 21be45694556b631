package import ComposeHTTP

/// How a ``StubProvider`` answers one request.
package struct Scenario: Sendable {
  /// The token counts at the end; a stream carries them only when the request asked for them.
  package struct Usage: Sendable {
    package var promptTokens: Int
    package var completionTokens: Int

    package init(promptTokens: Int, completionTokens: Int) {
      self.promptTokens = promptTokens
      self.completionTokens = completionTokens
    }
  }

  /// When the chunks are sent.
  package enum Pacing: Sendable {
    case immediate
    /// So long before each chunk but the first.
    case every(Duration)
    /// Each chunk waits for ``StubProvider/release(_:of:)``.
    case gated
  }

  /// What goes wrong. A chunk is one delta of content; the event with the role comes before the first.
  package enum Fault: Sendable {
    /// This answer instead, for any method and path; the body goes out whole.
    case answer(status: Int, headers: [HTTPField] = [], body: String)
    /// The plain answer though streaming was asked for.
    case unstreamed
    /// The connection is reset in mid-stream.
    case reset(afterChunks: Int)
    /// The connection ends in mid-stream in good order, but without the last HTTP chunk.
    case closed(afterChunks: Int)
    /// The body ends in good order, but without a finish event and `[DONE]`.
    case truncated(afterChunks: Int)
    /// An event that is not JSON, after which the stream goes on.
    case malformed(afterChunks: Int)
    /// An event with an error object, after which the body ends.
    case errorEvent(afterChunks: Int, message: String)
    /// Nothing more comes, and the connection stays open.
    case stalled(afterChunks: Int)
    /// Nothing comes at all.
    case stalledBeforeHead

    /// 401 with OpenAI's error object.
    package static let unauthorized = Fault.answer(
      status: 401, headers: [.json],
      body: #"{"error":{"message":"Incorrect API key provided: stub.","type":"invalid_request_error","#
        + #""param":null,"code":"invalid_api_key"}}"#)

    /// 429 with `Retry-After`, in the header's own spelling.
    package static func rateLimited(retryAfter: String) -> Fault {
      .answer(
        status: 429, headers: [.json, HTTPField("Retry-After", retryAfter)],
        body: #"{"error":{"message":"Rate limit reached for requests","type":"requests","param":null,"#
          + #""code":"rate_limit_exceeded"}}"#)
    }

    /// 500 with OpenAI's error object.
    package static let serverError = Fault.answer(
      status: 500, headers: [.json],
      body: #"{"error":{"message":"The server had an error while processing your request.","type":"server_error","#
        + #""param":null,"code":null}}"#)

    /// 200 with a text that is no chat completion.
    package static func plainText(_ text: String) -> Fault {
      .answer(status: 200, headers: [HTTPField("Content-Type", "text/plain; charset=utf-8")], body: text)
    }
  }

  /// How the bytes are laid out; all are legal.
  package enum Framing: Sendable {
    /// Lines end with LF, and each event is one HTTP chunk and one write.
    case plain
    /// Lines end with CRLF.
    case carriageReturns
    /// Every byte is a write of its own, that of the HTTP framing too.
    case singleBytes
  }

  /// The content, piece by piece.
  package var deltas: [String]
  package var usage: Usage?
  package var finishReason = "stop"
  package var pacing: Pacing
  package var fault: Fault?
  package var framing: Framing

  package init(
    _ deltas: [String] = ["Hello", ", ", "world", "!"],
    usage: Usage? = Usage(promptTokens: 9, completionTokens: 4), pacing: Pacing = .immediate, fault: Fault? = nil,
    framing: Framing = .plain
  ) {
    self.deltas = deltas
    self.usage = usage
    self.pacing = pacing
    self.fault = fault
    self.framing = framing
  }

  package init(fault: Fault) { self.init(usage: nil, fault: fault) }

  /// 200 with this body, for any method and path.
  package static func answer(_ body: String, contentType: String = "application/json") -> Scenario {
    Scenario(fault: .answer(status: 200, headers: [HTTPField("Content-Type", contentType)], body: body))
  }
}

extension HTTPField {
  static let json = HTTPField("Content-Type", "application/json")
}
