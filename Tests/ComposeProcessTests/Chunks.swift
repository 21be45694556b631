import ComposeProcess
import Synchronization

/// A source of so many chunks of the letter A, which counts what it gives.
final class Chunks: Sendable {
  private struct State {
    var given = 0
    var isCancelled = false
  }

  private let state = Mutex(State())
  private let count: Int
  private let size: Int

  init(count: Int, size: Int) {
    self.count = count
    self.size = size
  }

  /// Bytes that were asked for.
  var given: Int { state.withLock { $0.given * size } }
  var cancelled: Bool { state.withLock { $0.isCancelled } }

  var asSource: ProcessSource {
    .stream(
      next: {
        self.state.withLock { state in
          guard state.given < self.count else { return nil }
          state.given += 1
          return [UInt8](repeating: 65, count: self.size)
        }
      },
      cancel: { self.state.withLock { $0.isCancelled = true } })
  }
}
