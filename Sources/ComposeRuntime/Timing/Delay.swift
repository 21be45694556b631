/// What a job of type `delay` waits for, with its values in place.
package enum Delay: Sendable {
  /// So many seconds.
  case interval(Double)
  case until(PointInTime)
  /// Nothing: the interval or the time is empty.
  case none

  /// `mode: time-interval`. An empty duration is none, and a negative one is over already.
  ///
  /// - Throws: a `value` error for what is no duration.
  package init(duration: Value) throws(RuntimeError) {
    let length = duration.isTruthy ? try seconds(of: duration) ?? 0 : 0
    self = length > 0 ? .interval(length) : .none
  }

  /// `mode: specific-time`. A point in time that has passed is not waited for.
  ///
  /// - Throws: what ``PointInTime/init(_:timeZone:zones:)`` throws.
  package init(time: Value, timeZone: Value, zones: TimeZones) throws(RuntimeError) {
    self = try PointInTime(time, timeZone: timeZone, zones: zones).map { .until($0) } ?? .none
  }

  /// Waits.
  ///
  /// - Throws: `cancelled` at once when the task is cancelled.
  package func wait(on clock: any RunClock) async throws(RuntimeError) {
    switch self {
    case .interval(let seconds): try await clock.sleep(seconds: seconds)
    case .until(let point): try await clock.sleep(untilSecondsSinceEpoch: point.secondsSinceEpoch)
    case .none: return
    }
  }
}
