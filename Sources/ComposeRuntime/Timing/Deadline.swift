/// By when something must be done, and what it is, for the message when it is not.
package struct Deadline: Sendable {
  package let instant: MonotonicInstant
  /// What has the time, as a message begins: `workflow 'chat'`.
  package let subject: String
  /// How much time it had, in seconds.
  package let limit: Double

  package init(_ subject: String, seconds limit: Double, from start: MonotonicInstant) {
    self.subject = subject
    self.limit = limit
    instant = start.advanced(seconds: max(0, limit))
  }

  /// Seconds until it is over; zero when it is.
  package func remaining(at now: MonotonicInstant) -> Double { max(0, instant.seconds(since: now)) }

  package func isOver(at now: MonotonicInstant) -> Bool { instant <= now }

  /// What a part has when the whole has a deadline too: the sooner one.
  package static func sooner(_ outer: Deadline?, _ inner: Deadline?) -> Deadline? {
    guard let outer, let inner else { return outer ?? inner }
    return inner.instant < outer.instant ? inner : outer
  }

  /// The error of whatever did not finish in time.
  package var error: RuntimeError {
    RuntimeError(.timeout, "\(subject) did not finish within \(durationText(limit))")
  }
}

/// Runs an operation, and ends it when its deadline is over. Without a deadline it costs nothing.
///
/// The deadline does not watch a stream that the operation has given in time.
///
/// - Parameter discard: gets what the operation gives too late.
/// - Throws: ``Deadline/error`` when the deadline is over, also before the operation begins; else what it throws.
package func run<Output: Sendable>(
  within deadline: Deadline?, on clock: any RunClock, discard: (Output) -> Void,
  _ operation: @escaping @Sendable () async throws(RuntimeError) -> Output
) async throws(RuntimeError) -> Output {
  guard let deadline else { return try await operation() }
  guard !deadline.isOver(at: clock.now) else { throw deadline.error }
  return try await withTaskGroup(of: Race<Output>.self, returning: Result<Output, RuntimeError>.self) { group in
    group.addTask {
      do throws(RuntimeError) { return .finished(try await operation()) } catch { return .failed(error) }
    }
    group.addTask {
      do throws(RuntimeError) { try await clock.sleep(until: deadline.instant) } catch { return .cancelled }
      return .over
    }
    var isOver = false
    while let event = await group.next() {
      switch event {
      case .over:
        isOver = true
        group.cancelAll()
      // The task itself is cancelled, and so is the operation, which says how it ended.
      case .cancelled: continue
      case .finished(let value):
        group.cancelAll()
        guard isOver else { return .success(value) }
        discard(value)
        return .failure(deadline.error)
      case .failed(let error):
        group.cancelAll()
        return .failure(isOver ? deadline.error : error)
      }
    }
    return .failure(.cancelled)
  }.get()
}

private enum Race<Output: Sendable>: Sendable {
  case finished(Output)
  case failed(RuntimeError)
  case over
  case cancelled
}

/// Seconds as people write them in a file: `30s`, `500ms`.
package func durationText(_ seconds: Double) -> String {
  let unit = seconds > 0 && seconds < 1 ? "ms" : "s"
  let text = floatText(unit == "ms" ? (seconds * 1_000_000).rounded() / 1000 : (seconds * 1000).rounded() / 1000)
  return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + unit
}
