/// Where a task stands (runtime specification, section 4.2):
///
/// ```
/// pending → processing → (interrupted ⇄ processing)* → streaming? → completed | failed | cancelled
/// ```
///
/// with `cancelling` before `cancelled`.
package enum TaskStatus: String, CaseIterable, Sendable {
  /// Waits until fewer runs are under way.
  case pending
  case processing
  /// Stopped for answers.
  case interrupted
  /// The output has begun to come and has not ended.
  case streaming
  case completed
  case failed
  /// Was told to end and has not ended yet.
  case cancelling
  case cancelled

  /// Whether nothing can follow.
  package var isFinal: Bool { self == .completed || self == .failed || self == .cancelled }
}
