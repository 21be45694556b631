import ComposeBasic

/// Tells the observer of a run what happens, without secrets. Without an observer it costs nothing.
struct EventSource: Sendable {
  /// Whom to tell, and since when; the same for the whole run.
  private final class Audience: Sendable {
    let observer: any RunObserver
    let redactor: Redactor
    let clock: any RunClock
    let start: MonotonicInstant

    init(_ observer: any RunObserver, _ redactor: Redactor, _ clock: any RunClock, since start: MonotonicInstant) {
      self.observer = observer
      self.redactor = redactor
      self.clock = clock
      self.start = start
    }

    func redacted(_ kind: RunEvent.Kind) -> RunEvent.Kind {
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

  private let audience: Audience?
  /// The workflows that are under way, from the outermost.
  var workflows: [String]

  init(
    observer: (any RunObserver)?, redactor: Redactor, clock: any RunClock, start: MonotonicInstant,
    workflows: [String]
  ) {
    audience = observer.map { Audience($0, redactor, clock, since: start) }
    self.workflows = workflows
  }

  var isObserved: Bool { audience != nil }

  func emit(_ kind: @autoclosure () -> RunEvent.Kind, job: String? = nil, at range: SourceRange) {
    guard let audience else { return }
    audience.observer.observe(
      RunEvent(
        kind: audience.redacted(kind()), workflows: workflows, job: job,
        time: audience.clock.now.seconds(since: audience.start), range: range))
  }
}
