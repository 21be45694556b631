extension Value {
  /// The value as a field takes it that wants text (language specification, sections 12.2 and 14).
  ///
  /// Text and null stay. Bytes and resources are read as UTF-8, with U+FFFD for what is none. A stream of fragments is
  /// one text, any other stream a stream of texts. A list is a batch: each element by itself. Everything else is
  /// written as JSON.
  ///
  /// - Throws: a `value` error for a fragment that is neither text nor bytes, and for a stream or a resource inside an
  ///   object; what reading throws.
  package func textInput() async throws(RuntimeError) -> Value {
    switch self {
    case .list(let list):
      var texts: [Value] = []
      texts.reserveCapacity(list.count)
      for element in list { texts.append(try await element.oneText()) }
      return .list(texts)
    case .stream(let stream):
      if stream.form == .chunks(fragmented: true) { return .text(try await stream.joinedText()) }
      return .stream(try stream.mapped { (chunk) async throws(RuntimeError) in try await chunk.oneText() })
    default: return try await oneText()
    }
  }

  private func oneText() async throws(RuntimeError) -> Value {
    switch self {
    case .null, .text: return self
    case .bytes(let bytes): return .text(String(decoding: bytes, as: UTF8.self))
    case .resource(let resource): return .text(String(decoding: try await resource.bytes(), as: UTF8.self))
    default:
      if holdsSource { throw .wrongKind("\(kindName) with something to be read in it cannot become text") }
      return .text(jsonText)
    }
  }
}

extension ValueStream {
  /// The fragments put together before they are decoded: a character may be cut anywhere.
  fileprivate func joinedText() async throws(RuntimeError) -> String {
    let bytes = try await collectedBytes { (chunk, _) throws(RuntimeError) in
      throw .wrongKind("\(chunk.kindName) is no fragment of a text")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
