import Synchronization

extension Resource {
  /// The pieces of the bytes in which operators and encodings walk over a resource, in bytes.
  package static let pieceSize = 8192

  /// The bytes as a stream of pieces, opened when the first is asked for.
  package func pieces(_ form: ValueStream.Form = .bare) -> ValueStream {
    let cursor = PieceCursor(self)
    return ValueStream(
      form, next: { () async throws(RuntimeError) in try await cursor.next().map(Value.bytes) },
      cancel: { cursor.cancel() })
  }
}

/// Where a reading stands.
private final class PieceCursor: Sendable {
  private let resource: Resource
  private let state = Mutex(State())

  private struct State {
    var reader: ResourceReader?
    var rest: ArraySlice<UInt8> = []
    var isCancelled = false
  }

  init(_ resource: Resource) { self.resource = resource }

  func next() async throws(RuntimeError) -> [UInt8]? {
    if let piece = takePiece() { return piece }
    let reader = try await openedReader()
    guard let bytes = try await reader.next() else { return nil }
    state.withLock { $0.rest = bytes[...] }
    return takePiece()
  }

  func cancel() {
    let reader = state.withLock { state in
      state.isCancelled = true
      return state.reader
    }
    reader?.cancel()
  }

  private func openedReader() async throws(RuntimeError) -> ResourceReader {
    if let reader = state.withLock({ $0.reader }) { return reader }
    let reader = try await resource.open()
    let isCancelled = state.withLock { state in
      state.reader = reader
      return state.isCancelled
    }
    if isCancelled { reader.cancel() }
    return reader
  }

  private func takePiece() -> [UInt8]? {
    state.withLock { state in
      guard !state.rest.isEmpty else { return nil }
      let piece = state.rest.prefix(Resource.pieceSize)
      state.rest = state.rest.dropFirst(piece.count)
      return Array(piece)
    }
  }
}
