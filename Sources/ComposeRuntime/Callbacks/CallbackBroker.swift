import Synchronization

/// Brings calls from outside to those who wait for them, by their ids.
///
/// A call that comes before anybody waits for its id is kept for a while: the reference loses it, and waits for ever.
/// One that was brought already is not kept when it comes again, as senders do that are not sure.
package final class CallbackBroker: Sendable {
  /// What a call tells of the work.
  package enum Outcome: Sendable {
    case done(Value)
    case failed(String)
  }

  /// How much is kept of what nobody waits for yet.
  package struct Limits: Sendable {
    package var count = 1000
    /// In bytes, about.
    package var size = 16 << 20
    /// In seconds.
    package var age = 600.0

    package init() {}
  }

  private let clock: any RunClock
  private let state: Mutex<State>

  package init(clock: any RunClock = SystemClock(), limits: Limits = Limits()) {
    self.clock = clock
    state = Mutex(State(limits: limits))
  }

  // MARK: Listening

  /// From now on calls can come.
  package func open() { state.withLock { $0.isOpen = true } }

  /// No call comes any more: who waits fails.
  package func close() {
    let waiting = state.withLock { $0.close() }
    for continuation in waiting { continuation.resume(returning: .failure(Self.closed)) }
  }

  fileprivate static let closed = RuntimeError(
    .unsupported, "nothing listens for callbacks here, so the end of the work would never be known")

  // MARK: Waiting

  /// Begins to wait for the call with an id. Of several who wait for the same, each gets one call, in their order.
  ///
  /// - Throws: `unsupported` when nothing listens for calls.
  package func expect(_ id: String) throws(RuntimeError) -> Ticket {
    guard let number = state.withLock({ $0.expect(id, at: clock.now) }) else { throw Self.closed }
    return Ticket(self, id: id, number: number)
  }

  /// Brings a call to who waits for it.
  ///
  /// - Parameter keeps: whether to keep it when nobody does yet. Where calls have no ids of their own, the next one to
  ///   wait would get what is meant for somebody else.
  package func deliver(_ outcome: Outcome, to id: String, keeps: Bool = true) {
    let continuation = state.withLock { $0.deliver(outcome, to: id, keeps: keeps, at: clock.now) }
    continuation?.resume(returning: .success(outcome))
  }

  /// How many wait, and how many calls are kept.
  package var counts: (waiting: Int, kept: Int) { state.withLock { ($0.waiters.count, $0.kept.count) } }

  fileprivate func wait(_ number: Int) async -> Result<Outcome, RuntimeError> {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let outcome = state.withLock { $0.park(number, continuation) }
        if let outcome { continuation.resume(returning: outcome) }
      }
    } onCancel: {
      forget(number)
    }
  }

  fileprivate func forget(_ number: Int) {
    let continuation = state.withLock { $0.forget(number) }
    continuation?.resume(returning: .failure(.cancelled))
  }
}

extension CallbackBroker {
  /// A place in the queue for an id. It is given up when nobody holds it any more.
  package final class Ticket: Sendable {
    private let broker: CallbackBroker
    private let id: String
    private let number: Int

    fileprivate init(_ broker: CallbackBroker, id: String, number: Int) {
      self.broker = broker
      self.id = id
      self.number = number
    }

    deinit { broker.forget(number) }

    /// Waits for the call. To be asked for once.
    ///
    /// - Throws: a `provider` error when the call tells of a failure; `cancelled` when the task is cancelled.
    package func value() async throws(RuntimeError) -> Value {
      switch try await broker.wait(number).get() {
      case .done(let value): return value
      case .failed(let reason):
        throw RuntimeError(.provider, "the callback for '\(id)' tells that the work has failed\(reason)")
      }
    }
  }
}

private struct State {
  typealias Continuation = CheckedContinuation<Result<CallbackBroker.Outcome, RuntimeError>, Never>

  enum Waiter {
    /// Has its place, and does not wait yet.
    case coming
    case waiting(Continuation)
    case served(CallbackBroker.Outcome)
  }

