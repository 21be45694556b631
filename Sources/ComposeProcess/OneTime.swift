import Synchronization

/// Something that comes to be once, and that any number of tasks wait for.
final class OneTime<Content: Sendable>: Sendable {
  private struct State {
    var content: Content?
    var lastID: UInt64 = 0
    var waiting: [UInt64: CheckedContinuation<Content?, Never>] = [:]
  }

  private let state = Mutex(State())

  /// What has come to be already.
  var content: Content? { state.withLock { $0.content } }

  /// Sets the content; only the first one counts.
  func set(_ content: Content) {
    let waiting = state.withLock { state in
      guard state.content == nil else { return [CheckedContinuation<Content?, Never>]() }
      state.content = content
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for continuation in waiting { continuation.resume(returning: content) }
  }

  /// Waits for it.
  ///
  /// - Throws: `cancelled` at once when the task is cancelled.
  func value() async throws(ProcessError) -> Content {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    let content = await withTaskCancellationHandler {
      await wait(id)
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: id) }?.resume(returning: nil)
    }
    guard let content else { throw .cancelled }
    return content
  }

  /// Waits for it whatever happens to the task: for what is certain to come.
  func certainValue() async -> Content? {
    await withCheckedContinuation { continuation in
      let content = state.withLock { state in
        if state.content == nil {
          state.lastID += 1
          state.waiting[state.lastID] = continuation
        }
        return state.content
      }
      if let content { continuation.resume(returning: content) }
    }
  }

  private func wait(_ id: UInt64) async -> Content? {
    await withCheckedContinuation { continuation in
      let (content, isWaiting) = state.withLock { state -> (Content?, Bool) in
        if let content = state.content { return (content, false) }
        // The handler of a cancellation before this line has found nobody.
        guard !Task.isCancelled else { return (nil, false) }
        state.waiting[id] = continuation
        return (nil, true)
      }
      if !isWaiting { continuation.resume(returning: content) }
    }
  }
}
