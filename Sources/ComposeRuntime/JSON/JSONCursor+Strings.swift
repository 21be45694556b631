extension JSONCursor {
  /// Where a string stands, without its quotes.
  struct StringToken {
    let start: Int
    let end: Int
    let hasEscapes: Bool
    let isASCII: Bool
  }

  /// Reads a string from its quote on, and checks its escapes and control characters but not its UTF-8.
  mutating func string() throws(JSONError) -> StringToken {
    let start = position &+ 1
    var current = start
    var seen: UInt64 = 0
    var hasEscapes = false
    while true {
      current = plainEnd(from: current, seen: &seen)
      guard current < bytes.count else { throw JSONError("a string without end", offset: position) }
      let byte = bytes[current]
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        current = try escapeEnd(from: current)
      } else if byte < 0x20 {
        throw JSONError("a control character in a string", offset: current)
      } else {
        seen |= UInt64(byte)
        current &+= 1
      }
    }
    position = current &+ 1
    return StringToken(start: start, end: current, hasEscapes: hasEscapes, isASCII: seen & Self.highBits == 0)
  }

  /// Checks what `string()` has left: that the bytes are UTF-8.
  @inline(__always)
  func check(_ token: StringToken) throws(JSONError) {
    if !token.isASCII { try checkUTF8(token) }
  }

  /// The string's text. Half of a surrogate pair without the other half becomes U+FFFD: it is no character, and so
  /// no text can hold it.
  func text(of token: StringToken) throws(JSONError) -> String {
    let raw = UnsafeBufferPointer(rebasing: bytes[token.start..<token.end])
    if token.hasEscapes {
      try check(token)
      // An escape is never shorter than what it stands for.
      return String(unsafeUninitializedCapacity: raw.count) { Self.unescape(raw, into: $0) }
    }
    if token.isASCII { return String(decoding: raw, as: UTF8.self) }
    guard let text = String(validating: raw, as: UTF8.self) else { throw invalidUTF8(token) }
    return text
  }

  // MARK: Scanning

  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  private static let lowBits: UInt64 = 0x0101_0101_0101_0101

  /// The first byte from here that ends plain text: a quote, a backslash or a control character. Eight bytes at a
  /// time; fewer than eight bytes before the end it gives up and the caller goes on byte by byte.
  ///
  /// A byte is zero if subtracting one borrows; the lowest byte found is always right, higher ones may not be
  /// (Anderson, Bit Twiddling Hacks, "Determine if a word has a zero byte").
  @inline(__always)
  private func plainEnd(from start: Int, seen: inout UInt64) -> Int {
    var current = start
    guard let base = bytes.baseAddress else { return current }
    while current &+ 8 <= bytes.count {
      let word = UInt64(littleEndian: UnsafeRawPointer(base + current).loadUnaligned(as: UInt64.self))
      let quote = word ^ (Self.lowBits &* UInt64(UInt8(ascii: "\"")))
      let backslash = word ^ (Self.lowBits &* UInt64(UInt8(ascii: "\\")))
      let stops =
        ((quote &- Self.lowBits) & ~quote | (backslash &- Self.lowBits) & ~backslash
          | (word &- Self.lowBits &* 0x20) & ~word) & Self.highBits
      if stops != 0 {
        let plainBits = UInt64(stops.trailingZeroBitCount & ~7)
        seen |= word & ((1 << plainBits) &- 1)
        return current &+ Int(plainBits >> 3)
      }
      seen |= word
      current &+= 8
    }
    return current
  }

  /// Checks the escape that begins here, and gives the place behind it.
  private func escapeEnd(from start: Int) throws(JSONError) -> Int {
    guard start &+ 1 < bytes.count else { throw JSONError("a string without end", offset: start) }
    switch bytes[start &+ 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start &+ 2
    case UInt8(ascii: "u"):
      guard start &+ 6 <= bytes.count else { throw JSONError("a string without end", offset: start) }
      for offset in 2..<6 where !Self.isHexadecimal(bytes[start &+ offset]) {
        throw JSONError("'\\u' needs four hexadecimal digits", offset: start)
      }
      return start &+ 6
    default: throw JSONError("an unknown escape", offset: start)
    }
  }

  private func checkUTF8(_ token: StringToken) throws(JSONError) {
    let raw = UnsafeBufferPointer(rebasing: bytes[token.start..<token.end])
    do {
      _ = try UTF8Span(validating: Span(_unsafeElements: raw))
    } catch {
      throw invalidUTF8(token)
    }
  }

  private func invalidUTF8(_ token: StringToken) -> JSONError {
    JSONError("a string that is not UTF-8", offset: token.start)
  }

  // MARK: Escapes

  /// Writes the text of a checked string, and gives its length.
  private static func unescape(_ raw: UnsafeBufferPointer<UInt8>, into text: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var length = 0
    func append(_ byte: UInt8) {
      text[length] = byte
      length += 1
    }
    var current = 0
    while current < raw.count {
      let byte = raw[current]
      guard byte == UInt8(ascii: "\\") else {
        append(byte)
        current += 1
        continue
      }
      let kind = raw[current + 1]
      current += 2
      switch kind {
      case UInt8(ascii: "b"): append(0x08)
      case UInt8(ascii: "f"): append(0x0C)
      case UInt8(ascii: "n"): append(0x0A)
      case UInt8(ascii: "r"): append(0x0D)
      case UInt8(ascii: "t"): append(0x09)
      case UInt8(ascii: "u"):
        let scalar = scalar(raw, at: &current)
        for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(unit) }
      default: append(kind)
      }
    }
    return length
  }

  /// The character whose first four digits stand here; the second half of a pair is read along.
  private static func scalar(_ raw: UnsafeBufferPointer<UInt8>, at current: inout Int) -> Unicode.Scalar {
    let first = codeUnit(raw, at: current)
    current += 4
    guard first & 0xFC00 == 0xD800, current + 6 <= raw.count, raw[current] == UInt8(ascii: "\\"),
      raw[current + 1] == UInt8(ascii: "u")
    else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    let second = codeUnit(raw, at: current + 2)
    guard second & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
    current += 6
    return Unicode.Scalar(0x1_0000 + ((first & 0x3FF) << 10) + (second & 0x3FF)) ?? "\u{FFFD}"
  }

  private static func codeUnit(_ raw: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32 {
    var unit: UInt32 = 0
    for byte in raw[start..<start + 4] {
      // '0' to '9' end in their value; of letters the low bits begin with 1 for 'a' and 'A'.
      unit = unit << 4 | (UInt32(byte & 0x0F) + (byte >= UInt8(ascii: "A") ? 9 : 0))
    }
    return unit
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }
}
