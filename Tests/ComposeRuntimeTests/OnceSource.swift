import ComposeRuntime
import Synchronization

/// Bytes that can be read once, and that tell what was done with them.
final class OnceSource: ResourceSource {
  private let pieces: [[UInt8]]
  private let failure: RuntimeError?
  private let openingFailure: RuntimeError?
  /// What has to be open before each piece, by its position.
  private let gates: [Int: StreamGate]
  private let state = Mutex(State())

  struct State {
    var opens = 0
    var pulls = 0
    var cancels = 0
  }

  /// - Parameters:
  ///   - failure: comes behind the pieces.
  ///   - openingFailure: comes instead of them.
  init(
    _ pieces: [[UInt8]], failure: RuntimeError? = nil, openingFailure: RuntimeError? = nil,
    gates: [Int: StreamGate] = [:]
  ) {
    self.pieces = pieces
    self.failure = failure
    self.openingFailure = openingFailure
    self.gates = gates
  }

  var counts: State { state.withLock { $0 } }

  var contentType: String? { "text/early" }

  func open() async throws(RuntimeError) -> ResourceReader {
    let opens = state.withLock { state in
      state.opens += 1
      return state.opens
    }
    if opens > 1 { throw RuntimeError(.value, "opened twice") }
    if let openingFailure { throw openingFailure }
    return ResourceReader(
      contentType: "text/late", filename: "late.txt",
      next: { () async throws(RuntimeError) in
        let position = self.state.withLock { state in
          defer { state.pulls += 1 }
          return state.pulls
        }
        await self.gates[position]?.wait()
        if Task.isCancelled { throw .cancelled }
        if position < self.pieces.count { return self.pieces[position] }
        if let failure = self.failure { throw failure }
        return nil
      },
      cancel: { self.state.withLock { $0.cancels += 1 } })
  }
}

extension ResourceReader {
  /// Everything that is left as text; `!` at the end says that it failed.
  func rest() async -> String {
    var text = ""
    do throws(RuntimeError) {
      while let piece = try await next() { text += String(decoding: piece, as: UTF8.self) }
    } catch {
      text += "!"
    }
    return text
  }
}
