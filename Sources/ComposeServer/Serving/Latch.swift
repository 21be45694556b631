import Synchronization

/// Something that happens at most once, and what is to be done then.
final class Latch: Sendable {
  private struct State {
    var isOpen = false
    var actions: [Int: @Sendable () -> Void] = [:]
    var nextID = 0
  }

  private let state = Mutex(State())

  /// One that is open already.
  static var opened: Latch {
    let latch = Latch()
    latch.open()
    return latch
  }

  var isOpen: Bool { state.withLock { $0.isOpen } }

  func open() {
    let actions = state.withLock { state in
      state.isOpen = true
      defer { state.actions = [:] }
      return state.actions.values
    }
    for action in actions { action() }
  }

  /// Calls the action when the latch opens; at once when it is open.
  ///
  /// - Returns: what `forget` takes; `nil` when the action has been called already.
  @discardableResult
  func onOpen(_ action: @escaping @Sendable () -> Void) -> Int? {
    let id: Int? = state.withLock { state in
      if state.isOpen { return nil }
      state.nextID += 1
      state.actions[state.nextID] = action
      return state.nextID
    }
    if id == nil { action() }
    return id
  }

  func forget(_ id: Int?) {
    guard let id else { return }
    _ = state.withLock { $0.actions.removeValue(forKey: id) }
  }

  /// Waits until the latch opens or the task is cancelled.
  func wait() async {
    let (stream, continuation) = AsyncStream<Never>.makeStream()
    let id = onOpen { continuation.finish() }
    for await _ in stream {}
    forget(id)
  }
}
