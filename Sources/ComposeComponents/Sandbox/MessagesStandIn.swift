import ComposeRuntime

/// Anthropic's messages: one document, or a stream of named events; with the use of tools where there are any.
struct MessagesStandIn: SandboxStandIn {
  func answer(to call: SandboxCall) throws(SandboxRefusal) -> SandboxAnswer {
    let messages = call["messages"].sandboxElements
    guard let last = messages.last else {
      throw SandboxRefusal(status: 400, message: "messages: at least one message is required", parameter: "messages")
    }
    let conversation = SandboxConversation(messages: call, messages, last)
    let message = Message(
      model: call.model, reply: conversation.reply(), promptTokens: conversation.promptTokens)
    return call.isTrue("stream") ? SandboxAnswer(events: message.events) : SandboxAnswer(message.document)
  }

  func document(of refusal: SandboxRefusal) -> Value {
    let kind =
      switch refusal.status {
      case 404: "not_found_error"
      case 429: "rate_limit_error"
      case 500...: "api_error"
      default: "invalid_request_error"
      }
    let parameter = refusal.parameter ?? ""
    return .object([
      "type": .text("error"),
      "error": .object([
        "type": .text(kind),
        "message": .text(refusal.isMissing ? "\(parameter): Field required" : refusal.message),
      ]),
      "request_id": .text("req_sandbox"),
    ])
  }
}

extension SandboxConversation {
  fileprivate init(messages call: SandboxCall, _ messages: [Value], _ last: Value) {
    let blocks = last.member("content").sandboxElements
    let answers = blocks.filter { $0.member("type").sandboxText == "tool_result" }
    let question =
      answers.isEmpty ? last : messages.last { Self.text(of: $0.member("content")) != "" && Self.isOfUser($0) }
    self.init(prompt: (question?.member("content")).map(Self.text) ?? "")
    var names: [String: String] = [:]
    for use in messages.flatMap({ $0.member("content").sandboxElements }) {
      guard use.member("type").sandboxText == "tool_use", let id = use.member("id").sandboxText else { continue }
      names[id] = use.member("name").sandboxText
    }
    results = answers.map { block in
      let id = block.member("tool_use_id").sandboxText ?? ""
      return ToolResult(name: names[id] ?? id, text: Self.text(of: block.member("content")))
    }
    tools = call["tools"].sandboxElements.compactMap { tool in
      tool.member("name").sandboxText.map {
        SandboxTool(
          name: $0, description: tool.member("description").sandboxText ?? "",
          parameters: tool.member("input_schema"))
      }
    }
    let toolChoice = call["tool_choice"]
    switch toolChoice.member("type").sandboxText {
    case "none": choice = .none
    case "tool": choice = .one(toolChoice.member("name").sandboxText ?? "")
    default: choice = Self.isOfUser(last) ? .any : .none
    }
    allowsSeveralCalls = toolChoice.member("disable_parallel_tool_use").sandboxBoolean != true
    let format = call["output_config"].member("format")
    if format.member("type").sandboxText == "json_schema" { answerSchema = format.member("schema") }
  }

  private static func isOfUser(_ message: Value) -> Bool { message.member("role").sandboxText == "user" }
}

/// The answer to one conversation.
private struct Message {
  let model: String
  let reply: SandboxReply
  let promptTokens: Int

  var document: Value {
    head(content: blocks, stopReason: .text(stopReason), tokens: reply.tokenCount)
  }

  var events: [SandboxAnswer.Piece] {
    var events: [SandboxAnswer.Piece] = []
    func add(_ type: String, _ members: OrderedObject, isPaced: Bool = false) {
      var event: OrderedObject = ["type": .text(type)]
      for member in members { event[member.key] = member.value }
      events.append(.event(type, .object(event), isPaced: isPaced))
    }
    add("message_start", ["message": head(content: [], stopReason: .null, tokens: 0)])
    for (index, block) in startedBlocks.enumerated() {
      add("content_block_start", ["index": .integer(index), "content_block": block.start])
      if index == 0 { add("ping", [:]) }
      for piece in block.pieces {
        add("content_block_delta", ["index": .integer(index), "delta": piece], isPaced: true)
      }
      add("content_block_stop", ["index": .integer(index)])
    }
    add(
      "message_delta",
      [
        "delta": .object(["stop_reason": .text(stopReason), "stop_sequence": .null]),
        "usage": .object(["output_tokens": .integer(reply.tokenCount)]),
      ])
    add("message_stop", [:])
    return events
  }

  private var blocks: [Value] {
    switch reply {
    case .text(let pieces): [.object(["type": .text("text"), "text": .text(pieces.joined())])]
    case .calls(let calls): calls.enumerated().map { use($0.offset, $0.element, input: $0.element.arguments) }
    }
  }

  /// The blocks as they begin, and the pieces that follow.
  private var startedBlocks: [(start: Value, pieces: [Value])] {
    switch reply {
    case .text(let pieces):
      let deltas = pieces.map { Value.object(["type": .text("text_delta"), "text": .text($0)]) }
      return [(.object(["type": .text("text"), "text": .text("")]), deltas)]
    case .calls(let calls):
      return calls.enumerated().map { index, call in
        let deltas = ([""] + call.pieces).map {
          Value.object(["type": .text("input_json_delta"), "partial_json": .text($0)])
        }
        return (use(index, call, input: .object([:])), deltas)
      }
    }
  }

  private func use(_ index: Int, _ call: SandboxReply.Call, input: Value) -> Value {
    .object([
      "type": .text("tool_use"), "id": .text("toolu_sandbox_\(index + 1)"), "name": .text(call.name), "input": input,
    ])
  }

  private var stopReason: String {
    switch reply {
    case .text: "end_turn"
    case .calls: "tool_use"
    }
  }

  private func head(content: [Value], stopReason: Value, tokens: Int) -> Value {
    .object([
      "id": .text("msg_sandbox"), "type": .text("message"), "role": .text("assistant"), "model": .text(model),
      "content": .list(content), "stop_reason": stopReason, "stop_sequence": .null,
      "usage": .object(["input_tokens": .integer(promptTokens), "output_tokens": .integer(tokens)]),
    ])
  }
}
