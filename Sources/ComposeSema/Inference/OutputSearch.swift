import ComposeBasic
import ComposeSyntax

/// Finds what a run of a workflow gives (language specification, section 13.2): the workflow's `output`, else what its
/// last jobs give.
struct OutputSearch {
  private let signature: Signature
  /// Workflows that are being looked into: one that runs itself gives nothing that is known.
  private var open: Set<SourceRange> = []
  private var known: [SourceRange: [WorkflowOutput]] = [:]

  /// Groups of groups can multiply from workflow to workflow; nobody reads that many.
  private static let limit = 1000

  init(_ signature: Signature) { self.signature = signature }

  /// Never empty.
  mutating func outputs(of workflow: WorkflowDecl) -> [WorkflowOutput] {
    if let known = known[workflow.range] { return known }
    guard open.count < Signature.depthLimit, open.insert(workflow.range).inserted else { return [.any] }
    defer { open.remove(workflow.range) }
    var outputs: [WorkflowOutput] = []
    if let output = workflow.output, !output.isNull {
      outputs = outputVariables(of: output)
    } else {
      let graph = signature.graphs.graph(of: workflow)
      for (index, job) in workflow.jobs.enumerated() where graph.isTerminal(index) { outputs += self.outputs(of: job) }
    }
    outputs = distinct(outputs)
    if outputs.isEmpty { outputs = [.any] }
    known[workflow.range] = outputs
    return outputs
  }

  // MARK: Jobs

  private mutating func outputs(of job: JobDecl) -> [WorkflowOutput] {
    let callsComponent = signature.catalog.callsComponent(jobKind: job.kind.value)
    let name = job.node.entry("name")?.value.scalar.flatMap { $0.value == .null ? nil : $0.text } ?? job.name
    let variables: [WorkflowOutput]
    if let output = job.output, !isPassThrough(output, root: "output") {
      variables = outputVariables(of: output)
    } else if callsComponent {
      variables = signature.target(of: job).map { outputs(of: $0) } ?? []
    } else {
      variables = outputs(ofKind: job.kind.value, named: name) { job.fields[$0] }
    }
    guard callsComponent, case .constant(.integer(let count))? = job.fields["repeat_count"]?.content, count > 1 else {
      return variables
    }
    return [.group(WorkflowOutput.Group(name: name, repeatCount: count, variables: distinct(variables)))]
  }

  private mutating func outputs(of target: ActionTarget) -> [WorkflowOutput] {
    if let inner = signature.workflow(runBy: target) { return outputs(of: inner) }
    return target.action.output.map(outputVariables) ?? []
  }

  /// What a job that runs other jobs gives when it has no output of its own.
  private mutating func outputs(
    ofKind kind: String, named name: String?, _ field: (String) -> Template?
  ) -> [WorkflowOutput] {
    guard let body = signature.catalog.jobKind(kind)?.body, body.outputs != .unknown else { return [] }
    var last = field(body.field)
    if body.isSequence { last = if case .list(let steps)? = last?.content { steps.last } else { nil } }
    let inner = last.map { outputs(ofInline: $0) } ?? []
    guard body.outputs == .list else { return inner }
    let variables = inner.isEmpty ? [.any] : distinct(inner)
    return [.group(WorkflowOutput.Group(name: name, repeatCount: 0, variables: variables))]
  }

  /// A job inside a job.
  private mutating func outputs(ofInline job: Template) -> [WorkflowOutput] {
    if let output = job["output"], !isPassThrough(output, root: "output") { return outputVariables(of: output) }
    let kind = signature.catalog.jobKind(writtenIn: job)
    guard signature.catalog.callsComponent(jobKind: kind) else {
      return outputs(ofKind: kind, named: job["name"]?.constantText ?? job["id"]?.constantText) { job[$0] }
    }
    let actionName = job["action"]?.constantText
    if let component = job["component"], case .object = component.content {
      return component.inlineAction(named: actionName)?["output"].map(outputVariables) ?? []
    }
    return signature.symbols.target(component: job["component"]?.constantText, action: actionName, signature.actions)
      .map { outputs(of: $0) } ?? []
  }

  /// Every name once, groups as they are. The whole value is there only when it comes first.
  private func distinct(_ outputs: [WorkflowOutput]) -> [WorkflowOutput] {
    var names: Set<String> = []
    var result: [WorkflowOutput] = []
    for output in outputs where result.count < Self.limit {
      switch output {
      case .group: result.append(output)
      case .variable(let variable):
        guard variable.name.map({ names.insert($0).inserted }) ?? result.isEmpty else { continue }
        result.append(output)
      }
    }
    return result
  }
}

extension SymbolTable {
  /// The action that names resolve to; `nil` is the default of its kind.
  fileprivate func target(component: String?, action: String?, _ actions: ActionTable) -> ActionTarget? {
    let isNamed = component.map { $0 != "__default__" } ?? false
    guard let component = isNamed ? component.flatMap({ self.component(named: $0) }) : defaultComponent else {
      return nil
    }
    let isActionNamed = action.map { $0 != "__default__" } ?? false
    guard let action = isActionNamed ? action.flatMap({ component.action(named: $0) }) : component.defaultAction else {
      return nil
    }
    return actions.target(component, action)
  }
}

extension Template {
  fileprivate var isNull: Bool { if case .constant(.null) = content { true } else { false } }

  /// The action of a component that is written inside a job inside a job.
  fileprivate func inlineAction(named name: String?) -> Template? {
    guard case .list(let actions)? = self["actions"]?.content else { return self["action"] }
    if let name, name != "__default__" { return actions.first { $0["id"]?.constantText == name } }
    if actions.count == 1 { return actions[0] }
    return actions.first { action in
      if case .constant(.boolean(true))? = action["default"]?.content { true } else { false }
    }
  }
}
