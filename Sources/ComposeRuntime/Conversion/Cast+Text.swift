extension Value {
  /// What `as text` and `as markdown` give; they differ in how lists and objects are written.
  func castText(structure: (Value) -> String) throws(RuntimeError) -> String {
    switch self {
    case .text(let text): return text
    case .bytes(let bytes): return try Value.text(of: bytes)
    case .list, .object:
      if holdsSource { throw noText("\(kindName) with a stream or a resource inside") }
      return structure(self)
    case .stream, .resource: throw noText(kindName)
    default: return debugForm
    }
  }

  /// The reference writes a memory address in such a place.
  private func noText(_ what: String) -> RuntimeError {
    RuntimeError(.value, "\(what) cannot become text", diagnosticCode: "impossible-cast")
  }

  /// Whether it is true, `1`, or one of the texts `true` and `1` in any case; it never fails.
  func castBoolean() -> Bool {
    switch self {
    case .boolean(let value): value
    case .integer(let value): value == 1
    case .text(let text): Value.isTrue(text.utf8)
    case .bytes(let bytes): Value.isTrue(bytes)
    default: false
    }
  }

  /// The base64 of a text's UTF-8 or of bytes.
  func castBase64() throws(RuntimeError) -> String {
    switch self {
    case .text(let text): return Base64.encode(Array(text.utf8))
    case .bytes(let bytes): return Base64.encode(bytes)
    case .stream, .resource:
      throw RuntimeError(.value, "\(kindName) has to be read before it can become base64")
    default: throw .wrongKind("'as base64' needs text or bytes, and this is \(kindName)")
    }
  }

  /// Bytes as strict UTF-8.
  static func text(of bytes: [UInt8]) throws(RuntimeError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RuntimeError(.value, "the bytes are not UTF-8 text", fault: .encoding)
    }
    return text
  }

  private static func isTrue(_ text: some Collection<UInt8>) -> Bool {
    if text.count == 1 { return text.first == UInt8(ascii: "1") }
    guard text.count == 4 else { return false }
    // Of ASCII letters, bit 5 is the case.
    return zip(text, "true".utf8).allSatisfy { $0 | 0x20 == $1 && $0 >= UInt8(ascii: "A") }
  }
}
