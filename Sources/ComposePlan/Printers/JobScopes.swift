/// What the roots stand for in the templates of one job (language specification, section 10.2), and which requests are
/// sent there.
struct JobScopes: Sendable {
  /// In the job's own fields.
  let job: MarkScope
  /// In the fields of the component and its action, which see what the job works on and nothing else.
  let component: MarkScope
  /// What the job works on.
  private let input: ValueKnowledge
  /// Those of all jobs of the workflow.
  private let allRequests: [String: [PlannedRequest]]
  /// The requests that the job sends, what its component runs included.
  let requests: [PlannedRequest]

  /// A job of a workflow.
  ///
  /// - Parameter requests: those of the workflow, by the names of the jobs that send them.
  init(_ node: Node, requests: [String: [PlannedRequest]]) {
    self.init(node.job, in: .workflow, input: .value(.fromInput), requests: requests)
  }

  /// - Parameter fallback: what the job works on when it has no `input`.
  private init(
    _ job: JobPlan, in scope: MarkScope, input fallback: ValueKnowledge, requests: [String: [PlannedRequest]]
  ) {
    self.job = scope
    allRequests = requests
    self.requests = requests[job.name] ?? []
    input =
      switch job.input?.content {
      case nil, .constant(.null)?: fallback
      default: job.input.map(scope.knowledge) ?? fallback
      }
    component = MarkScope(["input": input])
  }

  /// Those of the job at that place among the bodies of the job. Only the innermost job around gives it names.
  func inside(_ job: JobPlan, at index: Int) -> JobScopes {
    let body = job.bodies[index]
    switch job.operation {
    case .sequence:
      let scope = MarkScope(["input": input])
      return JobScopes(body, in: scope, input: index == 0 ? input : .value(.atRunTime), requests: allRequests)
    case .iterate:
      return JobScopes(
        body, in: MarkScope(["input": input]), input: .value(.atRunTime), requests: allRequests)
    case .invoke, .wait, .route, .draw, .filter, .map, .fold, .tee, .fail:
      return JobScopes(body, in: .workflow, input: .value(.atRunTime), requests: allRequests)
    }
  }

  /// In a loop's condition, which sees what its body sees.
  func inner(of job: JobPlan) -> MarkScope {
    if case .iterate = job.operation { MarkScope(["input": input]) } else { self.job }
  }
}
