package import ComposeBasic
import ComposeSyntax

/// Reports what the retries of several jobs come to.
package enum RetryArithmetic: Check {
  package static let codes = [RetryCode.exceedsTimeout, RetryCode.ineffective, RetryCode.multiplied]

  /// From how many calls on a product is worth a word.
  private static let worthMentioning = 9

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let calls = CallCount(program.workflows)
    for workflow in program.workflows {
      for job in workflow.jobs {
        guard let retry = job.decl.node.entry("retry") else { continue }
        if let attempts = retry.attempts, attempts > 1, let called = calls.workflow(calledBy: job),
          case let inner = calls.most(in: called), inner.count > 1, attempts * inner.count >= worthMentioning
        {
          diagnostics.emit(
            Diagnostic(
              RetryCode.multiplied,
              "\(attempts) attempts around \(inner.count) in workflow '\(called)' are up to \(attempts * inner.count) "
                + "calls", at: retry.value.range
            )
            .note("the inner retry is here", at: inner.place)
            .help("let only one of them try again")
            .upstream("makes all of them, one after the other"))
        }
        checkQueue(retry, of: program.file.controller, into: &diagnostics)
      }
    }
  }

  /// Whoever waits for a result from the queue gives up after its timeout, while the job still waits for its turn.
  private static func checkQueue(
    _ retry: YAMLEntry, of controller: ControllerDecl?, into diagnostics: inout Diagnostics
  ) {
    guard let timeout = controller?.node.entry("queue")?.value.entry("timeout"), let limit = timeout.value.seconds,
      limit > 0, let schedule = retry.schedule, let late = schedule.firstAttempt(beyond: limit)
    else { return }
    var diagnostic = Diagnostic(
      RetryCode.exceedsTimeout,
      "attempt \(late.number) begins after \(late.start.asSeconds) at the earliest, but the queue waits "
        + "\(limit.asSeconds) for a result", at: retry.value.range
    )
    .note("the limit is here", at: timeout.value.range)
    .help("wait for a shorter time, or raise the limit")
    .upstream("gives up on the run while the job waits")
    diagnostic.severity = .warning
    diagnostics.emit(diagnostic)
  }
}

/// How often the jobs of workflows run at most, because of retries.
private struct CallCount {
  private let workflows: [String: TypedWorkflow]

  init(_ workflows: [TypedWorkflow]) {
    self.workflows = Dictionary(workflows.map { ($0.decl.name, $0) }) { first, _ in first }
  }

  /// The name of the workflow that a job runs through a component.
  func workflow(calledBy job: TypedJob) -> String? {
    guard let target = job.target, let field = target.workflowField else { return nil }
    return target.action.fields[field]?.constantText
  }

  /// The most attempts of one job, with those of the workflows it calls, and the retry that makes them.
  func most(in name: String, calledFrom callers: Set<String> = []) -> (count: Int, place: SourceRange?) {
    guard let workflow = workflows[name], !callers.contains(name) else { return (1, nil) }
    var top: (count: Int, place: SourceRange?) = (1, nil)
    for job in workflow.jobs {
      let retry = job.decl.node.entry("retry")
      let called = self.workflow(calledBy: job)
      let inner = called.map { most(in: $0, calledFrom: callers.union([name])) } ?? (count: 1, place: nil)
      let (count, isTooMany) = (retry?.attempts ?? 1).multipliedReportingOverflow(by: inner.count)
      guard !isTooMany, count > top.count else { continue }
      top = (count, retry?.value.range ?? inner.place)
    }
    return top
  }
}

extension YAMLEntry {
  /// How many attempts `retry` allows; `nil` when it is not known.
  fileprivate var attempts: Int? {
    let value = value.mapping == nil ? value : value.entry("max_attempt_count")?.value
    guard case .integer(let count)? = value?.scalar?.value, (1...1_000_000).contains(count) else { return nil }
    return count
  }

  fileprivate var schedule: RetrySchedule? {
    guard let attempts, let delay = value.entry("delay")?.value.seconds else { return nil }
    return RetrySchedule(
      attempts: attempts, delay: delay,
      isExponential: value.entry("backoff")?.value.scalar?.text == "exponential",
      longestDelay: value.entry("max_delay")?.value.seconds)
  }
}
