import ComposeBasic
import ComposeHTTP
import ComposeRuntime

/// Answers chat completions as the provider does: one document, or an event stream of small pieces.
struct ChatCompletionsStandIn: SandboxStandIn {
  func answer(to request: HTTPRequest, _ options: SandboxOptions) -> HTTPResponse {
    switch options.fault {
    case .tooManyRequests:
      return failure(429, "Rate limit reached in the sandbox.", [HTTPField("Retry-After", "1")])
    case .serverError: return failure(500, "The sandbox fails on purpose.")
    case .drop, .malformed, .stall, nil: break
    }
    guard let body = request.body?.bytes, let call = try? parseJSON(body), case .object = call else {
      return failure(400, "We could not parse the JSON body of your request.")
    }
    guard case .list(let messages) = call.member("messages"), !messages.isEmpty else {
      return failure(400, "Missing required parameter: 'messages'.")
    }
    let completion = Completion(model: call.member("model").text ?? "sandbox", prompt: lastText(of: messages))
    if case .boolean(true) = call.member("stream") {
      return streamed(completion, options, idleLimit: request.timeouts.idle ?? .infinity)
    }
    return HTTPResponse(
      status: 200, headers: [HTTPField("Content-Type", "application/json")],
      body: ByteStream(bytes: Array(completion.document.utf8)))
  }

  private func lastText(of messages: [Value]) -> String {
    let content = messages[messages.count - 1].member("content")
    if let text = content.text { return text }
    guard case .list(let parts) = content else { return "" }
    return parts.compactMap { $0.member("text").text }.joined(separator: " ")
  }

  private func failure(_ status: Int, _ message: String, _ headers: [HTTPField] = []) -> HTTPResponse {
    var json = JSONWriter(.compact)
    json.object { json in
      json.object("error") { json in
        json.member("message", message)
        json.member("type", "sandbox_error")
      }
    }
    return HTTPResponse(
      status: status, headers: [HTTPField("Content-Type", "application/json")] + headers,
      body: ByteStream(bytes: json.bytes))
  }

  // MARK: Streamed

  /// How many pieces are sent before a fault in mid-stream.
  private static let piecesBeforeFault = 3

  private func streamed(
    _ completion: Completion, _ options: SandboxOptions, idleLimit: Double
  ) -> HTTPResponse {
    let (stream, writer) = ByteStream.pipe()
    // The task ends with the answer, or when the reader is gone: then writing fails.
    Task {
      do {
        try await write(completion, to: writer, options, idleLimit: idleLimit)
        writer.finish()
      } catch let error as HTTPError {
        writer.fail(error)
      } catch {
        writer.fail(HTTPError(.cancelled, "the sandbox was cancelled"))
      }
    }
    return HTTPResponse(status: 200, headers: [HTTPField("Content-Type", "text/event-stream")], body: stream)
  }

  private func write(
    _ completion: Completion, to writer: ByteStream.Writer, _ options: SandboxOptions, idleLimit: Double
  ) async throws {
    try await writer.write(completion.event(role: "assistant", content: ""))
    for (index, piece) in completion.pieces.enumerated() {
      if index == Self.piecesBeforeFault { try await fail(options.fault, writer, idleLimit: idleLimit) }
      if let interval = options.interval { try await Task.sleep(for: interval) }
      try await writer.write(completion.event(content: piece))
    }
    try await writer.write(completion.event(finishReason: "stop"))
    try await writer.write(Array("data: [DONE]\n\n".utf8))
  }

  private func fail(
    _ fault: SandboxOptions.Fault?, _ writer: ByteStream.Writer, idleLimit: Double
  ) async throws {
    switch fault {
    case .drop: throw HTTPError(.connectionLost, "the sandbox closed the connection in mid-answer")
    case .malformed: try await writer.write(Array("data: {\"choices\": [\n\n".utf8))
    // Until the reader gives up: writing nothing fails once it is gone.
    case .stall:
      var waited = 0.0
      while waited < idleLimit {
        try await Task.sleep(for: .milliseconds(50))
        try await writer.write([])
        waited += 0.05
      }
      throw HTTPError(.timeout(.idle), "nothing came for \(idleLimit) s: the sandbox stalled in mid-answer")
    case .tooManyRequests, .serverError, nil: break
    }
  }
}

/// The answer to one prompt.
private struct Completion {
  let model: String
  let pieces: [String]

  init(model: String, prompt: String) {
    self.model = model
    let question = prompt.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let shown = question.count > 120 ? question.prefix(119) + "…" : question[...]
    let text =
      "You asked: “\(shown)” This answer comes from the sandbox. No provider was called, no key was used and nothing "
      + "was paid. It arrives in small pieces, as a model would send it, so that you can see streaming at work."
    pieces = text.split(separator: " ").enumerated().map { $0.offset == 0 ? String($0.element) : " " + $0.element }
  }

  var document: String {
    var json = JSONWriter(.compact)
    json.object { json in
      appendHead("chat.completion", to: &json)
      json.array("choices") { json in
        json.object { json in
          json.member("index", 0)
          json.object("message") { json in
            json.member("role", "assistant")
            json.member("content", pieces.joined())
          }
          json.member("finish_reason", "stop")
        }
      }
      json.object("usage") { json in
        json.member("prompt_tokens", 0)
        json.member("completion_tokens", pieces.count)
        json.member("total_tokens", pieces.count)
      }
    }
    return json.text
  }

  func event(role: String? = nil, content: String? = nil, finishReason: String? = nil) -> [UInt8] {
    var json = JSONWriter(.compact)
    json.object { json in
      appendHead("chat.completion.chunk", to: &json)
      json.array("choices") { json in
        json.object { json in
          json.member("index", 0)
          json.object("delta") { json in
            json.member("role", optional: role)
            json.member("content", optional: content)
          }
          json.key("finish_reason")
          if let finishReason { json.string(finishReason) } else { json.null() }
        }
      }
    }
    return Array("data: ".utf8) + json.bytes + Array("\n\n".utf8)
  }

  private func appendHead(_ object: String, to json: inout JSONWriter) {
    json.member("id", "chatcmpl-sandbox")
    json.member("object", object)
    json.member("created", 0)
    json.member("model", model)
  }
}

extension Value {
  fileprivate var text: String? {
    if case .text(let text) = self { return text }
    return nil
  }
}
