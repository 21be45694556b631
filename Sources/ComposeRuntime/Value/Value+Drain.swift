extension Value {
  /// Reads every stream inside a list or object, as results do that are not one stream (language specification,
  /// section 12.3). A stream at the top is left as it is.
  package func drainingInnerStreams() async throws(RuntimeError) -> Value {
    switch self {
    case .list(let items):
      guard containsStream else { return self }
      var drained: [Value] = []
      for item in items { drained.append(try await item.drained()) }
      return .list(drained)
    case .object(let object):
      guard containsStream else { return self }
      var drained = OrderedObject()
      for (key, value) in object { drained[key] = try await value.drained() }
      return .object(drained)
    default: return self
    }
  }

  /// The most that is held of a stream which is read whole, in bytes.
  package static let drainLimit = 64 * 1024 * 1024

  /// The value with every stream read, this one included.
  ///
  /// - Throws: a `protocol` error when a stream is longer than ``drainLimit``.
  package func drained() async throws(RuntimeError) -> Value {
    guard case .stream(let stream) = self else { return try await drainingInnerStreams() }
    try stream.take()
    var chunks: [Value] = []
    var size = 0
    while let chunk = try await stream.next() {
      size += chunk.approximateSize
      guard size <= Self.drainLimit else {
        stream.cancel()
        throw RuntimeError(
          .protocolViolation, "the stream is longer than \(Self.drainLimit / 1024 / 1024) MiB and cannot be read whole")
      }
      chunks.append(chunk)
    }
    guard stream.form == .chunks(fragmented: true) else { return .list(chunks) }
    return joined(chunks)
  }

  /// About how many bytes a chunk takes.
  var approximateSize: Int {
    switch self {
    case .text(let text): 32 + text.utf8.count
    case .bytes(let bytes): 32 + bytes.count
    case .bigInteger(let digits): 32 + digits.utf8.count
    case .resource(let resource): 128 + resource.source.heldBytes
    case .list(let items): items.reduce(32) { $0 + $1.approximateSize }
    case .object(let object): object.reduce(64) { $0 + $1.key.utf8.count + $1.value.approximateSize }
    default: 32
    }
  }

  /// The pieces of one value put together: texts to text, bytes to bytes, anything else stays a list.
  private func joined(_ chunks: [Value]) -> Value {
    var text = ""
    var bytes: [UInt8] = []
    var texts = 0
    var byteChunks = 0
    for chunk in chunks {
      switch chunk {
      case .text(let piece):
        text += piece
        texts += 1
      case .bytes(let piece):
        bytes += piece
        byteChunks += 1
      default: return .list(chunks)
      }
    }
    if texts == chunks.count { return .text(text) }
    return byteChunks == chunks.count ? .bytes(bytes) : .list(chunks)
  }
}
