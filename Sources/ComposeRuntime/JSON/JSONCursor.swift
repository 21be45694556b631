/// A position in the bytes of a JSON text (RFC 8259, and `NaN`, `Infinity`, `-Infinity`).
///
/// It knows the grammar and builds nothing: the reader and the path scanner stand on it, so that both accept exactly
/// the same texts. It may be used only while the buffer is valid.
struct JSONCursor {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  /// How deep containers may nest; the stack of a thread bounds it.
  static let depthLimit = 512

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The next byte, or 0 at the end, which no token begins with.
  @inline(__always)
  var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  @inline(__always)
  mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position &+= 1
      default: return
      }
    }
  }

  func failure(_ message: String) -> JSONError {
    JSONError(position < bytes.count ? message : "unexpected end", offset: position)
  }

  /// Makes sure that nothing but blanks follows.
  mutating func finish() throws(JSONError) {
    skipBlanks()
    guard position == bytes.count else { throw failure("unexpected text behind the value") }
  }

  // MARK: Containers

  /// Reads an object from its brace on; the body is called before each member's value and must read it.
  @inline(__always)
  mutating func members(
    depth: Int, _ body: (inout JSONCursor, StringToken) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard depth <= Self.depthLimit else { throw JSONError("nested too deep", offset: position, isLimit: true) }
    position &+= 1
    skipBlanks()
    if next == UInt8(ascii: "}") {
      position &+= 1
      return
    }
    while true {
      guard next == UInt8(ascii: "\"") else { throw failure("expected a key in double quotes") }
      let key = try string()
      skipBlanks()
      guard next == UInt8(ascii: ":") else { throw failure("expected ':'") }
      position &+= 1
      skipBlanks()
      try body(&self, key)
      skipBlanks()
      switch next {
      case UInt8(ascii: ","):
        position &+= 1
        skipBlanks()
      case UInt8(ascii: "}"):
        position &+= 1
        return
      default: throw failure("expected ',' or '}'")
      }
    }
  }

  /// Reads an array from its bracket on; the body is called before each element and must read it.
  @inline(__always)
  mutating func elements(depth: Int, _ body: (inout JSONCursor) throws(JSONError) -> Void) throws(JSONError) {
    guard depth <= Self.depthLimit else { throw JSONError("nested too deep", offset: position, isLimit: true) }
    position &+= 1
    skipBlanks()
    if next == UInt8(ascii: "]") {
      position &+= 1
      return
    }
    while true {
      try body(&self)
      skipBlanks()
      switch next {
      case UInt8(ascii: ","):
        position &+= 1
        skipBlanks()
      case UInt8(ascii: "]"):
        position &+= 1
        return
      default: throw failure("expected ',' or ']'")
      }
    }
  }

  // MARK: Words

  @inline(__always)
  mutating func word(_ word: StaticString) throws(JSONError) {
    let length = word.utf8CodeUnitCount
    guard position &+ length <= bytes.count else { throw failure("unexpected character") }
    for offset in 0..<length where bytes[position &+ offset] != word.utf8Start[offset] {
      throw failure("unexpected character")
    }
    position &+= length
  }

  // MARK: Skipping

  /// Passes over one value, checking it as strictly as if it were read.
  mutating func skipValue(depth: Int) throws(JSONError) {
    switch next {
    case UInt8(ascii: "\""): try check(try string())
    case UInt8(ascii: "{"):
      try members(depth: depth + 1) { (cursor, key) throws(JSONError) in
        try cursor.check(key)
        try cursor.skipValue(depth: depth + 1)
      }
    case UInt8(ascii: "["):
      try elements(depth: depth + 1) { (cursor) throws(JSONError) in try cursor.skipValue(depth: depth + 1) }
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: _ = try number()
    }
  }
}
