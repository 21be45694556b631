package import ComposeBasic
import ComposePlan
package import ComposeRuntime

extension LogRecord {
  /// What the log says of an event in a run; `nil` for what it does not speak of.
  ///
  /// Nothing of what is asked or answered is in it: only names, durations, and why something failed.
  package init?(_ event: RunEvent, task: String, time: UInt64, in sources: SourceSet) {
    guard let message = Self.text(of: event) else { return nil }
    self.init(time: time, Self.level(of: event), message)
    self.task = task
    workflow = event.workflows.last
    job = event.job
    if let error = event.kind.error { add(error, in: sources) }
    if event.kind.endsTask(event) { seconds = event.time }
  }

  /// The failure's kind and its place.
  mutating func add(_ error: RuntimeError, in sources: SourceSet) {
    code = error.code.rawValue
    job = job ?? error.job
    status = error.status
    guard let range = error.range else { return }
    file = sources[range.file].path
    line = sources[range.file].lines.position(at: Int(range.start)).line
  }

  /// Who has to look for it. The workflows inside of one are its own affair.
  static func level(of event: RunEvent) -> LogLevel {
    let isOutermost = event.workflows.count == 1
    return switch event.kind {
    case .workflowStarted, .workflowCompleted, .workflowCancelled: isOutermost ? .info : .debug
    case .workflowFailed: isOutermost ? .error : .debug
    case .jobStarted, .jobCompleted, .jobFailed, .jobCancelled, .interrupted, .answered, .streamEnded,
      .streamCancelled:
      .info
    case .attemptFailed, .jobFailureHandled, .notice: .warning
    case .streamFailed: .error
    case .firstByte, .jobRouted, .jobRewound, .usage: .debug
    }
  }

  private static func text(of event: RunEvent) -> String? {
    let job = "Job '\(event.job ?? "")'"
    let workflow = "Workflow '\(event.workflows.last ?? "")'"
    switch event.kind {
    case .workflowStarted: return "\(workflow) started."
    case .workflowCompleted(let isStream):
      return isStream ? "\(workflow) streams." : "\(workflow) completed\(duration(event))."
    case .workflowFailed(let error): return "\(workflow) failed\(duration(event)): \(error.message)"
    case .workflowCancelled: return "\(workflow) was cancelled\(duration(event))."
    case .jobStarted: return "\(job) started."
    case .jobCompleted(let isStream): return isStream ? "\(job) streams." : "\(job) completed."
    case .attemptFailed(let attempt, let count, let error, let delay):
      let next = "the next one in \(secondsText(delay))"
      return "\(job): attempt \(attempt) of \(count) failed, \(next): \(error.message)"
    case .jobFailureHandled(let error): return "\(job) failed, and the run goes on: \(error.message)"
    case .jobFailed(let error): return "\(job) failed: \(error.message)"
    case .jobCancelled: return "\(job) was cancelled."
    case .interrupted(let point):
      return "\(job) waits for an answer \(point.phase == .before ? "before it runs" : "to its result")."
    case .answered: return "\(job) was answered."
    case .streamEnded(let chunks): return "The stream of \(job.lowercasedFirst) ended after \(chunks) chunks."
    case .streamFailed(let chunks, let error):
      return "The stream of \(job.lowercasedFirst) failed after \(chunks) chunks: \(error.message)"
    case .streamCancelled(let chunks):
      return "The stream of \(job.lowercasedFirst) was cancelled after \(chunks) chunks."
    case .notice(let text): return "\(job): \(text)"
    case .firstByte: return "\(job): first byte."
    case .jobRouted(let target): return "\(job) leads to \(target.map { "job '\($0)'" } ?? "no job")."
    case .jobRewound: return "\(job) is to run again."
    case .usage: return nil
    }
  }

  private static func duration(_ event: RunEvent) -> String {
    event.workflows.count == 1 ? " in \(secondsText(event.time))" : ""
  }
}

extension RunEvent.Kind {
  fileprivate var error: RuntimeError? {
    switch self {
    case .attemptFailed(_, _, let error, _), .jobFailureHandled(let error), .jobFailed(let error),
      .workflowFailed(let error), .streamFailed(_, let error):
      error
    default: nil
    }
  }

  /// Whether the time of the event is how long the task took.
  fileprivate func endsTask(_ event: RunEvent) -> Bool {
    guard event.workflows.count == 1 else { return false }
    switch self {
    case .workflowCompleted(isStream: false), .workflowFailed, .workflowCancelled: return true
    default: return false
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
