import ComposeBasic

/// Tells the observer of a run what happens, without secrets. Without an observer it costs nothing.
struct EventSource: Sendable {
  let observer: (any RunObserver)?
  let redactor: Redactor
  let clock: any RunClock
  let start: MonotonicInstant
  /// The workflows that are under way, from the outermost.
  var workflows: [String]

  var isObserved: Bool { observer != nil }

  func emit(_ kind: @autoclosure () -> RunEvent.Kind, job: String? = nil, at range: SourceRange) {
    guard let observer else { return }
    observer.observe(
      RunEvent(
        kind: redacted(kind()), workflows: workflows, job: job, time: clock.now.seconds(since: start), range: range))
  }

  private func redacted(_ kind: RunEvent.Kind) -> RunEvent.Kind {
    switch kind {
    case .attemptFailed(let attempt, let count, let error, let delay):
      .attemptFailed(attempt: attempt, of: count, redactor.redact(error), delay: delay)
    case .jobFailureHandled(let error): .jobFailureHandled(redactor.redact(error))
    case .jobFailed(let error): .jobFailed(redactor.redact(error))
    case .streamFailed(let chunks, let error): .streamFailed(chunks: chunks, redactor.redact(error))
    case .workflowFailed(let error): .workflowFailed(redactor.redact(error))
    case .usage(let usage): .usage(redactor.redact(usage))
    case .notice(let text): .notice(redactor.redact(text))
    case .workflowStarted, .jobStarted, .interrupted, .answered, .firstByte, .jobCompleted, .jobRouted,
      .jobRewound, .jobCancelled, .streamEnded, .streamCancelled, .workflowCompleted, .workflowCancelled:
      kind
    }
  }
}
