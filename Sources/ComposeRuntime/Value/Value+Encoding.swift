extension Value {
  /// The value as a stream for clients: `as stream/text`, `as stream/json` (language specification, section 8.2).
  ///
  /// A value that does not stream becomes one chunk, and a resource its pieces. A stream is claimed: this encoding is
  /// its reader.
  package func encoded(as encoding: ValueStream.Encoding) throws(RuntimeError) -> Value {
    if case .resource(let resource) = self { return try Value.stream(resource.pieces()).encoded(as: encoding) }
    guard case .stream(let source) = self else {
      let chunk = try encodedChunk(encoding)
      let once = OneValue(chunk)
      return .stream(ValueStream(.encoded(encoding), next: { () async throws(RuntimeError) in once.take() }))
    }
    if source.form == .encoded(encoding) { return self }
    try source.take()
    return .stream(
      ValueStream(
        .encoded(encoding),
        next: { () async throws(RuntimeError) in
          while let value = try await source.next() {
            if let chunk = try value.encodedChunk(encoding) { return chunk }
          }
          return nil
        },
        cancel: { source.cancel() }))
  }

  /// One chunk as text; `nil` for null and empty text, which are left out.
  package func encodedChunk(_ encoding: ValueStream.Encoding) throws(RuntimeError) -> Value? {
    switch self {
    case .null, .text(""): return nil
    case .stream: throw RuntimeError(.value, "a stream of streams cannot be encoded")
    case .text where encoding == .text: return self
    default:
      if holdsSource { throw RuntimeError(.value, "\(kindName) that has to be read cannot be encoded inside a stream") }
    }
    switch encoding {
    case .text: return .text(displayText)
    case .json:
      guard case .bytes(let bytes) = self else { return .text(jsonText) }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw RuntimeError(.value, "a chunk of bytes is not UTF-8", fault: .encoding)
      }
      return .text(Value.text(text).jsonText)
    }
  }
}
