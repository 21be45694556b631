import ComposeRuntime
import ComposeTestSupport
import Synchronization
import Testing

/// A file with a local file store.
func fileStore(_ path: String) throws -> StoreFile {
  let methods = [
    "put": ["path", "source", "content_type"], "get": ["path", "save_to", "streaming"], "delete": ["path"],
    "exists": ["path"], "list": ["path", "recursive", "pattern"],
  ]
  return try StoreFile("type: file-store, base_path: \(Value.text(path).jsonText)", methods)
}

/// The names in a folder, also those that begin with a point.
func fileNames(in folder: String) throws -> [String] { try #require(Files.names(in: folder)) }

/// Something that has happened, for threads that look and for tasks that wait.
final class Flag: Sendable {
  private struct State {
    var isSet = false
    var isFinished = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  var isSet: Bool { state.withLock { $0.isSet } }

  func set() { state.withLock { $0.isSet = true } }

  func finish() {
    let waiting = state.withLock { state in
      state.isFinished = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for task in waiting { task.resume() }
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isFinished = state.withLock { state in
        if !state.isFinished { state.waiting.append(continuation) }
        return state.isFinished
      }
      if isFinished { continuation.resume() }
    }
  }
}
