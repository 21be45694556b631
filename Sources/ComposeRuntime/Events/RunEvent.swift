package import ComposeBasic

/// Something that happened in a run, for those who watch it.
package struct RunEvent: Sendable {
  /// What happened.
  package enum Kind: Sendable {
    /// The workflow begins. Nested workflows have such events too.
    case workflowStarted
    /// A job begins.
    ///
    /// - Parameter run: counts the times that this run came to the job, from 1.
    case jobStarted(run: Int)
    /// An attempt of the job failed and another one follows.
    ///
    /// - Parameters:
    ///   - attempt: counts from 1.
    ///   - delay: seconds until the next one.
    case attemptFailed(attempt: Int, of: Int, RuntimeError, delay: Double)
    /// The run stops here and asks.
    case interrupted(InterruptPoint)
    case answered(InterruptPoint)
    /// The first chunk of the job's stream was read.
    case firstByte
    /// What a provider says that the call has used.
    case usage(Value)
    /// Something that the result does not show and somebody should know.
    case notice(String)
    /// The job gives a value, or a stream that has not ended yet.
    case jobCompleted(isStream: Bool)
    /// The job failed, and the file says how the run goes on.
    case jobFailureHandled(RuntimeError)
    /// The job chose another one; `nil` when no job follows.
    case jobRouted(to: String?)
    /// A route leads back to the job: what it gave does not count any more.
    case jobRewound
    case jobFailed(RuntimeError)
    case jobCancelled
    /// The job's stream has ended.
    case streamEnded(chunks: Int)
    case streamFailed(chunks: Int, RuntimeError)
    /// Nobody reads the rest of the job's stream.
    case streamCancelled(chunks: Int)
    /// The workflow gives its result, or a stream that has not ended yet.
    case workflowCompleted(isStream: Bool)
    case workflowFailed(RuntimeError)
    case workflowCancelled
  }

  package let kind: Kind
  /// The workflows that are under way, from the outermost; the last one is the event's.
  package let workflows: [String]
  /// The id of the job; `nil` for events of workflows.
  package let job: String?
  /// Seconds since the run began.
  package let time: Double
  /// Where the job or the workflow is written.
  package let range: SourceRange

  package init(kind: Kind, workflows: [String], job: String?, time: Double, range: SourceRange) {
    self.kind = kind
    self.workflows = workflows
    self.job = job
    self.time = time
    self.range = range
  }
}

/// Watches a run.
package protocol RunObserver: Sendable {
  /// Called for every event, from any task, and in the order in which things happened as far as one caused the other.
  /// It must not wait.
  func observe(_ event: RunEvent)
}
