import Glibc

/// When a transfer has waited too long. Times are nanoseconds of one monotonic clock.
///
/// The limit to connect is libcurl's.
struct TransferDeadlines: Sendable {
  typealias Instant = UInt64

  private enum Phase {
    case waiting(since: Instant)
    /// A body is streamed, and the server has to take it.
    case sending(since: Instant)
    /// The source of the body has nothing for now, so silence is not the provider's fault.
    case starved
    case reading(since: Instant)
    /// The reader wants no more for now, so silence is not the provider's fault.
    case paused
  }

  private let timeouts: HTTPTimeouts
  private let start: Instant
  private var phase: Phase
  private var end = Instant.max

  init(_ timeouts: HTTPTimeouts, start: Instant) {
    self.timeouts = timeouts
    self.start = start
    phase = .waiting(since: start)
  }

  /// A redirect begins with a request of its own, but the limits go on.
  mutating func restarted(at now: Instant) {
    if case .waiting = phase { return }
    phase = .waiting(since: now)
  }

  /// A part of the request's body is on its way.
  mutating func sent(at now: Instant) {
    switch phase {
    case .waiting, .sending, .starved: phase = .sending(since: now)
    case .reading: phase = .reading(since: now)
    case .paused: break
    }
  }

  /// The source of the request's body has nothing yet.
  mutating func starved() {
    if case .reading = phase { return }
    if case .paused = phase { return }
    phase = .starved
  }

  /// All of the request's body is on its way: the wait for the answer begins.
  mutating func sentAll(at now: Instant) {
    switch phase {
    case .waiting, .sending, .starved: phase = .waiting(since: now)
    case .reading, .paused: break
    }
  }

  /// The answer's head is complete, or more of its body came, or the reader wants more again.
  mutating func progressed(at now: Instant) { phase = .reading(since: now) }

  mutating func paused() { phase = .paused }

  /// The rest interests nobody, and has a quarter of a second.
  mutating func left(at now: Instant) { end = now + 250_000_000 }

  /// The limit that is reached first as things stand.
  var next: (timeout: HTTPError.Timeout, at: Instant)? {
    let limit = min(end, timeouts.total.map { start.advanced(seconds: $0) } ?? .max)
    let total = limit == .max ? nil : (HTTPError.Timeout.total, limit)
    let phaseLimit: (HTTPError.Timeout, Instant)? =
      switch phase {
      case .waiting(let since): timeouts.firstByte.map { (.firstByte, since.advanced(seconds: $0)) }
      case .sending(let since), .reading(let since): timeouts.idle.map { (.idle, since.advanced(seconds: $0)) }
      case .starved, .paused: nil
      }
    guard let phaseLimit else { return total }
    guard let total, total.1 < phaseLimit.1 else { return phaseLimit }
    return total
  }

  /// The error for a limit that was passed.
  func error(_ timeout: HTTPError.Timeout, host: String) -> HTTPError {
    switch timeout {
    case .connect: HTTPError(.timeout(.connect), "no connection to \(host) within \(text(timeouts.connect))")
    case .firstByte: HTTPError(.timeout(.firstByte), "no answer from \(host) within \(text(timeouts.firstByte))")
    case .idle: HTTPError(.timeout(.idle), idleMessage(host))
    case .total: HTTPError(.timeout(.total), "the exchange with \(host) took longer than \(text(timeouts.total))")
    }
  }

  private func idleMessage(_ host: String) -> String {
    if case .sending = phase { return "\(host) took nothing for \(text(timeouts.idle)) in mid-request" }
    return "\(host) sent nothing for \(text(timeouts.idle)) in mid-answer"
  }

  private func text(_ seconds: Double?) -> String {
    guard let seconds else { return "the limit of libcurl" }
    return Int(exactly: seconds).map { "\($0) s" } ?? "\(seconds) s"
  }
}

extension UInt64 {
  fileprivate func advanced(seconds: Double) -> UInt64 {
    // About 292 years: beyond that, and for "not a number", there is no limit.
    guard seconds < 9_000_000_000 else { return .max }
    return addingReportingOverflow(UInt64(Swift.max(0, seconds) * 1_000_000_000)).partialValue
  }
}

/// The clock of all deadlines, in nanoseconds.
func monotonicNow() -> TransferDeadlines.Instant {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
