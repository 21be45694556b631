/// When the attempts of a job with `retry` begin, as the reference counts: it waits `delay` after the first failure,
/// the same again after each other one or twice as long, and never longer than `max_delay`.
package struct RetrySchedule: Hashable, Sendable {
  /// How often the job runs at most, the first time included.
  package let attempts: Int
  /// In seconds, like all times here.
  package let delay: Double
  package let isExponential: Bool
  package let longestDelay: Double?

  package init(attempts: Int, delay: Double, isExponential: Bool = false, longestDelay: Double? = nil) {
    self.attempts = attempts
    self.delay = delay
    self.isExponential = isExponential
    self.longestDelay = longestDelay
  }

  /// How long is waited before an attempt; the first has number 1 and no wait.
  package func wait(before attempt: Int) -> Double {
    guard attempt > 1 else { return 0 }
    var wait = delay
    if isExponential {
      // Doubling 1,100 times passes every number.
      for _ in 0..<min(attempt - 2, 1100) { wait *= 2 }
    }
    return max(longestDelay.map { min(wait, $0) } ?? wait, 0)
  }

  /// The first attempt that cannot begin within a limit, and when it would, even if all others fail at once.
  package func firstAttempt(beyond limit: Double) -> (number: Int, start: Double)? {
    var start = 0.0
    for attempt in 1...max(1, min(attempts, 100_000)) {
      start += wait(before: attempt)
      if start >= limit, attempt > 1 { return (attempt, start) }
    }
    return nil
  }
}
