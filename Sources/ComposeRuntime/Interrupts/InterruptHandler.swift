package import ComposeBasic
package import ComposePlan

/// A place where a run stopped, and what it asks.
package struct InterruptPoint: Sendable {
  /// Names the point in answers; unique in the run.
  package let id: String
  package let runID: String
  package let workflow: String
  package let job: String
  package let phase: JobPhase
  package let message: Value
  package let metadata: Value
  /// Where the interrupt is written.
  package let range: SourceRange
}

/// Answers for a run that stopped.
package protocol InterruptHandler: Sendable {
  /// An answer for each point, in their order. Null keeps the job's input, or what it gave; anything else takes its
  /// place.
  ///
  /// - Throws: when there is nobody to ask; the jobs fail with that error then.
  func answers(to points: [InterruptPoint]) async throws(RuntimeError) -> [Value]
}

/// Nobody answers.
package struct NoInterruptHandler: InterruptHandler {
  package init() {}

  package func answers(to points: [InterruptPoint]) async throws(RuntimeError) -> [Value] {
    throw RuntimeError(.unanswered, "the run stops for an answer, and there is nobody to ask")
  }
}
