import ComposeBasic
import ComposeSyntax

/// Places that run workflows by name.
extension Binder {
  /// Reports actions that name workflows which the file does not have.
  func checkWorkflowReferences(in component: ComponentDecl, into diagnostics: inout Diagnostics) {
    for reference in component.workflowReferences(catalog) { check(reference, into: &diagnostics) }
    guard let field = catalog.traits(of: component)?.workflowField, symbols.defaultWorkflow == nil,
      symbols.workflows.count > 1
    else { return }
    for action in component.actions
    where action.node.entry(field) == nil && !misspelt.contains(action.node.range) && !isFaulty {
      // A component without an action is reported as such.
      guard let place = action.node.mapping?.first?.key.range else { continue }
      diagnostics.emit(noDefaultWorkflow(at: place, .action))
    }
  }

  private func noDefaultWorkflow(at range: SourceRange, _ source: WorkflowReference.Source) -> Diagnostic {
    Diagnostic(
      BindingCode.ambiguousDefault, "none of the \(symbols.workflows.count) workflows is the default", at: range
    )
    .help("write the id of a workflow, or mark one with 'default: true'")
    .upstream(upstream(of: source))
  }

  /// Reports a workflow that the file does not have.
  func check(_ reference: WorkflowReference, into diagnostics: inout Diagnostics) {
    let name = reference.name
    if reference.isExpression {
      diagnostics.emit(expression(reference))
      return
    }
    if name.value == "__default__", reference.source == .action || reference.source == .trigger {
      guard symbols.defaultWorkflow == nil, !symbols.workflows.isEmpty else { return }
      diagnostics.emit(noDefaultWorkflow(at: name.range, reference.source))
      return
    }
    // A file without workflows is a part of one.
    if symbols.workflows.isEmpty, reference.source == .subscriber || reference.source == .trigger { return }
    guard symbols.workflow(named: name.value) == nil, !isFaulty else { return }
    diagnostics.emit(undefined(reference))
  }

  private var isFaulty: Bool {
    file.root.map { misspelt.contains($0.range) } ?? true || file.hasUnreadable("workflow")
  }

  private func undefined(_ reference: WorkflowReference) -> Diagnostic {
    let name = reference.name
    // Workflows of other machines have to be here only where they are described to a model or taken from the queue.
    if file.dispatchesWorkflows, reference.source == .action || reference.source == .trigger {
      let best = suggestion(for: name.value, among: symbols.workflows.compactMap(\.id?.value))
      return Diagnostic(
        BindingCode.remoteWorkflow, "workflow '\(name.value)' is not in this file: it is sent to the queue",
        at: name.range
      )
      .help(best.map { "did you mean '\($0)'?" } ?? "a worker that takes it from the queue has to run elsewhere")
      .upstream("sends it to the queue and waits for a worker; 'validate' refuses the file")
    }
    let message =
      reference.source == .tool ? "no workflow '\(name.value)' to use as tool" : "no workflow '\(name.value)'"
    let diagnostic = Diagnostic.undefined(
      BindingCode.undefinedWorkflow, message, name, among: symbols.workflows.compactMap(\.id?.value),
      upstream: upstream(of: reference.source))
    guard diagnostic.fixes.isEmpty, symbols.component(named: name.value) != nil else { return diagnostic }
    return diagnostic.help("'\(name.value)' is a component: declare a workflow with a job that runs it")
  }

  private func expression(_ reference: WorkflowReference) -> Diagnostic {
    guard reference.source == .trigger else {
      return Diagnostic(
        BindingCode.undefinedWorkflow, "a workflow is named by its id, not by an expression", at: reference.name.range
      )
      .help("write the id, or choose between jobs with a 'switch' job")
      .upstream("takes the text as it is, and \(upstream(of: reference.source))")
    }
    return Diagnostic(
      BindingCode.chosenWorkflow, "the caller chooses which workflow runs", at: reference.name.range
    )
    .help("write the id of one workflow, or give each a path of its own")
    .upstream("renders it for each call, although 'validate' refuses the file")
  }

  private func upstream(of source: WorkflowReference.Source) -> String {
    switch source {
    case .action: "fails when the action runs"
    case .tool: "fails when the agent starts"
    case .trigger: "answers each call with an error"
    case .subscriber: "takes its tasks from the queue and fails each"
    }
  }
}
