import ComposeRuntime

/// OpenAI's responses: one document, a stream of named events, or work in the background that is asked for later.
struct ResponsesStandIn: SandboxStandIn {
  func answer(to call: SandboxCall) throws(SandboxRefusal) -> SandboxAnswer {
    if call["input"].isNull, call["prompt"].isNull { throw .missing("input") }
    let conversation = SandboxConversation(responses: call)
    var answer = ResponseDocument(
      id: "resp_sandbox_" + call.fingerprint, model: call.model, reply: conversation.reply(),
      promptTokens: conversation.promptTokens)
    if call.isTrue("stream") { return SandboxAnswer(events: answer.events) }
    guard call.isTrue("background") else { return SandboxAnswer(answer.document) }
    call.background.begin(answer.id, answer.document)
    answer.status = "queued"
    return SandboxAnswer(answer.document)
  }

  /// The first time the work is not done yet, unless the sandbox makes no pauses.
  func progress(of id: String, in background: SandboxBackground, _ options: SandboxOptions) -> SandboxAnswer? {
    guard let (document, timesAsked) = background.ask(id), case .object(var object) = document else { return nil }
    if timesAsked == 0, options.interval != nil {
      object["status"] = .text("in_progress")
      object["output"] = .list([])
    }
    return SandboxAnswer(.object(object))
  }
}

extension SandboxConversation {
  fileprivate init(responses call: SandboxCall) {
    let items = call["input"].sandboxElements
    let messages = items.filter { !$0.member("role").isNull }
    self.init(prompt: call.text("input") ?? messages.last.map { Self.text(of: $0.member("content")) } ?? "")
    var names: [String: String] = [:]
    for item in items where item.member("type").sandboxText == "function_call" {
      guard let id = item.member("call_id").sandboxText else { continue }
      names[id] = item.member("name").sandboxText
    }
    let outputs = items.reversed().prefix { $0.member("type").sandboxText == "function_call_output" }
    results = outputs.reversed().map { item in
      let id = item.member("call_id").sandboxText ?? ""
      return ToolResult(name: names[id] ?? id, text: Self.text(of: item.member("output")))
    }
    tools = call["tools"].sandboxElements.compactMap { tool in
      guard tool.member("type").sandboxText == "function" else { return nil }
      return tool.member("name").sandboxText.map {
        SandboxTool(
          name: $0, description: tool.member("description").sandboxText ?? "", parameters: tool.member("parameters"))
      }
    }
    if case .text("none") = call["tool_choice"] { choice = .none }
    if let name = call["tool_choice"].member("name").sandboxText { choice = .one(name) }
    allowsSeveralCalls = call["parallel_tool_calls"].sandboxBoolean != false
    let format = call["text"].member("format")
    switch format.member("type").sandboxText {
    case "json_schema": answerSchema = format.member("schema")
    case "json_object": answerSchema = Self.anyObject
    default: break
    }
  }
}
