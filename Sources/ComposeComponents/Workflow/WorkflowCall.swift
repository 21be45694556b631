import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `workflow`: runs another workflow of the file, inside the run of the calling one.
struct WorkflowCall: Component {
  static let type = "workflow"
  static let componentFields: Set<String> = []
  static let actionFields: Set<String> = ["workflow", "input"]

  static func refusals(of invocation: Invocation) -> [Refusal] {
    guard invocation.workflow == nil else { return [] }
    return [Refusal("the action names no workflow of the file", at: invocation.range)]
  }

  private let services: Services

  init(_ declaration: ComponentDeclaration, _ services: Services) { self.services = services }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    guard let workflow = call.invocation.workflow else {
      throw RuntimeError(.unknownWorkflow, "the action names no workflow of the file")
    }
    let fields = ActionFields(call, services)
    var input = call.input
    // An empty value counts as none, as it does in the reference.
    if let template = call.invocation.actionField("input"), !template.isEmpty {
      input = try await fields.evaluator.evaluate(template)
    }
    return try await fields.output(of: try await call.workflows.run(workflow: workflow, input: input))
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
