import ComposeBasic
import ComposePlan
import ComposeRuntime
import Synchronization

/// A conversation with a model, one message after the other.
struct Conversation: Sendable {
  private let call: ComponentCall
  private let model: Invocation
  /// What the model is given, and what its answer is taken for.
  private let input: PlanTemplate?
  private let output: PlanTemplate?
  private let tools: AgentTools
  private let limit: Int
  /// How often the model was asked.
  private var turns = 0
  /// Tools that the model waits for.
  private var open: [AgentMessage.ToolCall] = []
  /// Results that have not been handed out yet.
  private var results: [Value] = []
  private var isOver = false

  /// What the agent's templates see; the action's output sees what its model was given last.
  private(set) var scope: Scope
  /// All of it, from the instructions on.
  private(set) var messages: [Value]

  /// - Parameter limit: how often the model may be asked.
  init(_ call: ComponentCall, _ scope: Scope, messages: [Value], limit: Int) async throws(RuntimeError) {
    guard let model = call.invocation.calls.first else {
      throw RuntimeError(.unsupported, "the agent's model names no action of the file")
    }
    self.call = call
    self.model = model
    let field = call.invocation.componentField("model")
    input = field?["input"]
    output = field?["output"]
    tools = AgentTools(call)
    self.limit = limit
    self.scope = scope
    self.messages = messages
    if let definitions = try await tools.definitions() { self.scope.roots["tools"] = definitions }
  }

  /// The next message of the model or of a tool; `nil` at the end.
  mutating func next() async throws(RuntimeError) -> Value? {
    if Task.isCancelled { throw .cancelled }
    if !open.isEmpty {
      results = try await tools.results(of: open).reversed()
      open = []
    }
    if let result = results.popLast() {
      messages.append(result)
      return result
    }
    guard !isOver, turns < limit else {
      if !isOver, limit > 0 { call.reporter.notice(limitNotice) }
      isOver = true
      // What the model was given is the same conversation, in the reference, and has grown since.
      if turns > 0 { scope.roots["messages"] = .list(messages) }
      return nil
    }
    turns += 1
    let answer = try await ask()
    messages.append(answer)
    open = AgentMessage.toolCalls(in: answer)
    isOver = open.isEmpty
    return answer
  }

  private var limitNotice: String {
    "the agent was ended after \(limit) \(limit == 1 ? "turn" : "turns"), which is its max_iteration_count, while its "
      + "model still asked for tools"
  }

  private mutating func ask() async throws(RuntimeError) -> Value {
    scope.roots["messages"] = .list(messages)
    let given = try await optional(input)
    var answer = try await call.components.run(model, input: given).drained()
    if let output {
      scope.roots["output"] = answer
      answer = try await Evaluator(scope).evaluate(output)
    }
    do throws(RuntimeError) {
      return try AgentMessage.answer(answer)
    } catch {
      throw error.located(range: output?.range ?? model.range)
    }
  }

  private func optional(_ template: PlanTemplate?) async throws(RuntimeError) -> Value {
    guard let template else { return .null }
    return try await Evaluator(scope).evaluate(template)
  }
}

extension Conversation {
  /// The messages as they come; each is made when it is asked for.
  var stream: ValueStream {
    let state = Mutex(self)
    return ValueStream(
      .bare,
      next: { () async throws(RuntimeError) in
        // Nobody asks for two messages at the same time.
        var conversation = state.withLock { $0 }
        let message = try await conversation.next()
        state.withLock { $0 = conversation }
        return message
      })
  }
}
