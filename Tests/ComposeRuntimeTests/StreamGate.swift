import Synchronization

/// Lets nobody through until it is opened. A cancelled task goes through at once.
final class StreamGate: Sendable {
  private let state = Mutex(State())

  private struct State {
    var isOpen = false
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var arrivals = 0
  }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [:] }
      return state.waiting.values
    }
    for continuation in waiting { continuation.resume() }
  }

  func wait() async {
    let number = state.withLock { state in
      state.arrivals += 1
      return state.arrivals
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isWaiting = state.withLock { state in
          if state.isOpen || Task.isCancelled { return false }
          state.waiting[number] = continuation
          return true
        }
        if !isWaiting { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
    }
  }
}

/// A place that several tasks have to reach before any of them goes on.
final class StreamMeeting: Sendable {
  private let gate = StreamGate()
  private let missing: Mutex<Int>

  init(of count: Int) { missing = Mutex(count) }

  func arrive() async {
    let isComplete = missing.withLock { missing in
      missing -= 1
      return missing == 0
    }
    if isComplete { gate.open() }
    await gate.wait()
  }
}
