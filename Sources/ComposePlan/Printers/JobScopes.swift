/// What the roots stand for in the templates of one job (language specification, section 10.2), and which requests are
/// sent there.
struct JobScopes: Sendable {
  /// In the job's own fields.
  let job: MarkScope
  /// In the fields of the component and its action, which see what the job works on and nothing else.
  let component: MarkScope
  /// What the job works on.
  private let input: ValueKnowledge
  /// What the jobs of the workflow send.
  let sent: SentValues
  private let name: String

  /// A job of a workflow.
  init(_ node: Node, sent: SentValues) {
    self.init(node.job, in: .workflow, input: .value(.fromInput), sent: sent)
  }

  /// The requests that the job sends, what its component runs included.
  var requests: [PlannedRequest] { sent.requests[name] ?? [] }

  /// What is known where the fields of the component are rendered; `nil` for a job without one.
  var fields: ValueScope? { sent.scopes[name] }

  /// - Parameter fallback: what the job works on when it has no `input`.
  private init(
    _ job: JobPlan, in scope: MarkScope, input fallback: ValueKnowledge, sent: SentValues
  ) {
    self.job = scope
    self.sent = sent
    name = job.name
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
      return JobScopes(body, in: scope, input: index == 0 ? input : .value(.atRunTime), sent: sent)
    case .iterate:
      return JobScopes(
        body, in: MarkScope(["input": input]), input: .value(.atRunTime), sent: sent)
    case .invoke, .wait, .route, .draw, .filter, .map, .fold, .tee, .fail:
      return JobScopes(body, in: .workflow, input: .value(.atRunTime), sent: sent)
    }
  }

  /// In a loop's condition, which sees what its body sees.
  func inner(of job: JobPlan) -> MarkScope {
    if case .iterate = job.operation { MarkScope(["input": input]) } else { self.job }
  }
}
