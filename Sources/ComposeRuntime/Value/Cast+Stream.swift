extension ValueStream {
  /// How many zero bytes one integer chunk may stand for in `base64Text`.
  private static let zeroLimit = 1 << 24

  /// A bare stream of the converted chunks; null chunks stay null. This stream has its reader then.
  ///
  /// - Throws: a `value` error when it is read already.
  package func mapped(
    _ transform: @escaping @Sendable (Value) throws(RuntimeError) -> Value
  ) throws(RuntimeError) -> ValueStream {
    try take()
    return ValueStream(
      .bare,
      next: { () async throws(RuntimeError) -> Value? in
        guard let chunk = try await self.next() else { return nil }
        do throws(RuntimeError) {
          return try transform(chunk)
        } catch {
          self.cancel()
          throw error
        }
      },
      cancel: { self.cancel() }
    )
  }

  /// The base64 of everything in the stream: texts as UTF-8, bytes as they are, an integer as so many zero bytes, and
  /// a list of integers as those bytes (language specification, section 8.1).
  ///
  /// - Throws: a `value` error for any other chunk, or when it is read already.
  package func base64Text() async throws(RuntimeError) -> String {
    try take()
    var bytes: [UInt8] = []
    while let chunk = try await next() {
      guard let part = Self.bytes(of: chunk) else {
        cancel()
        throw RuntimeError(.value, "\(quotedForError(chunk)) in a stream cannot become base64")
      }
      bytes += part
    }
    return Base64.encode(bytes)
  }

  private static func bytes(of chunk: Value) -> [UInt8]? {
    switch chunk {
    case .null: return []
    case .text(let text): return Array(text.utf8)
    case .bytes(let bytes): return bytes
    case .integer(let count) where (0...zeroLimit).contains(count): return Array(repeating: 0, count: count)
    case .boolean(let value): return value ? [0] : []
    case .list(let list):
      var bytes: [UInt8] = []
      for element in list {
        guard case .integer(let number) = element, let byte = UInt8(exactly: number) else { return nil }
        bytes.append(byte)
      }
      return bytes
    default: return nil
    }
  }
}
