import Synchronization

/// Where the caller waits for the head of an answer. The first result counts.
final class ResponsePromise: Sendable {
  typealias Outcome = Result<HTTPResponse, HTTPError>

  private enum State {
    case open
    case waiting(CheckedContinuation<Outcome, Never>)
    case settled(Outcome)
    case taken
  }

  private let state = Mutex(State.open)

  var isSettled: Bool {
    state.withLock { state in
      switch state {
      case .open, .waiting: false
      case .settled, .taken: true
      }
    }
  }

  /// Does nothing when there is a result already.
  func settle(_ outcome: Outcome) {
    let waiting: CheckedContinuation<Outcome, Never>? = state.withLock { state in
      switch state {
      case .open:
        state = .settled(outcome)
        return nil
      case .waiting(let continuation):
        state = .taken
        return continuation
      case .settled, .taken:
        return nil
      }
    }
    waiting?.resume(returning: outcome)
  }

  /// Waits for the result; to be called once. Cancellation is somebody else's ``settle(_:)``.
  func wait() async -> Outcome {
    await withCheckedContinuation { continuation in
      let outcome: Outcome? = state.withLock { state in
        guard case .settled(let outcome) = state else {
          state = .waiting(continuation)
          return nil
        }
        state = .taken
        return outcome
      }
      if let outcome { continuation.resume(returning: outcome) }
    }
  }
}