  struct Kept {
    let id: String
    let outcome: CallbackBroker.Outcome
    let size: Int
    let instant: MonotonicInstant
  }

  let limits: CallbackBroker.Limits
  var isOpen = false
  var waiters: [Int: Waiter] = [:]
  var kept: [Kept] = []
  private var queues: [String: [Int]] = [:]
  private var nextNumber = 0
  /// When calls were brought to their readers, the oldest first.
  private var served: [(id: String, instant: MonotonicInstant)] = []

  init(limits: CallbackBroker.Limits) { self.limits = limits }

  mutating func expect(_ id: String, at now: MonotonicInstant) -> Int? {
    guard isOpen else { return nil }
    nextNumber += 1
    removeOld(at: now)
    if let index = kept.firstIndex(where: { $0.id == id }) {
      waiters[nextNumber] = .served(kept.remove(at: index).outcome)
      noteServed(id, at: now)
    } else {
      waiters[nextNumber] = .coming
      queues[id, default: []].append(nextNumber)
    }
    return nextNumber
  }

  mutating func deliver(
    _ outcome: CallbackBroker.Outcome, to id: String, keeps: Bool, at now: MonotonicInstant
  ) -> Continuation? {
    removeOld(at: now)
    guard let number = queues[id]?.first else {
      if keeps { keep(Kept(id: id, outcome: outcome, size: outcome.approximateSize + id.utf8.count, instant: now)) }
      return nil
    }
    leaveQueue(number, of: id)
    noteServed(id, at: now)
    guard case .waiting(let continuation)? = waiters[number] else {
      waiters[number] = .served(outcome)
      return nil
    }
    waiters[number] = nil
    return continuation
  }

  mutating func park(_ number: Int, _ continuation: Continuation) -> Result<CallbackBroker.Outcome, RuntimeError>? {
    switch waiters[number] {
    case .served(let outcome)?:
      waiters[number] = nil
      return .success(outcome)
    case .coming?:
      guard isOpen else { return .failure(CallbackBroker.closed) }
      waiters[number] = .waiting(continuation)
      return nil
    // It was forgotten, because the task is cancelled.
    case .waiting?, nil: return .failure(.cancelled)
    }
  }

  mutating func forget(_ number: Int) -> Continuation? {
    guard let waiter = waiters.removeValue(forKey: number) else { return nil }
    for (id, queue) in queues where queue.contains(number) { leaveQueue(number, of: id) }
    if case .waiting(let continuation) = waiter { return continuation }
    return nil
  }

  mutating func close() -> [Continuation] {
    isOpen = false
    kept = []
    queues = [:]
    let continuations = waiters.values.compactMap { waiter in
      if case .waiting(let continuation) = waiter { continuation } else { nil }
    }
    waiters = waiters.filter { if case .waiting = $0.value { false } else { true } }
    return continuations
  }

  // MARK: Keeping

  private mutating func keep(_ call: Kept) {
    guard isOpen, !served.contains(where: { $0.id == call.id }), call.size <= limits.size, limits.count > 0 else {
      return
    }
    var size = kept.reduce(call.size) { $0 + $1.size }
    while let first = kept.first, kept.count >= limits.count || size > limits.size {
      size -= first.size
      kept.removeFirst()
    }
    kept.append(call)
  }

  private mutating func noteServed(_ id: String, at now: MonotonicInstant) {
    served.append((id, now))
    if served.count > limits.count { served.removeFirst() }
  }

  private mutating func removeOld(at now: MonotonicInstant) {
    let limit = limits.age
    kept.removeAll { now.seconds(since: $0.instant) > limit }
    served.removeAll { now.seconds(since: $0.instant) > limit }
  }

  private mutating func leaveQueue(_ number: Int, of id: String) {
    queues[id]?.removeAll { $0 == number }
    if queues[id]?.isEmpty == true { queues[id] = nil }
  }
}

extension CallbackBroker.Outcome {
  fileprivate var approximateSize: Int {
    switch self {
    case .done(let value): value.approximateSize
    case .failed(let reason): reason.utf8.count
    }
  }
}
