import ComposeRuntime

/// The form in which a conversation is kept, whatever the provider's is: `{role, content: [block, …]}`, where a block
/// is `{type: text, text}`, `{type: tool_call, id, name, arguments}` or `{type: tool_result, id, content, is_error?}`.
enum AgentMessage {
  static func message(_ role: String, _ content: [Value]) -> Value {
    .object(["role": .text(role), "content": .list(content)])
  }

  static func textBlock(_ text: String) -> Value { .object(["type": .text("text"), "text": .text(text)]) }

  /// What a person says: a text, or blocks.
  ///
  /// - Throws: a `value` error that goes on after the name of a field.
  static func blocks(saying value: Value) throws(RuntimeError) -> [Value] {
    switch value {
    case .object(let block) where block["type"] != nil: return [value]
    case .list(let items) where !items.isEmpty && items.allSatisfy({ $0.typeOfBlock != nil }): return items
    case .list, .object, .bytes, .stream, .resource, .null:
      throw .wrongKind("must be text, or blocks such as {type: text, text: …}, not \(value.kindName)")
    case .text(let text): return [textBlock(text)]
    case .boolean, .integer, .bigInteger, .number: return [textBlock(value.jsonText)]
    }
  }

  // MARK: Answers

  /// What the model said as a message with blocks. A text alone, and a text as content, become a block.
  ///
  /// - Throws: a `value` error for what is no message, and for one in a provider's form that asks for tools: the
  ///   reference takes that for the end, and does not run them.
  static func answer(_ value: Value) throws(RuntimeError) -> Value {
    switch value {
    case .text(let text): return message("assistant", [textBlock(text)])
    case .object(var message):
      switch message["content"] ?? .null {
      case .text(let text): if !text.isEmpty { message["content"] = .list([textBlock(text)]) }
      case .list(let blocks): try check(blocks)
      case .null, .boolean(false): break
      case let content: throw unusable("whose 'content' is \(content.kindName)")
      }
      if asksInProvidersForm(message) { throw providersForm("'tool_calls'") }
      return .object(message)
    default: throw unusable("which is \(value.kindName)")
    }
  }

  private static func check(_ blocks: [Value]) throws(RuntimeError) {
    for block in blocks {
      guard case .object = block else { throw unusable("with a block that is \(block.kindName)") }
      if block.typeOfBlock == "tool_use" { throw providersForm("blocks of the type 'tool_use'") }
    }
  }

  /// Whether the object is a message of a chat completions API, or one of its replies, that asks for tools.
  private static func asksInProvidersForm(_ message: OrderedObject) -> Bool {
    if case .list(let calls)? = message["tool_calls"], !calls.isEmpty {
      return toolCalls(in: .object(message)).isEmpty
    }
    guard case .list(let choices)? = message["choices"] else { return false }
    return choices.contains {
      if case .list(let calls) = $0.member("message").member("tool_calls") { !calls.isEmpty } else { false }
    }
  }

  private static func providersForm(_ what: String) -> RuntimeError {
    RuntimeError(
      .value,
      "the model asks for tools in the form of its provider, by \(what): let 'model.output' give a message with "
        + "'content: [{type: tool_call, id: …, name: …, arguments: …}]'")
  }

  private static func unusable(_ what: String) -> RuntimeError {
    .wrongKind(
      "the model gave an answer \(what): let 'model.output' give {role: assistant, content: [{type: text, text: …}]}")
  }

  // MARK: Calls

  /// A wish of the model to run a tool.
  struct ToolCall: Sendable {
    /// As the model gave it, and empty text for none; it is repeated in the result.
    let id: Value
    let name: String
    /// An object, or a text that should hold the JSON of one.
    let arguments: Value

    /// The result in a message of its own.
    func result(_ content: String, isError: Bool = false) -> Value {
      var block: OrderedObject = ["type": .text("tool_result"), "id": id, "content": .text(content)]
      if isError { block["is_error"] = .boolean(true) }
      return AgentMessage.message("tool", [.object(block)])
    }
  }

  static func toolCalls(in message: Value) -> [ToolCall] {
    guard case .list(let blocks) = message.member("content") else { return [] }
    return blocks.compactMap { block in
      guard case .object(let members) = block, block.typeOfBlock == "tool_call" else { return nil }
      return ToolCall(
        id: members["id"] ?? .text(""), name: members["name"]?.displayText ?? "",
        arguments: members["arguments"] ?? .object(OrderedObject()))
    }
  }
}

extension Value {
  fileprivate var typeOfBlock: String? {
    if case .text(let type) = member("type") { type } else { nil }
  }
}
