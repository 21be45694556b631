/// How many tasks a service holds, and for how long.
package struct TaskLimits: Sendable {
  /// How many may be under way or wait for their turn or for an answer.
  package var maximumLiveCount = 10_000
  /// How many that have ended are kept.
  package var maximumEndedCount = 1_000
  /// How many bytes those that have ended may hold together.
  package var maximumEndedBytes = 64 << 20
  /// How long one that has ended is kept.
  package var maximumAge = Duration.seconds(3_600)
  /// How much of a stream is kept for those who come again or later, in bytes.
  package var replayCapacity = 1 << 20
  /// How long a stream waits for a reader when there is no more room, before it is given up.
  package var unattendedTime = Duration.seconds(300)
  /// How long a task waits for an answer before it is given up.
  package var answerTime = Duration.seconds(24 * 3_600)

  package init() {}
}
