import ComposeBasic
package import ComposeSyntax

/// Infers what callers can give to workflows and what they get (language specification, section 13).
struct Signature {
  /// How deep workflows that run each other are followed; `workflow-depth` says when that is not to the end.
  static let depthLimit = 200

  let symbols: SymbolTable
  let catalog: Catalog
  let actions: ActionTable
  let graphs: JobGraphs
  /// What component jobs run, by the places of the jobs.
  private let targets: [SourceRange: ActionTarget]

  /// - Parameter targets: what the jobs of each workflow of the file run, in its order.
  init(_ binder: Binder, targets: [[ActionTarget?]]) {
    symbols = binder.symbols
    catalog = binder.catalog
    actions = binder.actions
    graphs = JobGraphs(binder.catalog)
    var found: [SourceRange: ActionTarget] = [:]
    for (workflow, targets) in zip(binder.file.workflows, targets) {
      for (job, target) in zip(workflow.jobs, targets) { found[job.range] = target }
    }
    self.targets = found
  }

  /// What callers can give, in the order in which the file uses it.
  func inputs(of workflow: WorkflowDecl) -> [InputVariable] {
    var search = InputSearch(self)
    search.visit(workflow)
    return inputVariables(from: search.uses)
  }

  /// What a run returns; when nothing is known, one value of any type.
  func outputs(of workflow: WorkflowDecl) -> [WorkflowOutput] {
    var search = OutputSearch(self)
    return search.outputs(of: workflow)
  }

  /// What a component job runs; `nil` when a name in it names nothing.
  func target(of job: JobDecl) -> ActionTarget? { targets[job.range] }

  /// The workflow that an action runs, if it runs one.
  func workflow(runBy target: ActionTarget) -> WorkflowDecl? {
    guard let field = target.workflowField else { return nil }
    guard let template = target.action.fields[field], !template.isEmpty else { return symbols.defaultWorkflow }
    guard let name = template.constantText else { return nil }
    return name == "__default__" ? symbols.defaultWorkflow : symbols.workflow(named: name)
  }
}

extension ActionTarget {
  /// Whether the action runs another workflow of the file.
  var runsWorkflow: Bool { workflowField != nil }
}

/// Whether a template is exactly `${root}`, which hands the value on untouched. An output that is empty does so too.
package func isPassThrough(_ template: Template, root: String) -> Bool {
  if case .constant(.null) = template.content { return true }
  if root != "input", template.isNothing { return true }
  guard let expression = template.wholeExpression else { return false }
  return expression.root.value == root && !expression.isChunk && expression.index == nil && expression.path.isEmpty
    && expression.cast == nil && expression.fallback == nil
}

extension Template {
  /// Whether Python takes what is written for nothing: what is empty, and also false and zero.
  fileprivate var isNothing: Bool {
    switch content {
    case .constant(.boolean(false)), .constant(.integer(0)), .constant(.number(0)): true
    default: isEmpty
    }
  }

  /// Whether nothing is written: null, or a text, list or object without content.
  var isEmpty: Bool {
    switch content {
    case .constant(let value): value == .null
    case .text(let text): text.parts.isEmpty
    case .list(let items): items.isEmpty
    case .object(let entries): entries.isEmpty
    }
  }
}

/// A path as text: `a.b[0].c`.
func pathText(_ path: [Located<PathSegment>]) -> String {
  var text = ""
  for segment in path {
    switch segment.value {
    case .key(let name): text += text.isEmpty ? name : ".\(name)"
    case .index, .slice, .wildcard: text += segment.value.description
    }
  }
  return text
}
