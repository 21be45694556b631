import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `agent`: asks a model again and again, and runs the tools that it asks for, until it asks for none.
struct Agent: Component {
  static let type = "agent"
  static let componentFields: Set<String> = ["model", "instructions", "tools", "max_iteration_count"]
  static let actionFields: Set<String> = ["prompt", "max_iteration_count", "streaming"]

  static func refusals(of invocation: Invocation) -> [Refusal] {
    guard invocation.calls.isEmpty else { return [] }
    return [Refusal("the agent's model names no action of the file", at: invocation.componentRange)]
  }

  /// How often the model is asked when the file does not say it.
  private static let defaultLimit = 32

  private let declaration: ComponentDeclaration
  private let services: Services

  init(_ declaration: ComponentDeclaration, _ services: Services) {
    self.declaration = declaration
    self.services = services
  }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    let fields = ActionFields(call, services)
    var limit = try await fields.integer("max_iteration_count")
    if limit == nil { limit = try await declaration.integer("max_iteration_count") }
    let isStreaming = try await fields.boolean("streaming") ?? false
    var messages: [Value] = []
    if let content = try await content(declaration.field("instructions"), named: "instructions", fields) {
      messages.append(AgentMessage.message("system", content))
    }
    if let content = try await content(call.invocation.actionField("prompt"), named: "prompt", fields) {
      messages.append(AgentMessage.message("user", content))
    }
    var conversation = try await Conversation(
      call, fields.scope, messages: messages, limit: limit ?? Self.defaultLimit)
    guard !isStreaming else { return .stream(conversation.stream) }
    while try await conversation.next() != nil {}
    var result = fields
    result.scope = conversation.scope
    return try await result.output(of: .list(conversation.messages))
  }

  /// The blocks that a field stands for; `nil` when there is nothing to say.
  private func content(
    _ template: PlanTemplate?, named name: String, _ fields: ActionFields
  ) async throws(RuntimeError) -> [Value]? {
    guard let template else { return nil }
    let value = try await fields.evaluator.evaluate(template).drained()
    if value.isNull || (template.literal != nil && !value.isTruthy) { return nil }
    do throws(RuntimeError) {
      return try AgentMessage.blocks(saying: value)
    } catch {
      throw RuntimeError(.value, "'\(name)' \(error.message)", range: template.range)
    }
  }
}
