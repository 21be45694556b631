import ComposeBasic
import ComposePlan
import Synchronization

/// Events for people: a line each, with the time, the job and how long it took.
package final class EventLog: Sendable {
  /// When each job that is under way began. One that is under way several times at once has several entries.
  private let starts = Mutex<[String: [Double]]>([:])

  package init() {}

  /// `0.312 s  job 'ask': first byte`, with a line feed.
  package func line(_ event: RunEvent) -> String {
    let took = duration(of: event).map { " after \(secondsText($0))" } ?? ""
    let time = secondsText(event.time, decimals: 3)
    let blanks = String(repeating: " ", count: max(0, 10 - time.count))
    return safeText("\(blanks)\(time)  \(subject(of: event)): \(text(of: event.kind, took))") + "\n"
  }

  /// The nested workflows that lead to it, and the job or the workflow.
  private func subject(of event: RunEvent) -> String {
    var parts = event.workflows.dropFirst().map { "\($0) › " }.joined()
    if let job = event.job {
      parts += job == "__job__" ? "job" : "job '\(job)'"
    } else if event.workflows.count > 1 {
      parts.removeLast(3)
    } else {
      parts = event.workflows.first.map { $0 == "__workflow__" ? "workflow" : "workflow '\($0)'" } ?? "workflow"
    }
    return parts
  }

  private func text(of kind: RunEvent.Kind, _ took: String) -> String {
    switch kind {
    case .workflowStarted: "started"
    case .jobStarted(let run): run == 1 ? "started" : "started for the \(ordinal(run)) time"
    case .attemptFailed(let attempt, let count, let error, let delay):
      "attempt \(attempt) of \(count) failed: \(error.message); the next one in \(secondsText(delay))"
    case .interrupted(let point): "waits for an answer \(point.phase == .before ? "before it runs" : "to its result")"
    case .answered: "answered"
    case .firstByte: "first byte"
    case .usage(let usage): "usage \(usage.jsonText)"
    case .notice(let text): text
    case .jobCompleted(let isStream), .workflowCompleted(let isStream):
      isStream ? "streams" + took : "completed" + took
    case .jobFailureHandled(let error): "failed\(took), and the run goes on: \(error.message)"
    case .jobRouted(let target): "leads to " + (target.map { "job '\($0)'" } ?? "no job") + took
    case .jobRewound: "is to run again"
    case .jobFailed(let error), .workflowFailed(let error): "failed\(took): \(error.message)"
    case .jobCancelled, .workflowCancelled: "cancelled" + took
    case .streamEnded(let chunks): "stream ended, \(counted(chunks))"
    case .streamFailed(let chunks, let error): "stream failed, \(counted(chunks)): \(error.message)"
    case .streamCancelled(let chunks): "stream cancelled, \(counted(chunks))"
    }
  }

  // MARK: Times

  /// How long what ends here took; `nil` when it is not known which of several it is.
  private func duration(of event: RunEvent) -> Double? {
    let key = (event.workflows + [event.job ?? ""]).joined(separator: "\n")
    return starts.withLock { starts in
      switch event.kind {
      case .workflowStarted, .jobStarted: starts[key, default: []].append(event.time)
      case .jobFailureHandled: return starts[key]?.count == 1 ? starts[key].map { event.time - $0[0] } : nil
      case .jobCompleted, .jobRouted, .jobFailed, .jobCancelled, .workflowCompleted, .workflowFailed,
        .workflowCancelled:
        guard var running = starts[key], !running.isEmpty else { return nil }
        let start = running.removeFirst()
        starts[key] = running.isEmpty ? nil : running
        return running.isEmpty ? event.time - start : nil
      case .attemptFailed, .interrupted, .answered, .firstByte, .usage, .notice, .jobRewound, .streamEnded,
        .streamFailed, .streamCancelled:
        break
      }
      return nil
    }
  }
}

private func ordinal(_ number: Int) -> String {
  switch (number % 10, number % 100) {
  case (_, 11...13): "\(number)th"
  case (1, _): "\(number)st"
  case (2, _): "\(number)nd"
  case (3, _): "\(number)rd"
  default: "\(number)th"
  }
}

/// `3 chunks`.
func counted(_ chunks: Int) -> String { chunks == 1 ? "1 chunk" : "\(chunks) chunks" }

/// Seconds with so many decimals and the unit: `1.20 s`.
package func secondsText(_ seconds: Double, decimals: Int = 2) -> String {
  let scale = decimals == 3 ? 1000 : 100
  guard let units = Int(exactly: (max(0, seconds) * Double(scale)).rounded()) else { return "∞ s" }
  let fraction = String(units % scale)
  return "\(units / scale).\(String(repeating: "0", count: max(0, decimals - fraction.count)))\(fraction) s"
}
