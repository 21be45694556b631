import Dispatch
import Synchronization

/// Something that happens once, awaited by tests and by the threads of their servers.
final class Signal: Sendable {
  private struct State {
    var hasFired = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let semaphore = DispatchSemaphore(value: 0)

  func fire() {
    let waiting = state.withLock { state in
      defer { state = State(hasFired: true) }
      return state.waiting
    }
    semaphore.signal()
    for continuation in waiting { continuation.resume() }
  }

  var hasFired: Bool { state.withLock { $0.hasFired } }

  func wait() async {
    await withCheckedContinuation { continuation in
      let hasFired = state.withLock { state in
        if !state.hasFired { state.waiting.append(continuation) }
        return state.hasFired
      }
      if hasFired { continuation.resume() }
    }
  }

  /// For threads of their own only.
  func waitBlocking() {
    semaphore.wait()
    semaphore.signal()
  }
}
