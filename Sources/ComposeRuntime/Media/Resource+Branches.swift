import Synchronization

extension Resource {
  /// The resource for several readers: the same one if it can be read again, else resources that share one reading.
  ///
  /// - Parameters:
  ///   - bufferSize: how many pieces a branch may lag behind.
  ///   - spool: keeps the bytes in a temporary file instead, and no branch waits for another.
  func branches(_ count: Int, bufferSize: Int, spool: Bool) throws(RuntimeError) -> [Resource] {
    if source.isRepeatable { return [Resource](repeating: self, count: count) }
    if spool {
      return [Resource](repeating: withSource(SpooledSource(source)), count: count)
    }
    let reading = SharedReading(source)
    let lanes = try StreamBroadcaster.branches(of: reading.stream, count: count, bufferSize: bufferSize)
    return lanes.map { withSource(BranchSource(contentType: source.contentType, reading: reading, lane: $0)) }
  }

  /// The same resource with other bytes, or the same from elsewhere.
  private func withSource(_ source: any ResourceSource) -> Resource {
    Resource(
      kind, source: source, contentType: declaredContentType, filename: filename, format: format,
      attributes: attributes)
  }
}

/// The one reading that branches share, with what its opening told.
private final class SharedReading: Sendable {
  private let source: any ResourceSource
  private let state = Mutex(State())

  private struct State {
    var reader: ResourceReader?
    var isCancelled = false
  }

  init(_ source: any ResourceSource) { self.source = source }

  /// The pieces as bytes; opened when the first is asked for.
  var stream: ValueStream {
    ValueStream(
      .bare, next: { () async throws(RuntimeError) in try await self.next().map(Value.bytes) },
      cancel: { self.cancel() })
  }

  /// What opening has told; nothing before.
  var opened: (contentType: String?, filename: String?) {
    state.withLock { ($0.reader?.contentType, $0.reader?.filename) }
  }

  private func next() async throws(RuntimeError) -> [UInt8]? {
    if let reader = state.withLock({ $0.reader }) { return try await reader.next() }
    let reader = try await source.open()
    let isCancelled = state.withLock { state in
      state.reader = reader
      return state.isCancelled
    }
    if isCancelled {
      reader.cancel()
      throw .cancelled
    }
    return try await reader.next()
  }

  private func cancel() {
    let reader = state.withLock { state in
      state.isCancelled = true
      return state.reader
    }
    reader?.cancel()
  }
}

/// One branch of a reading. When nobody opens it, it goes with its resource and holds nobody up.
private struct BranchSource: ResourceSource {
  let contentType: String?
  private let reading: SharedReading
  private let lane: OneValue<ValueStream>

  init(contentType: String?, reading: SharedReading, lane: ValueStream) {
    self.contentType = contentType
    self.reading = reading
    self.lane = OneValue(lane)
  }

  func open() async throws(RuntimeError) -> ResourceReader {
    guard let lane = lane.take() else {
      throw RuntimeError(
        .value, "a branch of a resource can be read once, and this one was read already; 'spool: true' keeps the bytes")
    }
    // With the first piece it is known what opening the source has told, and that it succeeded.
    let first = OneValue(try await lane.next())
    let (contentType, filename) = reading.opened
    return ResourceReader(
      contentType: contentType, filename: filename,
      next: { () async throws(RuntimeError) in
        let piece = if let first = first.take() { first } else { try await lane.next() }
        return if case .bytes(let bytes)? = piece { bytes } else { nil }
      },
      cancel: { lane.cancel() })
  }
}
