import ComposeRuntime

/// What a model in the sandbox is asked, in whichever form an API puts it.
struct SandboxConversation: Sendable {
  /// What a tool gave back.
  struct ToolResult: Sendable {
    let name: String
    let text: String
  }

  /// Which tools may be called.
  enum Choice: Sendable {
    case none
    case any
    case one(String)
  }

  /// The text of the last message.
  var prompt: String
  /// What tools gave back behind the last message of a person.
  var results: [ToolResult] = []
  var tools: [SandboxTool] = []
  var choice = Choice.any
  /// Whether several tools may be called at the same time.
  var allowsSeveralCalls = true
  /// The JSON Schema that the answer has to fit.
  var answerSchema: Value?

  /// How many words went in, which stand for tokens.
  var promptTokens: Int { words(prompt).count + results.reduce(0) { $0 + words($1.text).count } }

  func reply() -> SandboxReply {
    if results.isEmpty, !tools.isEmpty {
      let calls = chosenTools().map { tool in
        SandboxReply.Call(name: tool.name, arguments: SandboxArguments.make(for: tool.parameters, prompt: prompt))
      }
      if !calls.isEmpty { return .calls(calls) }
    }
    if let answerSchema {
      return .text(pieces(SandboxArguments.make(for: answerSchema, prompt: prompt).jsonText))
    }
    return .text(pieces(answer))
  }

  /// The tools that the question speaks of; without one, the first.
  private func chosenTools() -> [SandboxTool] {
    switch choice {
    case .none: return []
    case .one(let name): return tools.filter { $0.name == name }
    case .any:
      let asked = Set(words(prompt.lowercased()).map { $0.filter { $0.isLetter || $0.isNumber } })
      let suitable = tools.filter { $0.isMeant(by: asked) }
      let found = suitable.isEmpty ? [tools[0]] : suitable
      return allowsSeveralCalls ? found : [found[0]]
    }
  }

  private var answer: String {
    if !results.isEmpty {
      let said = results.map { "\($0.name) answered “\(shortened($0.text))”." }.joined(separator: " ")
      return "\(said) This answer comes from the sandbox. No provider was called, no key was used and nothing was paid."
    }
    return
      "You asked: “\(shortened(prompt))” This answer comes from the sandbox. No provider was called, no key was used "
      + "and nothing was paid. It arrives in small pieces, as a model would send it, so that you can see streaming at "
      + "work."
  }

  private func shortened(_ text: String) -> String {
    let line = words(text).joined(separator: " ")
    return line.count > 120 ? line.prefix(119) + "…" : line
  }

  private func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }

  /// A word each, with the blank before it.
  private func pieces(_ text: String) -> [String] {
    text.split(separator: " ").enumerated().map { $0.offset == 0 ? String($0.element) : " " + $0.element }
  }
}

/// A function that a model may call.
struct SandboxTool: Sendable {
  let name: String
  let description: String
  /// The JSON Schema of its arguments.
  let parameters: Value

  /// Whether one of the words of a question is one of the tool's own.
  func isMeant(by asked: Set<String>) -> Bool {
    let own = (name + " " + description).lowercased().split { !$0.isLetter && !$0.isNumber }.map { String($0) }
    return own.contains { $0.count > 3 && !Self.commonWords.contains($0) && asked.contains($0) }
  }

  /// Words that stand in many descriptions and tell nothing.
  private static let commonWords: Set<String> = [
    "from", "gives", "have", "into", "that", "the", "them", "they", "this", "what", "when", "where", "which", "with",
    "your",
  ]
}

/// What a model in the sandbox says.
enum SandboxReply: Sendable {
  struct Call: Sendable {
    let name: String
    let arguments: Value
  }

  /// A text in the pieces in which it is sent.
  case text([String])
  case calls([Call])
}
