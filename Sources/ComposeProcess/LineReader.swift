import Glibc
import Synchronization

/// Splits what a program writes into lines. One task at a time reads.
package final class LineReader: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    /// Where the first line that was not given yet begins.
    var start = 0
    /// Up to where there is no line break behind `start`.
    var searched = 0
    var isEnded = false
  }

  private let state = Mutex(State())
  private let limit: Int
  private let read: @Sendable () async throws(ProcessError) -> [UInt8]?

  /// - Parameters:
  ///   - limit: the longest line in bytes.
  ///   - read: gives pieces, `nil` at the end.
  package init(limit: Int, _ read: @escaping @Sendable () async throws(ProcessError) -> [UInt8]?) {
    self.limit = limit
    self.read = read
  }

  /// The next line with its line break, which only the last may lack; `nil` at the end.
  ///
  /// - Throws: `outputTooLong` for a line beyond the limit, or what the reader throws.
  package func next() async throws(ProcessError) -> [UInt8]? {
    while true {
      if let line = held() { return line }
      if state.withLock({ $0.isEnded }) { return nil }
      guard let chunk = try await read() else {
        return state.withLock { state in
          state.isEnded = true
          let rest = Array(state.bytes[state.start...])
          state = State(isEnded: true)
          return rest.isEmpty ? nil : rest
        }
      }
      let isTooLong = state.withLock { state in
        state.bytes.removeFirst(state.start)
        state.searched -= state.start
        state.start = 0
        state.bytes += chunk
        return state.searched > limit
      }
      if isTooLong {
        throw ProcessError(.outputTooLong, "the program wrote a line of more than \(limit / 1024 / 1024) MiB")
      }
    }
  }

  /// A line that has arrived already.
  package func held() -> [UInt8]? {
    state.withLock { state in
      let distance = state.bytes.withUnsafeBytes { bytes -> Int? in
        guard let start = bytes.baseAddress.map({ $0 + state.searched }) else { return nil }
        return memchr(start, Int32(UInt8(ascii: "\n")), bytes.count - state.searched).map {
          UnsafeRawPointer($0) - start
        }
      }
      guard let distance else {
        state.searched = state.bytes.count
        return nil
      }
      let end = state.searched + distance
      defer {
        state.start = end + 1
        state.searched = end + 1
      }
      return Array(state.bytes[state.start...end])
    }
  }
}
