import Synchronization

/// A value that threads change and tests wait for.
package final class Watched<State: Sendable>: Sendable {
  private struct Waiter {
    let isSatisfied: @Sendable (State) -> Bool
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct Contents {
    var state: State
    var waiters: [Int: Waiter] = [:]
    var nextID = 0
    /// Waits that ended before they had begun to wait.
    var ended: Set<Int> = []
  }

  private let contents: Mutex<Contents>

  package init(_ state: State) { contents = Mutex(Contents(state: state)) }

  /// A copy of the value as it is now.
  package var value: State { contents.withLock { $0.state } }

  /// Changes the value and wakes those whose condition it then fulfils.
  package func update<Result: Sendable>(_ change: @Sendable (inout State) -> Result) -> Result {
    let (result, satisfied) = contents.withLock { contents in
      let result = change(&contents.state)
      var satisfied: [CheckedContinuation<Bool, Never>] = []
      for (id, waiter) in contents.waiters where waiter.isSatisfied(contents.state) {
        satisfied.append(waiter.continuation)
        contents.waiters[id] = nil
      }
      return (result, satisfied)
    }
    for continuation in satisfied { continuation.resume(returning: true) }
    return result
  }

  /// Waits until `pick` gives something.
  ///
  /// The limit is no part of any test: it only makes a test that would hang fail with a message. `describe` tells
  /// what there was instead.
  package func wait<Result: Sendable>(
    for what: String, atMost limit: Duration = .seconds(300), describe: @Sendable (State) -> String,
    until pick: @escaping @Sendable (State) -> Result?
  ) async throws(TestSupportError) -> Result {
    let id = contents.withLock { contents in
      contents.nextID += 1
      return contents.nextID
    }
    let timer = Task {
      try? await Task.sleep(for: limit)
      end(id)
    }
    _ = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waiter = Waiter(isSatisfied: { pick($0) != nil }, continuation: continuation)
        if let isSatisfied = add(waiter, id) { continuation.resume(returning: isSatisfied) }
      }
    } onCancel: {
      end(id)
    }
    timer.cancel()
    _ = contents.withLock { $0.ended.remove(id) }
    let state = value
    if let result = pick(state) { return result }
    let reason = Task.isCancelled ? "cancelled while waiting" : "waited \(limit) in vain"
    throw TestSupportError("\(reason) for \(what); so far: \(describe(state))")
  }

  /// Whether there is no need to wait, and how it ended then.
  private func add(_ waiter: Waiter, _ id: Int) -> Bool? {
    contents.withLock { contents in
      if contents.ended.contains(id) { return false }
      if waiter.isSatisfied(contents.state) { return true }
      contents.waiters[id] = waiter
      return nil
    }
  }

  private func end(_ id: Int) {
    let waiter = contents.withLock { contents in
      contents.ended.insert(id)
      return contents.waiters.removeValue(forKey: id)
    }
    waiter?.continuation.resume(returning: false)
  }
}
