package import ComposeSema

/// When a job that failed is tried again, and when not any more.
///
/// The schedule is the reference's. Ours are: a random part on top of each wait, so that callers which failed together
/// do not come back together; the wait that a provider asks for; the deadline; and errors that cannot get better.
package struct RetryPolicy: Sendable {
  package let schedule: RetrySchedule

  /// By how much a wait is lengthened at most, as a part of it. It is never shortened: the file's delay is a minimum.
  package static let longestJitter = 0.1

  package init(_ schedule: RetrySchedule) { self.schedule = schedule }

  /// One attempt: `retry` is not written.
  package static let once = RetryPolicy(RetrySchedule(attempts: 1, delay: 0))

  /// What follows from a failed attempt.
  package enum Decision: Sendable {
    /// Another attempt after so many seconds.
    case again(seconds: Double)
    /// None, and the error to report.
    case end(RuntimeError)
  }

  /// What follows from a failed attempt.
  ///
  /// - Parameters:
  ///   - attempt: the number of the attempt that failed, from 1 on.
  ///   - hasAnswered: whether the client has a part of the result already; then nothing can be taken back.
  package func decision(
    after error: RuntimeError, attempt: Int, hasAnswered: Bool = false, deadline: Deadline? = nil,
    now: MonotonicInstant, random: RandomSource
  ) -> Decision {
    guard attempt < schedule.attempts, error.mayGetBetter, !hasAnswered else { return .end(error) }
    var random = random
    let least = max(schedule.wait(before: attempt + 1), error.asksToWait ?? 0)
    let wait = least * (1 + Self.longestJitter * random.fraction())
    guard let deadline, wait >= deadline.remaining(at: now) else { return .again(seconds: wait) }
    let reason =
      " (attempt \(attempt) of \(schedule.attempts): the time of \(deadline.subject), \(durationText(deadline.limit)), "
      + "does not allow another)"
    return .end(error.saying(error.message + reason))
  }

  /// Runs an operation until an attempt succeeds or no other follows.
  ///
  /// - Parameters:
  ///   - hasAnswered: whether the client has a part of the result already; asked after each failure.
  ///   - onRetry: told before each wait: the number of the attempt that failed, its error, and the wait in seconds.
  ///   - operation: is given the number of the attempt.
  /// - Throws: the error of the last attempt; `cancelled` when the task is cancelled during a wait.
  package func run<Output>(
    clock: any RunClock, random: RandomSource, deadline: Deadline? = nil, hasAnswered: () -> Bool = { false },
    onRetry: (Int, RuntimeError, Double) -> Void = { _, _, _ in },
    _ operation: (Int) async throws(RuntimeError) -> Output
  ) async throws(RuntimeError) -> Output {
    var attempt = 1
    while true {
      let failure: RuntimeError
      do throws(RuntimeError) { return try await operation(attempt) } catch { failure = error }
      switch decision(
        after: failure, attempt: attempt, hasAnswered: hasAnswered(), deadline: deadline, now: clock.now, random: random
      )
      {
      case .end(let error): throw error
      case .again(let seconds):
        onRetry(attempt, failure, seconds)
        try await clock.sleep(seconds: seconds)
      }
      attempt += 1
    }
  }
}

extension RuntimeError {
  /// Whether the same attempt may succeed later. The reference tries again after every error.
  package var mayGetBetter: Bool {
    switch code {
    case .cancelled, .deadlock, .invalidInput, .limit, .unanswered, .unknownWorkflow, .unsupported: false
    case .value, .provider, .protocolViolation, .connection, .timeout, .internal: true
    }
  }

  /// How long a provider that has too much to do (429, 503) asks to wait, in seconds.
  fileprivate var asksToWait: Double? { status == 429 || status == 503 ? retryAfter : nil }
}
