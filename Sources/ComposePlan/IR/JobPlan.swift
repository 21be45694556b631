package import ComposeBasic
package import ComposeSema

/// What a job does each time it runs, and what happens around that. Jobs inside others have the same form.
package struct JobPlan: Sendable {
  /// The job's id; for a job inside another one, that one's with the place: `each[do]`, `steps[step:0]`.
  package var name: String
  /// The keyword of the file.
  package var kind: String
  package var title: String?
  /// What the operation works on. Without it: the element or the result before, and for a job of a workflow, or where
  /// that is null, the workflow's input.
  package var input: PlanTemplate?
  package var operation: Operation
  /// What the job gives, made from `${output}`; without it, what the operation gives.
  package var output: PlanTemplate?
  package var outputType: Type
  package var interrupts: [Interrupt]
  package var hooks: [Hook]
  package var retry: Retry?
  package var onError: FailureHandling?
  /// How long all attempts together may take.
  package var timeout: PlanTemplate?
  /// Who reads the same values, where bytes that come once must be kept.
  package var readers = Readers()
  package var range: SourceRange

  package init(
    name: String, kind: String, title: String? = nil, input: PlanTemplate? = nil, operation: Operation,
    output:
      PlanTemplate? = nil, outputType: Type, interrupts: [Interrupt] = [],
    hooks:
      [Hook] = [], retry: Retry? = nil, onError: FailureHandling? = nil, timeout: PlanTemplate? = nil,
    range:
      SourceRange
  ) {
    self.name = name
    self.kind = kind
    self.title = title
    self.input = input
    self.operation = operation
    self.output = output
    self.outputType = outputType
    self.interrupts = interrupts
    self.hooks = hooks
    self.retry = retry
    self.onError = onError
    self.timeout = timeout
    self.range = range
  }
}

/// Whether something happens before a job runs, or when it has run.
package enum JobPhase: String, Hashable, Sendable {
  case before
  case after
}

/// A point where a run stops and asks. The answer takes the place of the job's input, or of its result.
package struct Interrupt: Sendable {
  package var phase: JobPhase
  /// Without one, it always stops.
  package var condition: PlanComparison?
  package var message: PlanTemplate?
  package var metadata: PlanTemplate?
  package var range: SourceRange
}

/// Python source that changes what a job sees or gives. It is shown and not run.
package struct Hook: Sendable {
  package var phase: JobPhase
  package var script: String
  package var range: SourceRange
}

/// How often a job is tried.
package struct Retry: Sendable {
  /// All attempts, the first included.
  package var attempts: Int
  /// What is waited after a failure: seconds, or a text with a unit.
  package var delay: PlanTemplate?
  /// Whether the delay doubles each time.
  package var isExponential: Bool
  package var longestDelay: PlanTemplate?
  package var range: SourceRange
}

/// What happens when a job's last attempt has failed.
package struct FailureHandling: Sendable {
  /// How the run goes on.
  package enum Action: Sendable {
    /// The job gives null.
    case ignore
    /// The job gives a value that sees `error`.
    case output(PlanTemplate)
    /// Another job runs; the failed one counts as finished.
    case route(JobTarget)
  }

  package var action: Action
  package var range: SourceRange
}
