import ComposeBasic
import ComposeSyntax

/// What is found out about a file while its jobs and actions are typed.
///
/// Two passes are made. What an action is given is known only when all jobs that call it are typed, and what these give
/// depends on their actions. So a first pass takes every input of an action for unknown and says nothing; the second
/// knows what all callers pass and reports.
final class Typing {
  let binder: Binder
  let signature: Signature
  let results: ResultCatalog
  /// What component jobs run, by the places of the jobs. Jobs inside jobs are listed too.
  let targets: [SourceRange: ActionTarget]
  /// Where the types of expressions are kept; `nil` in the first pass.
  let log: TypeLog?
  /// What the earlier pass found.
  private let earlier: Typing?

  private var actionTypes: [SourceRange: Type] = [:]
  private var workflowResults: [SourceRange: Type] = [:]
  /// The workflows that are being typed, from the outermost.
  private var openWorkflows: [SourceRange] = []
  /// The workflows that run themselves.
  private var recursive: Set<SourceRange> = []
  private var passed: [SourceRange: [Type]] = [:]
  private var jobResults: [SourceRange: JobTyper.Result] = [:]
  private var passesAnything = false

  init(
    binder: Binder, signature: Signature, targets: [SourceRange: ActionTarget], results: ResultCatalog,
    log: TypeLog? = nil, earlier: Typing? = nil
  ) {
    self.binder = binder
    self.signature = signature
    self.targets = targets
    self.results = results
    self.log = log
    self.earlier = earlier
  }

  var catalog: Catalog { binder.catalog }
  var misspelt: Set<SourceRange> { binder.misspelt }

  // MARK: Jobs

  /// Keeps what a job gives, wherever it is written.
  func record(_ result: JobTyper.Result, at place: SourceRange) { jobResults[place] = result }

  /// What the job written there gives; `nil` when it was not typed.
  func jobResult(at place: SourceRange) -> JobTyper.Result? { jobResults[place] }

  // MARK: Actions

  /// What an action returns.
  func type(of target: ActionTarget) -> Type {
    let place = target.action.node.range
    if let known = actionTypes[place] { return known }
    var ignored = Diagnostics()
    return type(target, into: &ignored)
  }

  /// Types an action and reports what is wrong in it.
  func type(_ target: ActionTarget, into diagnostics: inout Diagnostics) -> Type {
    let place = target.action.node.range
    // An action that runs its own workflow meets itself.
    actionTypes[place] = .any
    let type = ActionTyper(target: target, inputType: inputType(of: target), typing: self).type(into: &diagnostics)
    actionTypes[place] = misspelt.contains(place) ? .any : type
    return actionTypes[place] ?? .any
  }

  /// Keeps what a job passes to an action.
  func pass(_ input: Type, to target: ActionTarget?) {
    guard let target else {
      // It may be any action.
      passesAnything = true
      return
    }
    keep(input, for: target.action)
  }

  /// How many different inputs of one action are told apart.
  private static let inputLimit = 64

  private func keep(_ input: Type, for action: ActionDecl) {
    let place = action.node.range
    let known = passed[place] ?? []
    if known.contains(input) { return }
    if known.count < Self.inputLimit { passed[place, default: []].append(input) } else { passed[place] = [.any] }
  }

  /// Components that call others give them what is not known.
  func passFromComponents(_ file: ComposeFile) {
    for component in file.components {
      guard let field = catalog.traits(of: component)?.call?.field, let call = component.fields[field] else { continue }
      let called = call["component"].map { $0.constantText.flatMap { binder.symbols.component(named: $0) } }
      guard let called = called ?? binder.symbols.defaultComponent else {
        passesAnything = true
        continue
      }
      for action in called.actions { keep(.any, for: action) }
    }
  }

  /// What all callers of an action pass, as far as it is known.
  private func inputType(of target: ActionTarget) -> Type {
    guard let earlier, !earlier.passesAnything, let types = earlier.passed[target.action.node.range] else {
      return .any
    }
    return Type.union(of: types).bounded
  }

  // MARK: Workflows

  /// How deep workflows that run workflows are followed.
  private static let depthLimit = 32

  /// What a run of a workflow of the file returns. A workflow that runs itself gives what is not known.
  func result(of workflow: WorkflowDecl) -> Type {
    if let earlier { return earlier.result(of: workflow) }
    if let known = workflowResults[workflow.range] { return known }
    if let start = openWorkflows.firstIndex(of: workflow.range) {
      recursive.formUnion(openWorkflows[start...])
      return .any
    }
    guard openWorkflows.count < Self.depthLimit else { return .any }
    openWorkflows.append(workflow.range)
    defer { openWorkflows.removeLast() }
    var ignored = Diagnostics()
    let type = WorkflowTyper(workflow: workflow, typing: self).result(into: &ignored)
    workflowResults[workflow.range] = recursive.contains(workflow.range) ? .any : type
    return workflowResults[workflow.range] ?? .any
  }
}
