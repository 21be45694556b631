import Synchronization

/// A value that several tasks share, and that they can wait for to change (a condition variable for tasks).
final class Monitor<Value: Sendable>: Sendable {
  private struct State {
    var value: Value
    /// Counts the changes.
    var version = 0
    var nextWaiter = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    /// Those whose task was cancelled before they began to wait.
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  init(_ value: Value) { state = Mutex(State(value: value)) }

  /// The value as it is now.
  var value: Value { state.withLock { $0.value } }

  /// Looks at the value, or changes what nobody waits for.
  func withValue<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    state.withLock { body(&$0.value) }
  }

  /// Changes the value and wakes those who wait.
  @discardableResult
  func update<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    let (result, woken) = state.withLock { state in
      let result = body(&state.value)
      state.version += 1
      defer { state.waiters = [:] }
      return (result, state.waiters.isEmpty ? nil : Array(state.waiters.values))
    }
    for waiter in woken ?? [] { waiter.resume() }
    return result
  }

  /// Waits until the body gives something. The body may take it out of the value.
  ///
  /// - Returns: `nil` when the calling task is cancelled first.
  func wait<Result: Sendable>(for body: (inout Value) -> Result?) async -> Result? {
    while true {
      let (result, version) = state.withLock { (body(&$0.value), $0.version) }
      if let result { return result }
      if Task.isCancelled { return nil }
      await waitForChange(since: version)
    }
  }

  private func waitForChange(since version: Int) async {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.cancelled.remove(id) != nil || state.version != version { return true }
          state.waiters[id] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        let waiter = state.waiters.removeValue(forKey: id)
        if waiter == nil { state.cancelled.insert(id) }
        return waiter
      }
      waiter?.resume()
    }
    // A cancellation after the wait leaves its mark.
    if Task.isCancelled { _ = state.withLock { $0.cancelled.remove(id) } }
  }
}
