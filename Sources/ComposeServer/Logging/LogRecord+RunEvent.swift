package import ComposeBasic
import ComposePlan
package import ComposeRuntime

extension LogRecord {
  /// What the log says of an event in a run; `nil` for what it does not speak of.
  ///
  /// Nothing of what is asked or answered is in it: only names, durations, and why something failed.
  package init?(_ event: RunEvent, task: String, time: UInt64, in sources: SourceSet) {
    guard let (level, message) = Self.text(of: event) else { return nil }
    self.init(time: time, level, message)
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

  private static func text(of event: RunEvent) -> (LogLevel, String)? {
    let job = "Job '\(event.job ?? "")'"
    let workflow = "Workflow '\(event.workflows.last ?? "")'"
    let isOutermost = event.workflows.count == 1
    // The workflows inside of one are its own affair.
    let level = isOutermost ? LogLevel.info : .debug
    switch event.kind {
    case .workflowStarted: return (level, "\(workflow) started.")
    case .workflowCompleted(let isStream):
      return (level, isStream ? "\(workflow) streams." : "\(workflow) completed\(duration(event)).")
    case .workflowFailed(let error):
      return (isOutermost ? .error : .debug, "\(workflow) failed\(duration(event)): \(error.message)")
    case .workflowCancelled: return (level, "\(workflow) was cancelled\(duration(event)).")
    case .jobStarted: return (.info, "\(job) started.")
    case .jobCompleted(let isStream): return (.info, isStream ? "\(job) streams." : "\(job) completed.")
    case .attemptFailed(let attempt, let count, let error, let delay):
      let next = "the next one in \(secondsText(delay))"
      return (.warning, "\(job): attempt \(attempt) of \(count) failed, \(next): \(error.message)")
    case .jobFailureHandled(let error): return (.warning, "\(job) failed, and the run goes on: \(error.message)")
    case .jobFailed(let error): return (.info, "\(job) failed: \(error.message)")
    case .jobCancelled: return (.info, "\(job) was cancelled.")
    case .interrupted(let point):
      return (.info, "\(job) waits for an answer \(point.phase == .before ? "before it runs" : "to its result").")
    case .answered: return (.info, "\(job) was answered.")
    case .streamEnded(let chunks): return (.info, "The stream of \(job.lowercasedFirst) ended after \(chunks) chunks.")
    case .streamFailed(let chunks, let error):
      return (.error, "The stream of \(job.lowercasedFirst) failed after \(chunks) chunks: \(error.message)")
    case .streamCancelled(let chunks):
      return (.info, "The stream of \(job.lowercasedFirst) was cancelled after \(chunks) chunks.")
    case .notice(let text): return (.warning, "\(job): \(text)")
    case .firstByte: return (.debug, "\(job): first byte.")
    case .jobRouted(let target): return (.debug, "\(job) leads to \(target.map { "job '\($0)'" } ?? "no job").")
    case .jobRewound: return (.debug, "\(job) is to run again.")
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
