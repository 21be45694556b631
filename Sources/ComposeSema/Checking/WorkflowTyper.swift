import ComposeBasic
import ComposeSyntax

/// Types the jobs of one workflow in the order in which they can run.
struct WorkflowTyper {
  let workflow: WorkflowDecl
  let graph: JobGraph
  let availability: Availability
  let typing: Typing
  private let common: Scope

  init(workflow: WorkflowDecl, typing: Typing) {
    self.workflow = workflow
    self.typing = typing
    graph = typing.signature.graphs.graph(of: workflow)
    availability = typing.signature.graphs.availability(of: workflow)
    common = Self.scope(of: workflow, typing)
  }

  /// What a run returns, when nobody asks for the rest.
  func result(into diagnostics: inout Diagnostics) -> Type {
    let outputs = Scope.OutputTypes()
    return resultType(jobs(outputs, into: &diagnostics), outputs, into: &diagnostics)
  }

  func typed(into diagnostics: inout Diagnostics) -> TypedWorkflow {
    let outputs = Scope.OutputTypes()
    let jobs = jobs(outputs, into: &diagnostics)
    return TypedWorkflow(
      decl: workflow, jobs: jobs, graph: graph, inputs: typing.signature.inputs(of: workflow),
      outputs: typing.signature.outputs(of: workflow), resultType: resultType(jobs, outputs, into: &diagnostics))
  }

  private func jobs(_ outputs: Scope.OutputTypes, into diagnostics: inout Diagnostics) -> [TypedJob] {
    outputs.types.reserveCapacity(workflow.jobs.count)
    var jobs = [TypedJob?](repeating: nil, count: workflow.jobs.count)
    for index in availability.order {
      let job = workflow.jobs[index]
      let scope = scope(of: index, outputs, place: job.id.map { "job '\($0.value)'" } ?? "the job")
      let typed = JobTyper(workflowScope: scope, typing: typing)
        .type(job, in: scope, defaultInput: .any, into: &diagnostics)
      outputs.types[job.name] = typed.output
      jobs[index] = TypedJob(
        decl: job, kind: typing.catalog.jobKind(of: job), target: typing.targets[job.range], actionType: typed.action,
        outputType: typed.output, isTerminal: graph.isTerminal(index), bodies: job.bodies.map(typedBody))
    }
    return jobs.compactMap { $0 }
  }

  /// A job inside another one, as it was typed with it.
  private func typedBody(_ body: JobDecl) -> TypedJob {
    let result = typing.jobResult(at: body.range)
    return TypedJob(
      decl: body, kind: typing.catalog.jobKind(of: body), target: typing.targets[body.range],
      actionType: result?.action ?? .any,
      outputType: result?.output ?? .any, isTerminal: false, bodies: body.bodies.map(typedBody))
  }

  private func resultType(
    _ jobs: [TypedJob], _ outputs: Scope.OutputTypes, into diagnostics: inout Diagnostics
  ) -> Type {
    if let output = workflow.output {
      let scope = scope(of: nil, outputs, place: "the workflow's output")
      return ExpressionChecker(scope: scope).type(of: output, into: &diagnostics)
    }
    let terminal = jobs.filter { $0.isTerminal && $0.kind?.result != .route }
    guard let only = terminal.first else { return .null }
    guard terminal.count == 1, !graph.hasDuplicates, let index = graph.index(of: only.decl.name) else { return .any }
    return availability.isRouted(index) ? .union(of: [only.outputType, .null]) : only.outputType
  }

  /// The roots of a job, or of the workflow's output when there is no job.
  private func scope(of index: Int?, _ outputs: Scope.OutputTypes, place: String) -> Scope {
    var scope = common
    scope.place = place
    scope.jobs = Scope.Jobs(
      workflow: workflow, graph: graph, availability: availability, outputs: outputs, reader: index)
    return scope
  }

  /// What all scopes of the workflow share.
  private static func scope(of workflow: WorkflowDecl, _ typing: Typing) -> Scope {
    var scope = Scope("the workflow")
    scope.log = typing.log
    scope.roots["input"] = .any
    scope.declaresInputs = !workflow.isPrivate
    scope.roots["context"] = Self.context
    return scope
  }

  private static let context = Type.object(
    ObjectType([.init("task_id", .text), .init("session_id", .any), .init("metadata", .any)], rest: nil))
}
