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
    case .text: try await value.textInput()
    case .frame: .bytes(try await frames(value))
    case .drainTwice: .object(["first": .list(try await chunks(value)), "second": .list(try await chunks(value))])
    case .time, .size, .decimal, .color, .box: try unit(value)
    }
  }

  /// What the field of a component reads from a value (language specification, section 14).
  private func unit(_ value: Value) throws(RuntimeError) -> Value {
    func number(_ number: Int?) -> Value { number.map { .integer($0) } ?? .null }
    switch self {
    case .time: return try seconds(of: value).map { .number($0) } ?? .null
    case .size: return number(try byteCount(of: value))
    case .decimal: return number(try decimalCount(of: value))
    case .color:
      guard let color = try Color(value) else { return .null }
      return .list([color.red, color.green, color.blue, color.alpha].map { .integer($0) })
    case .box:
      guard let box = try Box(value) else { return .null }
      return .list([box.left, box.top, box.right, box.bottom].map(number))
    case .taskOutput, .text, .frame, .drainTwice: return value
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
      default: throw .wrongKind("\(chunk.kindName) is not the data of an event")
      }
      for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        frames += Array("data: ".utf8) + line + [UInt8(ascii: "\n")]
      }
      frames.append(UInt8(ascii: "\n"))
    }
    return frames
  }
}
