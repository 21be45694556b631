/// The time that a run lives in. Nothing in a run reads the machine's clock otherwise, so a test can turn the hands.
package protocol RunClock: Sendable {
  /// Seconds since 1970-01-01T00:00:00Z. It jumps when somebody sets the machine's clock.
  var secondsSinceEpoch: Double { get }

  /// Now on a clock that nobody sets.
  var now: MonotonicInstant { get }

  /// Waits until the instant; not at all when it has passed.
  ///
  /// - Throws: `cancelled` at once when the task is cancelled, also before the wait.
  func sleep(until instant: MonotonicInstant) async throws(RuntimeError)
}

extension RunClock {
  /// Waits so many seconds; not at all for zero and less.
  ///
  /// - Throws: `cancelled` at once when the task is cancelled.
  package func sleep(seconds: Double) async throws(RuntimeError) {
    try await sleep(until: now.advanced(seconds: max(0, seconds)))
  }

  /// Waits until the time of day is reached; not at all when it has passed. If somebody sets the machine's clock
  /// meanwhile, the new time counts, within a minute.
  ///
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  /// - Throws: `cancelled` at once when the task is cancelled.
  package func sleep(untilSecondsSinceEpoch seconds: Double) async throws(RuntimeError) {
    while case let rest = seconds - secondsSinceEpoch, rest > 0 { try await sleep(seconds: min(rest, 60)) }
  }

  /// The time of day in milliseconds, for ids that sort by it.
  package var millisecondsSinceEpoch: UInt64 { UInt64(max(0, secondsSinceEpoch) * 1000) }
}

/// A point on a clock that only goes forward. It means nothing outside of the process.
package struct MonotonicInstant: Hashable, Comparable, Sendable {
  /// Since a moment that the clock chooses.
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Later than every instant that comes.
  package static let distantFuture = MonotonicInstant(nanoseconds: .max)

  /// The instant that is so many seconds later, to the nanosecond above; ``distantFuture`` where it cannot be counted.
  package func advanced(seconds: Double) -> MonotonicInstant {
    guard let distance = Int64(exactly: (seconds * 1e9).rounded(.up)) else { return .distantFuture }
    let (sum, isOver) = nanoseconds.addingReportingOverflow(distance)
    return isOver ? .distantFuture : MonotonicInstant(nanoseconds: sum)
  }

  /// How much later this is than another instant, in seconds; negative when it is earlier.
  package func seconds(since other: MonotonicInstant) -> Double {
    if self == .distantFuture { return .infinity }
    return Double(nanoseconds - other.nanoseconds) / 1e9
  }

  package static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}
