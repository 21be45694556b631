extension ValueStream {
  /// A bare stream of the converted chunks; null chunks stay null. This stream has its reader then.
  ///
  /// - Throws: a `value` error when it is read already.
  package func mapped(
    _ transform: @escaping @Sendable (Value) async throws(RuntimeError) -> Value
  ) throws(RuntimeError) -> ValueStream {
    try take()
    return ValueStream(
      .bare,
      next: { () async throws(RuntimeError) -> Value? in
        guard let chunk = try await self.next() else { return nil }
        do throws(RuntimeError) {
          return try await transform(chunk)
        } catch {
          self.cancel()
          throw error
        }
      },
      cancel: { self.cancel() }
    )
  }

  /// The texts of the stream as one text; null chunks are nothing.
  ///
  /// - Throws: a `value` error for any other chunk, or when it is read already; a `protocol` error when it is longer
  ///   than ``Value/drainLimit``.
  package func collectedText() async throws(RuntimeError) -> String {
    try take()
    var text = ""
    while let chunk = try await next() {
      switch chunk {
      case .null: continue
      case .text(let piece):
        try checkSize(text.utf8.count, adding: piece.utf8.count)
        text += piece
      default:
        cancel()
        throw RuntimeError(
          .value, "a stream with \(chunk.kindName) in it cannot become text", diagnosticCode: "impossible-cast")
      }
    }
    return text
  }

  /// The base64 of everything in the stream: texts as UTF-8, bytes as they are, an integer as so many zero bytes, and
  /// a list of integers as those bytes (language specification, section 8.1).
  ///
  /// - Throws: a `value` error for any other chunk, or when it is read already; a `protocol` error when it is longer
  ///   than ``Value/drainLimit``.
  package func base64Text() async throws(RuntimeError) -> String {
    try take()
    var bytes: [UInt8] = []
    while let chunk = try await next() {
      switch chunk {
      case .null: break
      case .text(let text):
        try checkSize(bytes.count, adding: text.utf8.count)
        bytes += Array(text.utf8)
      case .bytes(let piece):
        try checkSize(bytes.count, adding: piece.count)
        bytes += piece
      case .integer(let count) where count >= 0:
        try checkSize(bytes.count, adding: count)
        bytes += [UInt8](repeating: 0, count: count)
      case .boolean(let value): bytes += value ? [0] : []
      case .list(let list):
        guard let piece = Self.bytes(list) else { throw notBytes(chunk) }
        try checkSize(bytes.count, adding: piece.count)
        bytes += piece
      default: throw notBytes(chunk)
      }
    }
    return Base64.encode(bytes)
  }

  /// - Throws: a `protocol` error when reading on would hold more than ``Value/drainLimit``; the stream is given up.
  func checkSize(_ size: Int, adding more: Int) throws(RuntimeError) {
    guard more > Value.drainLimit - size else { return }
    cancel()
    throw RuntimeError(
      .protocolViolation, "the stream is longer than \(Value.drainLimit / 1024 / 1024) MiB and cannot be read whole")
  }

  private func notBytes(_ chunk: Value) -> RuntimeError {
    cancel()
    return .wrongKind("\(quotedForError(chunk)) in a stream cannot become base64")
  }

  private static func bytes(_ list: [Value]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for element in list {
      switch element {
      case .integer(let number):
        guard let byte = UInt8(exactly: number) else { return nil }
        bytes.append(byte)
      case .boolean(let value): bytes.append(value ? 1 : 0)
      default: return nil
      }
    }
    return bytes
  }
}
