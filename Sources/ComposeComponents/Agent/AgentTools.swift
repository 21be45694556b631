import ComposeBasic
import ComposePlan
import ComposeRuntime

/// Runs the tools of an agent: workflows of the file, and those that the caller runs.
///
/// What goes wrong in a tool is told to the model, which may try again.
struct AgentTools: Sendable {
  private let call: ComponentCall
  private let tools: [String: PlanTool]

  init(_ call: ComponentCall) {
    self.call = call
    tools = Dictionary(call.invocation.tools.map { ($0.name, $0) }) { first, _ in first }
  }

  /// What the model is told of the tools; `nil` when there are none.
  func definitions() async throws(RuntimeError) -> Value? {
    let tools = call.invocation.tools
    if tools.isEmpty { return nil }
    var definitions: [Value] = []
    for tool in tools { definitions.append(try await Evaluator(Scope()).evaluate(tool.definition)) }
    return .list(definitions)
  }

  /// A message for each call, in their order. Workflows run side by side; the caller is asked once, for all of the
  /// others.
  func results(of calls: [AgentMessage.ToolCall]) async throws(RuntimeError) -> [Value] {
    var results = [Value](repeating: .null, count: calls.count)
    var running: [(index: Int, request: WorkflowRequest)] = []
    var asked: [(index: Int, arguments: Value, tool: PlanTool)] = []
    for (index, toolCall) in calls.enumerated() {
      switch preparation(of: toolCall) {
      case .refused(let reason): results[index] = toolCall.result("Error: \(reason)", isError: true)
      case .workflow(let request): running.append((index, request))
      case .caller(let tool, let arguments): asked.append((index, arguments, tool))
      }
    }
    if !running.isEmpty {
      let outcomes = try await call.workflows.runEach(running.map(\.request))
      for (run, outcome) in zip(running, outcomes) {
        results[run.index] = message(for: calls[run.index], outcome)
      }
    }
    guard let tool = asked.first?.tool else { return results }
    let answers = try await answers(to: asked.map { (calls[$0.index], $0.arguments) }, at: tool.range)
    for (index, _, _) in asked { results[index] = message(for: calls[index], answeredIn: answers) }
    return results
  }

  // MARK: Calls

  private enum Preparation {
    case refused(String)
    case workflow(WorkflowRequest)
    case caller(PlanTool, Value)
  }

  private func preparation(of toolCall: AgentMessage.ToolCall) -> Preparation {
    guard let tool = tools[toolCall.name] else { return .refused("Unknown tool '\(toolCall.name)'") }
    let arguments: OrderedObject
    switch toolCall.arguments {
    case .object(let object): arguments = object
    // Providers send the arguments as a text; some send an empty one for none.
    case .text(""), .null: arguments = OrderedObject()
    case .text(let text):
      guard let value = try? parseJSON(text) else { return .refused("the arguments are not JSON") }
      guard case .object(let object) = value else {
        return .refused("the arguments must be an object, not \(value.kindName)")
      }
      arguments = object
    case let value: return .refused("the arguments must be an object, not \(value.kindName)")
    }
    guard let workflow = tool.workflow else { return .caller(tool, .object(arguments)) }
    let unknown = arguments.keys.filter { !tool.parameters.contains($0) }
    guard unknown.isEmpty else { return .refused(Self.refusal(of: unknown, by: tool)) }
    // What is not given is null by name, as in the reference.
    let input = OrderedObject(tool.parameters.map { ($0, arguments[$0] ?? .null) })
    return .workflow(WorkflowRequest(workflow: workflow, input: .object(input)))
  }

  private static func refusal(of unknown: [String], by tool: PlanTool) -> String {
    let names = unknown.map { "'\($0)'" }.joined(separator: ", ")
    let known =
      tool.parameters.isEmpty ? "takes none" : "takes \(tool.parameters.map { "'\($0)'" }.joined(separator: ", "))"
    return "there is no argument \(names); '\(tool.name)' \(known)"
  }

  // MARK: Results

  private func message(for toolCall: AgentMessage.ToolCall, _ outcome: Result<Value, RuntimeError>) -> Value {
    switch outcome {
    case .success(let value):
      guard let text = toolResultText(value) else {
        return toolCall.result("Error: the tool gave \(value.kindName) that cannot be shown as text", isError: true)
      }
      return toolCall.result(text)
    case .failure(let error): return toolCall.result("Error: \(error.message)", isError: true)
    }
  }

  private func message(for toolCall: AgentMessage.ToolCall, answeredIn answers: OrderedObject) -> Value {
    guard let answer = answers[toolCall.id.displayText], let text = toolResultText(answer) else {
      return toolCall.result(
        "Error: no result provided for tool_call '\(toolCall.id.displayText)'", isError: true)
    }
    return toolCall.result(text)
  }

  // MARK: Caller

  /// The results that the caller gives, by the ids of the calls.
  private func answers(
    to calls: [(call: AgentMessage.ToolCall, arguments: Value)], at range: SourceRange
  ) async throws(RuntimeError) -> OrderedObject {
    let wanted = calls.map { call, arguments in
      Value.object(["id": call.id, "name": .text(call.name), "arguments": arguments])
    }
    let answer = try await self.call.questions.ask(
      "Agent is waiting for tool results.",
      metadata: .object(["kind": .text("tool_calls"), "tool_calls": .list(wanted)]), at: range)
    if case .object(let answers) = answer { return answers }
    return OrderedObject()
  }
}
