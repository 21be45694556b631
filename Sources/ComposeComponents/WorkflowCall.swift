import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `workflow`: runs another workflow of the file, inside the run of the calling one.
enum WorkflowCall: Component {
  static let type = "workflow"
  static let componentFields: Set<String> = []
  static let actionFields: Set<String> = ["workflow", "input"]

  static func refusals(of invocation: Invocation) -> [Refusal] {
    guard invocation.workflow == nil else { return [] }
    return [Refusal("the action names no workflow of the file", at: invocation.range)]
  }

  static func run(_ call: ComponentCall, services: Services) async throws(RuntimeError) -> Value {
    guard let workflow = call.invocation.workflow else {
      throw RuntimeError(.unknownWorkflow, "the action names no workflow of the file")
    }
    var scope = Scope(callers: ["input": call.input, "context": .object(["run_id": .text(call.runID)])])
    scope.conversion = services.conversion
    var input = call.input
    // An empty value counts as none, as it does in the reference.
    if let template = call.invocation.actionField("input"), !template.isEmpty {
      input = try await Evaluator(scope).evaluate(template)
    }
    let result = try await call.workflows.run(workflow: workflow, input: input)
    guard let output = call.invocation.output else { return result }
    scope.roots[call.invocation.resultName] = call.invocation.resultReaders > 1 ? try result.keepingBytes() : result
    return try await Evaluator(scope).evaluate(output)
  }
}

extension PlanTemplate {
  /// Whether the file gives a value that Python takes for nothing, before anything is made of it.
  fileprivate var isEmpty: Bool {
    guard !isFromInput else { return false }
    return switch content {
    case .constant(.null), .constant(.boolean(false)), .constant(.integer(0)), .constant(.text("")): true
    case .list(let items): items.isEmpty
    case .object(let members): members.isEmpty
    case .constant, .text, .reference, .operation: false
    }
  }
}
