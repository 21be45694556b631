import ComposeBasic
import ComposePlan
import ComposeRuntime
import Synchronization

/// Spreads the calls of a component over time (`rate_limit`). They go in the order in which they come; one that is
/// cancelled while it waits counts as none.
///
/// It is a bucket of tokens that fills at an even rate, a least distance between two calls, or both, as in the
/// reference.
final class RateLimiter: Sendable {
  private let template: PlanTemplate
  private let queue = Limiter(1)
  private let state = Mutex<State?>(nil)

  /// - Parameter template: the field of the component.
  init(_ template: PlanTemplate) { self.template = template }

  /// Waits until the next call may go.
  ///
  /// - Throws: `value` when the field says no rate, `cancelled` when the task is cancelled.
  func wait(on clock: any RunClock) async throws(RuntimeError) {
    try await queue.withSlot { () async throws(RuntimeError) in
      guard let instant = try await next(clock.now) else { return }
      try await clock.sleep(until: instant)
      state.withLock { $0?.take(at: max(instant, clock.now)) }
    }
  }

  /// When the next call may go; `nil` without a limit.
  private func next(_ now: MonotonicInstant) async throws(RuntimeError) -> MonotonicInstant? {
    if let known = state.withLock({ $0?.next(from: now) }) { return known }
    let value = try await Evaluator(Scope()).evaluate(template)
    if value.isNull { return nil }
    guard let rate = RateLimit(value) else {
      throw RuntimeError(.value, "'rate_limit' must be a rate such as 10/1s", range: template.range)
    }
    return state.withLock { state in
      var first = State(rate: rate, now: now)
      let instant = first.next(from: now)
      state = first
      return instant
    }
  }

  /// The tokens, counted only when a call looks at them.
  private struct State {
    let rate: RateLimit
    private var tokens: Double
    private var counted: MonotonicInstant
    private var earliest: MonotonicInstant?

    init(rate: RateLimit, now: MonotonicInstant) {
      self.rate = rate
      tokens = rate.bucket?.capacity ?? 0
      counted = now
    }

    mutating func next(from now: MonotonicInstant) -> MonotonicInstant {
      refill(at: now)
      var instant = now
      if let bucket = rate.bucket, tokens < 1 {
        instant = now.advanced(seconds: (1 - tokens) / bucket.perSecond)
      }
      if let earliest, instant < earliest { instant = earliest }
      return instant
    }

    mutating func take(at now: MonotonicInstant) {
      refill(at: now)
      tokens -= 1
      earliest = rate.interval.map { now.advanced(seconds: $0) }
    }

    private mutating func refill(at now: MonotonicInstant) {
      guard let bucket = rate.bucket, counted < now else { return }
      tokens = min(bucket.capacity, tokens + now.seconds(since: counted) * bucket.perSecond)
      counted = now
    }
  }
}

/// What `rate_limit` says.
struct RateLimit: Hashable, Sendable {
  struct Bucket: Hashable, Sendable {
    let perSecond: Double
    /// How many calls may go at once.
    let capacity: Double
  }

  let bucket: Bucket?
  /// The least time between two calls, in seconds.
  let interval: Double?

  /// `10/1s`, `10/s`, or an object with `requests`, `period`, `burst` and `interval`; `nil` for anything else.
  init?(_ value: Value) {
    switch value {
    case .text(let text):
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { String($0).trimmingBlanks }
      guard parts.count == 2, let requests = Int(parts[0]),
        let period = Self.seconds(.text(parts[1].first?.isNumber == true ? parts[1] : "1" + parts[1]))
      else { return nil }
      self.init(requests: requests, period: period, burst: nil, interval: nil)
    case .object(let object):
      func count(_ name: String) -> Int?? {
        guard let value = object[name], !value.isNull else { return .some(nil) }
        guard case .integer(let count)? = try? value.castInteger() else { return nil }
        return count
      }
      func length(_ name: String) -> Double?? {
        guard let value = object[name], !value.isNull else { return .some(nil) }
        return Self.seconds(value).map { .some($0) }
      }
      guard let requests = count("requests"), let burst = count("burst"), let period = length("period"),
        let interval = length("interval")
      else { return nil }
      self.init(requests: requests, period: period, burst: burst, interval: interval)
    default: return nil
    }
  }

  private init?(requests: Int?, period: Double?, burst: Int?, interval: Double?) {
    guard requests != nil || interval != nil, requests ?? 1 > 0, burst ?? 1 > 0 else { return nil }
    bucket = requests.map { Bucket(perSecond: Double($0) / (period ?? 1), capacity: Double(burst ?? $0)) }
    self.interval = interval
  }

  /// A time that is more than none.
  private static func seconds(_ value: Value) -> Double? {
    guard let seconds = try? ComposeRuntime.seconds(of: value), seconds > 0 else { return nil }
    return seconds
  }
}
