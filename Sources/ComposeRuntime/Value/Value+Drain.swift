extension Value {
  /// Reads every stream inside a list or object, as results do that are not one stream (language specification,
  /// section 12.3). A stream at the top is left as it is.
  ///
  /// The streams are read at the same time: they may be branches of one source that wait for each other.
  ///
  /// - Throws: the first error in time, which ends the other streams.
  package func drainingInnerStreams() async throws(RuntimeError) -> Value {
    if case .stream = self { return self }
    return try await drained()
  }

  /// The most that is held of a stream which is read whole, in bytes.
  package static let drainLimit = 64 * 1024 * 1024

  /// How many streams of one value are read at the same time.
  private static let drainWidth = 64

  /// The value with every stream read, this one included.
  ///
  /// - Throws: a `protocol` error when a stream is longer than ``drainLimit``.
  package func drained() async throws(RuntimeError) -> Value {
    var streams: [ValueStream] = []
    collectStreams(into: &streams)
    if streams.isEmpty { return self }
    var claimed: [ValueStream] = []
    do throws(RuntimeError) {
      // All at first: a stream that has two places here fails before anything is read.
      for stream in streams {
        try stream.take()
        claimed.append(stream)
      }
      guard streams.count > 1 else {
        var contents = [try await streams[0].readWhole()][...]
        return replacingStreams(by: &contents)
      }
      let all = streams
      var contents = try await concurrently(count: all.count, atMost: Self.drainWidth) {
        (index) async throws(RuntimeError) in try await all[index].readWhole()
      }[...]
      return replacingStreams(by: &contents)
    } catch {
      for stream in claimed { stream.cancel() }
      throw error
    }
  }

  /// Streams in the order of their places.
  private func collectStreams(into streams: inout [ValueStream]) {
    switch self {
    case .stream(let stream): streams.append(stream)
    case .list(let items): for item in items { item.collectStreams(into: &streams) }
    case .object(let object): for member in object { member.value.collectStreams(into: &streams) }
    default: return
    }
  }

  /// The value with contents in the places of its streams, in order.
  private func replacingStreams(by contents: inout ArraySlice<Value>) -> Value {
    switch self {
    case .stream: return contents.popFirst() ?? .null
    case .list(let items):
      var replaced: [Value] = []
      replaced.reserveCapacity(items.count)
      for item in items { replaced.append(item.replacingStreams(by: &contents)) }
      return .list(replaced)
    case .object(let object):
      var replaced = OrderedObject()
      for (key, value) in object { replaced[key] = value.replacingStreams(by: &contents) }
      return .object(replaced)
    default: return self
    }
  }

  /// About how many bytes it takes.
  package var approximateSize: Int {
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
}

extension ValueStream {
  /// All chunks of a stream that the caller has claimed, as one value.
  fileprivate func readWhole() async throws(RuntimeError) -> Value {
    var chunks: [Value] = []
    var size = 0
    while let chunk = try await nextItem() {
      size += chunk.approximateSize
      guard size <= Value.drainLimit else {
        cancel()
        throw RuntimeError(
          .protocolViolation,
          "the stream is longer than \(Value.drainLimit / 1024 / 1024) MiB and cannot be read whole")
      }
      chunks.append(chunk)
    }
    return form == .chunks(fragmented: true) ? joined(chunks) : .list(chunks)
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
