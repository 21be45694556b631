import ComposeRuntime

/// OpenAI's chat completions: one document, or an event stream of small pieces; with calls of tools where there are
/// any.
struct ChatCompletionsStandIn: SandboxStandIn {
  func answer(to call: SandboxCall) throws(SandboxRefusal) -> SandboxAnswer {
    let messages = call["messages"].sandboxElements
    guard !messages.isEmpty else { throw .missing("messages") }
    let conversation = SandboxConversation(chat: call, messages)
    let completion = Completion(
      model: call.model, reply: conversation.reply(), promptTokens: conversation.promptTokens,
      choices: max(1, call.integer("n") ?? 1))
    guard call.isTrue("stream") else { return SandboxAnswer(completion.document) }
    let wantsUsage = call["stream_options"].member("include_usage")
    return SandboxAnswer(events: completion.events(withUsage: wantsUsage.sandboxBoolean == true))
  }
}

extension SandboxConversation {
  fileprivate init(chat call: SandboxCall, _ messages: [Value]) {
    let isAnswered = messages.last?.member("role").sandboxText == "tool"
    let question = isAnswered ? messages.last { $0.member("role").sandboxText == "user" } : messages.last
    self.init(prompt: (question?.member("content")).map(Self.text) ?? "")
    if isAnswered { results = Self.results(at: messages) }
    tools = call["tools"].sandboxElements.compactMap { tool in
      let function = tool.member("function")
      guard let name = function.member("name").sandboxText else { return nil }
      return SandboxTool(
        name: name, description: function.member("description").sandboxText ?? "",
        parameters: function.member("parameters"))
    }
    if messages.last?.member("role").sandboxText != "user" { choice = .none }
    if case .text("none") = call["tool_choice"] { choice = .none }
    if let name = call["tool_choice"].member("function").member("name").sandboxText { choice = .one(name) }
    allowsSeveralCalls = call["parallel_tool_calls"].sandboxBoolean != false
    switch call["response_format"].member("type").sandboxText {
    case "json_schema": answerSchema = call["response_format"].member("json_schema").member("schema")
    case "json_object": answerSchema = Self.anyObject
    default: break
    }
  }

  /// The schema of an object, where a question only says that it wants one.
  static let anyObject: Value = .object([
    "type": .text("object"), "properties": .object(["answer": .object(["type": .text("string")])]),
  ])

  /// The text of a message, which may be a list of parts.
  static func text(of content: Value) -> String {
    content.sandboxText
      ?? content.sandboxElements.compactMap { $0.member("text").sandboxText }.joined(separator: " ")
  }

  /// What the tools gave back at the end of a conversation, with the names that stand in the calls.
  private static func results(at messages: [Value]) -> [ToolResult] {
    var names: [String: String] = [:]
    for call in messages.flatMap({ $0.member("tool_calls").sandboxElements }) {
      guard let id = call.member("id").sandboxText else { continue }
      names[id] = call.member("function").member("name").sandboxText
    }
    let last = messages.reversed().prefix { $0.member("role").sandboxText == "tool" }
    return last.reversed().map { message in
      let id = message.member("tool_call_id").sandboxText ?? ""
      return ToolResult(name: names[id] ?? id, text: text(of: message.member("content")))
    }
  }
}

/// The answer to one conversation.
private struct Completion {
  let model: String
  let reply: SandboxReply
  let promptTokens: Int
  let choices: Int

  var document: Value {
    let choices = (0..<choices).map { index in
      Value.object([
        "index": .integer(index),
        "message": message,
        "finish_reason": .text(finishReason),
      ])
    }
    return chunk("chat.completion", choices: choices, usage: usage)
  }

  func events(withUsage: Bool) -> [SandboxAnswer.Piece] {
    var events: [SandboxAnswer.Piece] = []
    func add(_ delta: Value, finishReason: Value = .null, isPaced: Bool = false) {
      for index in 0..<choices {
        let choice = Value.object(["index": .integer(index), "delta": delta, "finish_reason": finishReason])
        events.append(.event(nil, chunk("chat.completion.chunk", choices: [choice]), isPaced: isPaced))
      }
    }
    switch reply {
    case .text(let pieces):
      add(.object(["role": .text("assistant"), "content": .text("")]))
      for piece in pieces { add(.object(["content": .text(piece)]), isPaced: true) }
    case .calls(let calls):
      add(.object(["role": .text("assistant"), "content": .null]))
      for (index, call) in calls.enumerated() {
        add(delta(index, id: callID(index), name: call.name, arguments: ""), isPaced: true)
        for piece in call.pieces { add(delta(index, arguments: piece), isPaced: true) }
      }
    }
    add(.object([:]), finishReason: .text(finishReason))
    if withUsage { events.append(.event(nil, chunk("chat.completion.chunk", choices: [], usage: usage))) }
    events.append(.prompt(Array("data: [DONE]\n\n".utf8)))
    return events
  }

  private var message: Value {
    switch reply {
    case .text(let pieces):
      return .object(["role": .text("assistant"), "content": .text(pieces.joined()), "refusal": .null])
    case .calls(let calls):
      let calls = calls.enumerated().map { index, call in
        Value.object([
          "id": .text(callID(index)), "type": .text("function"),
          "function": .object(["name": .text(call.name), "arguments": .text(call.arguments.jsonText)]),
        ])
      }
      return .object([
        "role": .text("assistant"), "content": .null, "refusal": .null, "tool_calls": .list(calls),
      ])
    }
  }

  private func delta(_ index: Int, id: String? = nil, name: String? = nil, arguments: String) -> Value {
    var function: OrderedObject = [:]
    if let name { function["name"] = .text(name) }
    function["arguments"] = .text(arguments)
    var call: OrderedObject = ["index": .integer(index)]
    if let id {
      call["id"] = .text(id)
      call["type"] = .text("function")
    }
    call["function"] = .object(function)
    return .object(["tool_calls": .list([.object(call)])])
  }

  private func callID(_ index: Int) -> String { "call_sandbox_\(index + 1)" }

  private var finishReason: String {
    switch reply {
    case .text: "stop"
    case .calls: "tool_calls"
    }
  }

  private var usage: Value {
    let made = reply.tokenCount
    return .object([
      "prompt_tokens": .integer(promptTokens), "completion_tokens": .integer(made),
      "total_tokens": .integer(promptTokens + made),
    ])
  }

  private func chunk(_ object: String, choices: [Value], usage: Value? = nil) -> Value {
    var chunk: OrderedObject = [
      "id": .text("chatcmpl-sandbox"), "object": .text(object), "created": .integer(0), "model": .text(model),
      "choices": .list(choices),
    ]
    chunk["usage"] = usage
    return .object(chunk)
  }
}

extension SandboxReply {
  /// How many pieces it has, which stand for tokens.
  var tokenCount: Int {
    switch self {
    case .text(let pieces): pieces.count
    case .calls(let calls): calls.reduce(0) { $0 + 1 + $1.pieces.count }
    }
  }
}

extension SandboxReply.Call {
  /// The JSON text of the arguments in the pieces in which it is sent.
  var pieces: [String] {
    arguments.jsonText.split(separator: " ").enumerated().map { $0.offset == 0 ? String($0.element) : " " + $0.element }
  }
}
