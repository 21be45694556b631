import Synchronization

/// Bytes in a temporary file that was written before. The file goes with the last source and the last reading of it.
package struct SpoolFileSource: ResourceSource {
  private static let pieceSize = 64 * 1024

  private let file: SpoolFile
  private let size: Int

  package init(_ file: SpoolFile, length: Int) {
    self.file = file
    self.size = length
  }

  package var length: Int? { size }

  package var isRepeatable: Bool { true }

  package func open() async throws(RuntimeError) -> ResourceReader {
    let reading = SpoolFileReading(file, size: size)
    return ResourceReader(
      next: { () async throws(RuntimeError) in try reading.next(atMost: Self.pieceSize) }, cancel: { reading.cancel() })
  }
}

/// Where a reading of a temporary file stands. It lets go of the file at the end and when it is given up.
private final class SpoolFileReading: Sendable {
  private struct State {
    var file: SpoolFile?
    var offset = 0
  }

  private let size: Int
  private let state: Mutex<State>

  init(_ file: SpoolFile, size: Int) {
    self.size = size
    state = Mutex(State(file: file))
  }

  func next(atMost limit: Int) throws(RuntimeError) -> [UInt8]? {
    if Task.isCancelled { throw .cancelled }
    let (file, offset) = state.withLock { ($0.file, $0.offset) }
    guard let file, offset < size else {
      cancel()
      return nil
    }
    let piece = try file.read(at: offset, count: min(limit, size - offset))
    state.withLock { $0.offset = offset + piece.count }
    return piece
  }

  func cancel() { state.withLock { $0.file = nil } }
}
