import ComposeBasic
import ComposeSyntax

/// Types the jobs of one workflow in the order in which they can run.
struct WorkflowTyper {
  let workflow: WorkflowDecl
  let graph: JobGraph
  /// Resolved component jobs, in the order of the file.
  let targets: [ActionTarget?]
  /// What the action of each job returns.
  let actionTypes: [Type]
  /// The places of mappings with a misspelt key.
  let misspelt: Set<SourceRange>
  let catalog: Catalog
  let signature: Signature

  func typed(into diagnostics: inout Diagnostics) -> TypedWorkflow {
    var outputs: [String: Type] = [:]
    var jobs = [TypedJob?](repeating: nil, count: workflow.jobs.count)
    for index in graph.order {
      let job = workflow.jobs[index]
      let type = outputType(of: index, outputs, into: &diagnostics)
      outputs[job.name] = type
      jobs[index] = TypedJob(
        decl: job, target: targets[index], actionType: actionTypes[index], outputType: type,
        isTerminal: graph.isTerminal(index))
    }
    let typedJobs = jobs.compactMap { $0 }
    return TypedWorkflow(
      decl: workflow, jobs: typedJobs, order: graph.order, inputs: signature.inputs(of: workflow),
      outputs: signature.outputs(of: workflow), resultType: resultType(typedJobs, outputs, into: &diagnostics))
  }

  private func outputType(of index: Int, _ outputs: [String: Type], into diagnostics: inout Diagnostics) -> Type {
    let job = workflow.jobs[index]
    guard catalog.callsComponent(jobKind: job.kind.value) else {
      checkOtherKind(index, outputs, into: &diagnostics)
      return .any
    }
    let place = job.id.map { "job '\($0.value)'" } ?? "the job"
    let inputScope = scope(of: index, outputs, place: place)
    let shape = catalog.shape("job:" + job.kind.value)
    let isMisspelt = misspelt.contains(job.node.range)
    for entry in job.fields.entries where !["output", "interrupt", "on_error"].contains(entry.key.value) {
      // The value of a misspelt key would be judged by the wrong key's rules.
      if isMisspelt, shape?.field(entry.key.value) == nil { continue }
      let checker = ExpressionChecker(scope: inputScope)
      let target = entry.key.value == "input" ? targets[index] : nil
      _ = checker.inputType(entry.value, of: target, into: &diagnostics)
    }
    checkSideFields(of: job, inputScope, into: &diagnostics)
    guard let output = job.output, !isPassThrough(output, root: "output") else {
      return isMisspelt ? .any : actionTypes[index]
    }
    var outputScope = scope(of: index, outputs, place: "the output of \(place)")
    outputScope.roots["output"] = repeats(job) ? .any : actionTypes[index]
    return ExpressionChecker(scope: outputScope).type(of: output, into: &diagnostics)
  }

  /// With `repeat_count` the output is a list once the count is more than one.
  private func repeats(_ job: JobDecl) -> Bool { job.fields["repeat_count"] != nil }

  private func checkSideFields(of job: JobDecl, _ base: Scope, into diagnostics: inout Diagnostics) {
    for name in ["interrupt", "on_error"] {
      guard let template = job.fields[name] else { continue }
      var scope = base
      scope.roots[name == "interrupt" ? "job" : "error"] = .any
      _ = ExpressionChecker(scope: scope).type(of: template, into: &diagnostics)
    }
  }

  /// Kinds with roots of their own: jobs are looked up, other roots are not judged.
  private func checkOtherKind(_ index: Int, _ outputs: [String: Type], into diagnostics: inout Diagnostics) {
    let job = workflow.jobs[index]
    var scope = scope(of: index, outputs, place: job.id.map { "job '\($0.value)'" } ?? "the job")
    scope.isOpen = true
    scope.declaresInputs = false
    var checker = ExpressionChecker(scope: scope)
    for entry in job.fields.entries {
      checker.isTextPlace = TextPlaces.isText(entry.key.value, ofJobKind: job.kind.value)
      _ = checker.type(of: entry.value, into: &diagnostics)
    }
    JobConditions.check(job, in: checker, into: &diagnostics)
  }

  private func resultType(
    _ jobs: [TypedJob], _ outputs: [String: Type], into diagnostics: inout Diagnostics
  ) -> Type {
    if let output = workflow.output {
      let scope = scope(of: nil, outputs, place: "the workflow's output")
      return ExpressionChecker(scope: scope).type(of: output, into: &diagnostics)
    }
    let terminal = jobs.filter(\.isTerminal)
    return terminal.count == 1 ? terminal[0].outputType : terminal.isEmpty ? .null : .any
  }

  /// The roots of a job, or of the workflow's output when there is no job.
  private func scope(of index: Int?, _ outputs: [String: Type], place: String) -> Scope {
    var scope = Scope(place)
    scope.roots["input"] = .any
    scope.declaresInputs = !workflow.isPrivate
    scope.roots["context"] = Self.context
    scope.jobs = Scope.Jobs(
      graph: graph, outputs: outputs, reader: index,
      assumesOrder: index.map { hasFaultyOrder(workflow.jobs[$0]) } ?? false)
    return scope
  }

  /// Whether what the job waits for could not be read: a misspelt key, an empty group, or names that name nothing.
  private func hasFaultyOrder(_ job: JobDecl) -> Bool {
    misspelt.contains(job.node.range) || job.dependsOn.contains { $0.isEmpty } || graph.hasDuplicates
      || job.dependsOn.joined().contains { graph.index(of: $0.value) == nil }
  }

  private static let context = Type.object(
    ObjectType([.init("task_id", .text), .init("session_id", .any), .init("metadata", .any)], rest: nil))
}
