import ComposeBasic
import ComposeSyntax

/// A place that runs a workflow by its name.
struct WorkflowReference {
  enum Source {
    /// An action of a component of type `workflow`.
    case action
    /// What an agent's model may call.
    case tool
    /// A path that other services call.
    case trigger
    /// What is taken from a queue.
    case subscriber
  }

  let source: Source
  let name: Located<String>
  /// Whether the name is made from an expression.
  let isExpression: Bool

  init?(_ source: Source, _ template: Template?) {
    guard let template, let name = template.name else { return nil }
    self.source = source
    self.name = name
    isExpression = template.constantText == nil
  }

  fileprivate init?(_ source: Source, _ node: YAMLNode) {
    guard let scalar = node.scalar, case .text(let text) = scalar.value, !scalar.isUnknown else { return nil }
    self.source = source
    name = Located(text, at: node.range)
    isExpression = text.contains("${")
  }
}

extension ComposeFile {
  /// Every place that names a workflow.
  var workflowReferences: [WorkflowReference] {
    allComponents.flatMap(\.workflowReferences) + triggers.compactMap { WorkflowReference(.trigger, $0["workflow"]) }
      + subscribed
  }

  /// The calls of components that stand in components.
  var componentCalls: [ComponentCall] { allComponents.compactMap(\.innerCall) }

  /// The entries of listeners that start workflows.
  private var triggers: [Template] {
    declarations(.listener).filter { $0.type?.value == "http-trigger" }.flatMap(\.routes)
  }

  private var subscribed: [WorkflowReference] {
    (controller?.adapters ?? []).filter { $0.type?.value == "queue-subscriber" }.flatMap { adapter in
      let nodes = adapter.node[key: "workflows"]?.sequence ?? [adapter.node[key: "workflow"]].compactMap { $0 }
      return nodes.compactMap { WorkflowReference(.subscriber, $0) }
    }
  }
}

extension ComponentDecl {
  /// The workflows that the component's actions run, or that its model may call.
  var workflowReferences: [WorkflowReference] {
    switch type?.value {
    case "workflow": return actions.compactMap { WorkflowReference(.action, $0.fields["workflow"]) }
    case "agent":
      guard case .list(let tools)? = fields["tools"]?.content else { return [] }
      return tools.compactMap { WorkflowReference(.tool, $0) }
    default: return []
    }
  }

  /// The component that this one runs itself.
  var innerCall: ComponentCall? {
    switch type?.value {
    case "agent": ComponentCall(fields["model"], of: "the agent's model", upstream: "fails when the agent starts")
    case "model-memory":
      ComponentCall(fields["summary"], of: "the memory's summary", upstream: "fails when the memory starts")
    default: nil
    }
  }
}

extension SectionDecl {
  /// The paths that a listener serves; one may be written into the listener itself.
  var routes: [Template] {
    guard let list = fields["callbacks"] ?? fields["triggers"] else {
      return fields["path"] == nil ? [] : [Template(.object(fields.entries), at: node.range)]
    }
    if case .list(let items) = list.content { return items }
    return []
  }
}
