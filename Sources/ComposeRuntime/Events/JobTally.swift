import ComposeBasic
package import ComposePlan
import Synchronization

/// Keeps track of what became of the jobs of a workflow, so that a run that fails can tell what was done and what not.
/// Jobs of nested workflows belong to the job that runs them.
package final class JobTally: RunObserver {
  fileprivate enum Fate {
    case started(Double)
    case completed(startedAt: Double)
    case cancelled(after: Double, chunks: Int?)
    case failed
  }

  private let fates = Mutex<[String: Fate]>([:])
  private let jobs: [String]

  package init(_ workflow: WorkflowPlan) { jobs = workflow.nodes.map(\.name) }

  package func observe(_ event: RunEvent) {
    guard event.workflows.count == 1, let job = event.job else { return }
    fates.withLock { fates in
      let start = fates[job]?.start ?? event.time
      switch event.kind {
      case .jobStarted: fates[job] = .started(event.time)
      case .jobCompleted, .jobRouted: fates[job] = .completed(startedAt: start)
      case .jobCancelled: fates[job] = .cancelled(after: event.time - start, chunks: nil)
      case .streamCancelled(let chunks): fates[job] = .cancelled(after: event.time - start, chunks: chunks)
      case .jobFailed, .streamFailed: fates[job] = .failed
      case .jobRewound: fates[job] = nil
      case .workflowStarted, .attemptFailed, .interrupted, .answered, .firstByte, .usage, .notice,
        .jobFailureHandled, .streamEnded, .workflowCompleted, .workflowFailed, .workflowCancelled:
        break
      }
    }
  }

  /// What became of the jobs besides those that failed, in one line; `nil` when the workflow has only one job.
  ///
  /// `completed: a, b · cancelled: c (after 1.20 s, 3 chunks) · not started: d`
  package var summary: String? {
    guard jobs.count > 1 else { return nil }
    let fates = fates.withLock { $0 }
    var completed: [String] = []
    var cancelled: [String] = []
    var waiting: [String] = []
    for job in jobs {
      switch fates[job] {
      case .completed: completed.append(job)
      case .cancelled(let time, let chunks):
        let count = chunks.map { ", \(counted($0))" } ?? ""
        cancelled.append("\(job) (after \(secondsText(time))\(count))")
      // The run was ended before it could tell.
      case .started: cancelled.append(job)
      case .failed: continue
      case nil: waiting.append(job)
      }
    }
    let parts = [("completed", completed), ("cancelled", cancelled), ("not started", waiting)]
      .filter { !$0.1.isEmpty }.map { "\($0.0): \(list($0.1))" }
    return parts.isEmpty ? nil : safeText(parts.joined(separator: " · "))
  }

  private static let shownJobs = 20

  private func list(_ names: [String]) -> String {
    let rest = names.count - Self.shownJobs
    return names.prefix(Self.shownJobs).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension JobTally.Fate {
  fileprivate var start: Double? {
    switch self {
    case .started(let time), .completed(let time): time
    case .cancelled, .failed: nil
    }
  }
}
