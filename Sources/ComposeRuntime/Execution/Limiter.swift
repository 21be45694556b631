import Synchronization

/// Lets a bounded number of works run at the same time; the others wait in the order in which they came
/// (`max_concurrent_count`).
///
/// In the reference the work of a component ends when its result is there, even if that is a stream which still runs,
/// and the work of a task ends with its stream: use ``withSlot(_:)`` for the one and ``Value/holding(_:)`` for the other.
package final class Limiter: Sendable {
  private let state: Mutex<State>

  /// - Parameter count: `max_concurrent_count`; zero and less is no limit.
  package init(_ count: Int) { state = Mutex(State(limit: count > 0 ? count : .max)) }

  /// How many slots are taken.
  package var running: Int { state.withLock { $0.running } }

  /// How many wait for a slot.
  package var waiting: Int { state.withLock { $0.waiting } }

  /// Runs a function as soon as there is a slot for it.
  ///
  /// - Throws: `cancelled` when the task is cancelled before that, and what the function throws.
  package func withSlot<Content>(
    _ body: () async throws(RuntimeError) -> Content
  ) async throws(RuntimeError) -> Content {
    let slot = try await acquire()
    defer { slot.release() }
    return try await body()
  }

  /// Waits for a slot.
  ///
  /// - Throws: `cancelled` when the task is cancelled before there is one.
  package func acquire() async throws(RuntimeError) -> Slot {
    if Task.isCancelled { throw .cancelled }
    guard let number = state.withLock({ $0.enter() }) else { return Slot(self) }
    let isGranted = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answer = state.withLock { $0.wait(number, continuation) }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      state.withLock { $0.leave(number) }?.resume(returning: false)
    }
    guard isGranted else { throw .cancelled }
    return Slot(self)
  }

  fileprivate func release() {
    state.withLock { $0.release() }?.resume(returning: true)
  }
}

extension Limiter {
  /// The right to run. It is given back once: on request, or when nobody holds it any more.
  package final class Slot: Sendable {
    private let limiter: OneValue<Limiter>

    fileprivate init(_ limiter: Limiter) { self.limiter = OneValue(limiter) }

    deinit { release() }

    /// Gives the slot back; harmless when called again.
    package func release() { limiter.take()?.release() }
  }
}

/// Who runs and who waits. Everything that is to be resumed is given back, and is resumed without the lock.
private struct State {
  typealias Continuation = CheckedContinuation<Bool, Never>

  private enum Waiter {
    /// Has its place in the queue, and is about to wait.
    case coming
    case waiting(Continuation)
    /// Got the slot before it began to wait.
    case granted
  }

  private let limit: Int
  private(set) var running = 0
  private(set) var waiting = 0
  /// By the number with which they came; a number that is missing has left.
  private var waiters: [Int: Waiter] = [:]
  private var firstNumber = 0
  private var nextNumber = 0

  init(limit: Int) { self.limit = limit }

  /// Takes a slot if there is one, else gives a place in the queue.
  mutating func enter() -> Int? {
    if running < limit {
      running += 1
      return nil
    }
    defer { nextNumber += 1 }
    waiters[nextNumber] = .coming
    waiting += 1
    return nextNumber
  }

  /// Keeps a continuation, unless it is known already whether there is a slot.
  mutating func wait(_ number: Int, _ continuation: Continuation) -> Bool? {
    switch waiters[number] {
    case .coming?:
      waiters[number] = .waiting(continuation)
      return nil
    case .granted?:
      waiters[number] = nil
      return true
    case .waiting?, nil: return false
    }
  }

  mutating func leave(_ number: Int) -> Continuation? {
    switch waiters[number] {
    case .granted?, nil: return nil
    case .coming?:
      waiters[number] = nil
      waiting -= 1
      return nil
    case .waiting(let continuation)?:
      waiters[number] = nil
      waiting -= 1
      return continuation
    }
  }

  /// A slot goes from hand to hand, so that nobody who comes later can take it.
  mutating func release() -> Continuation? {
    while firstNumber < nextNumber {
      let number = firstNumber
      firstNumber += 1
      guard let waiter = waiters[number] else { continue }
      waiting -= 1
      if case .waiting(let continuation) = waiter {
        waiters[number] = nil
        return continuation
      }
      waiters[number] = .granted
      return nil
    }
    running -= 1
    return nil
  }
}
