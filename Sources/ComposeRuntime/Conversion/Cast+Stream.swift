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
    let bytes = try await collectedBytes { (chunk, size) throws(RuntimeError) in
      switch chunk {
      case .integer(let count) where count >= 0:
        try checkSize(size, adding: count)
        return [UInt8](repeating: 0, count: count)
      case .boolean(let value): return value ? [0] : []
      case .list(let list):
        guard let bytes = Self.bytes(list) else { throw notBytes(chunk) }
        return bytes
      default: throw notBytes(chunk)
      }
    }
    return Base64.encode(bytes)
  }

  /// Everything in the stream as bytes: texts as UTF-8, bytes as they are, null as nothing.
  ///
  /// - Parameter convert: the bytes of any other chunk, given how many there are before it.
  /// - Throws: what `convert` throws; a `value` error when it is read already; a `protocol` error when it is longer than
  ///   ``Value/drainLimit``. The stream is given up then.
  func collectedBytes(
    _ convert: (Value, Int) throws(RuntimeError) -> [UInt8]
  ) async throws(RuntimeError) -> [UInt8] {
    try take()
    var bytes: [UInt8] = []
    while let chunk = try await next() {
      let piece: [UInt8]
      switch chunk {
      case .null: continue
      case .text(let text): piece = Array(text.utf8)
      case .bytes(let content): piece = content
      default:
        do throws(RuntimeError) {
          piece = try convert(chunk, bytes.count)
        } catch {
          cancel()
          throw error
        }
      }
      try checkSize(bytes.count, adding: piece.count)
      bytes += piece
    }
    return bytes
  }

  /// - Throws: a `protocol` error when reading on would hold more than ``Value/drainLimit``; the stream is given up.
  private func checkSize(_ size: Int, adding more: Int) throws(RuntimeError) {
    guard more > Value.drainLimit - size else { return }
    cancel()
    throw RuntimeError(
      .protocolViolation, "the stream is longer than \(Value.drainLimit / 1024 / 1024) MiB and cannot be read whole")
  }

  private func notBytes(_ chunk: Value) -> RuntimeError {
    .wrongKind("\(quotedForError(chunk)) in a stream cannot become base64")
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
