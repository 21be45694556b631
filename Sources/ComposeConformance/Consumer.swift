import ComposeRuntime

/// What is done with a rendered value, for vectors that are about its use.
enum Consumer: String, Sendable {
  /// It leaves a workflow: streams inside are read.
  case taskOutput = "task-output"
  /// It goes to a component that wants text.
  case text
  /// It leaves as Server-Sent Events.
  case frame = "sse-frame"
  /// Its stream is read two times.
  case drainTwice = "drain-twice"
  case time
  case size
  case decimal
  case color
  case box

  func consume(_ value: Value) async throws(RuntimeError) -> Value {
    switch self {
    case .taskOutput: try await value.drainingInnerStreams()
    case .text: try await text(value)
    case .frame: .bytes(try await frames(value))
    case .drainTwice: .object(["first": .list(try await chunks(value)), "second": .list(try await chunks(value))])
    case .time, .size, .decimal, .color, .box: try unit(value)
    }
  }

  /// What the field of a component reads from a value (language specification, section 14).
  private func unit(_ value: Value) throws(RuntimeError) -> Value {
    if value.isNull { return .null }
    throw RuntimeError(.unsupported, "a \(rawValue) is not read by this version")
  }

  /// Text as it is, bytes decoded with replacement, a list piece by piece, and everything else as JSON.
  private func text(_ value: Value) async throws(RuntimeError) -> Value {
    switch value {
    case .null, .text: return value
    case .bytes(let bytes): return .text(String(decoding: bytes, as: UTF8.self))
    case .resource(let resource): return .text(String(decoding: try await resource.source.bytes(), as: UTF8.self))
    case .list(let items):
      var texts: [Value] = []
      for item in items { texts.append(try await text(item)) }
      return .list(texts)
    case .stream: return try await text(try await value.drained())
    case .boolean, .integer, .bigInteger, .number, .object: return .text(value.jsonText)
    }
  }

  private func chunks(_ value: Value) async throws(RuntimeError) -> [Value] {
    guard case .stream(let stream) = value else { throw RuntimeError(.value, "\(value.kindName) is not a stream") }
    try stream.take()
    var chunks: [Value] = []
    while let chunk = try await stream.next() { chunks.append(chunk) }
    return chunks
  }

  /// One event for each chunk, with a `data` line for each of its lines (language specification, section 12.3).
  private func frames(_ value: Value) async throws(RuntimeError) -> [UInt8] {
    var frames: [UInt8] = []
    for chunk in try await chunks(value) {
      let bytes: [UInt8]
      switch chunk {
      case .null: continue
      case .text(let text): bytes = Array(text.utf8)
      case .bytes(let data): bytes = data
      default: throw RuntimeError(.value, "\(chunk.kindName) is not the data of an event")
      }
      for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        frames += Array("data: ".utf8) + line + [UInt8(ascii: "\n")]
      }
      frames.append(UInt8(ascii: "\n"))
    }
    return frames
  }
}
