import ComposeBasic
package import ComposeSyntax

/// A place that runs a workflow by its name.
struct WorkflowReference {
  enum Source {
    /// An action that runs it.
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
  func workflowReferences(_ catalog: Catalog) -> [WorkflowReference] {
    allComponents.flatMap { $0.workflowReferences(catalog) } + triggers(catalog) + subscribed(catalog)
  }

  /// The calls of components that stand in components.
  func componentCalls(_ catalog: Catalog) -> [ComponentCall] { allComponents.compactMap { $0.innerCall(catalog) } }

  /// The entries of listeners that start workflows.
  private func triggers(_ catalog: Catalog) -> [WorkflowReference] {
    declarations(.listener).flatMap { listener -> [WorkflowReference] in
      guard let field = catalog.workflowField(ofListener: listener) else { return [] }
      return listener.routes.compactMap { WorkflowReference(.trigger, $0[field]) }
    }
  }

  private func subscribed(_ catalog: Catalog) -> [WorkflowReference] {
    (controller?.adapters ?? []).flatMap { adapter -> [WorkflowReference] in
      guard let shape = catalog.adapter(adapter), let field = shape.fieldNaming("workflow") else { return [] }
      let short = shape.shorthands.first { $0.value == field }?.key
      let nodes = adapter.node[key: field]?.sequence ?? [short.flatMap { adapter.node[key: $0] }].compactMap { $0 }
      return nodes.compactMap { WorkflowReference(.subscriber, $0) }
    }
  }
}

extension ComponentDecl {
  /// The workflows that the component's actions run, or that its model may call.
  func workflowReferences(_ catalog: Catalog) -> [WorkflowReference] {
    guard let traits = catalog.traits(of: self) else { return [] }
    let run = traits.workflowField.map { field in
      actions.compactMap { WorkflowReference(.action, $0.fields[field]) }
    }
    guard let field = traits.toolsField, case .list(let tools)? = fields[field]?.content else { return run ?? [] }
    return (run ?? []) + tools.compactMap { WorkflowReference(.tool, $0) }
  }

  /// The component that this one runs itself.
  func innerCall(_ catalog: Catalog) -> ComponentCall? {
    guard let traits = catalog.traits(of: self), let call = traits.call else { return nil }
    return ComponentCall(
      fields[call.field], of: "the \(traits.noun)'s \(call.field)", upstream: "fails when the \(traits.noun) starts")
  }
}

extension SectionDecl {
  /// The paths that a listener serves; one may be written into the listener itself.
  package var routes: [Template] {
    guard let list = fields["callbacks"] ?? fields["triggers"] else {
      return fields["path"] == nil ? [] : [Template(.object(fields.entries), at: node.range)]
    }
    if case .list(let items) = list.content { return items }
    return []
  }
}
