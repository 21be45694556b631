/// Why a text is not JSON.
package struct JSONDocumentError: Error, Hashable, Sendable {
  package let message: String
  /// Where it went wrong, in bytes.
  package let offset: Int
}

extension JSONDocument {
  /// Reads one JSON text (RFC 8259), strictly: UTF-8, no member twice, nothing behind the value, at most 512 levels.
  package init(reading bytes: [UInt8]) throws(JSONDocumentError) {
    var reader = JSONDocumentReader(bytes: bytes)
    self = try reader.readDocument()
  }
}

private struct JSONDocumentReader {
  private static let deepest = 512

  let bytes: [UInt8]
  private var index = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func readDocument() throws(JSONDocumentError) -> JSONDocument {
    let value = try readValue(depth: 0)
    skipBlanks()
    guard index == bytes.count else { throw failure("there is more behind the value") }
    return value
  }

  private mutating func readValue(depth: Int) throws(JSONDocumentError) -> JSONDocument {
    guard depth < Self.deepest else { throw failure("too many levels") }
    skipBlanks()
    guard index < bytes.count else { throw failure("the text ends where a value is expected") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return try readObject(depth: depth)
    case UInt8(ascii: "["): return try readList(depth: depth)
    case UInt8(ascii: "\""): return .text(try readText())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
    default:
      for (word, value) in [("null", JSONDocument.null), ("true", .boolean(true)), ("false", .boolean(false))]
      where bytes[index...].starts(with: word.utf8) {
        index += word.utf8.count
        return value
      }
      throw failure("no value")
    }
  }

  // MARK: Collections

  private mutating func readObject(depth: Int) throws(JSONDocumentError) -> JSONDocument {
    var members: [JSONMember] = []
    var names: Set<String> = []
    index += 1
    if take("}") { return .object(members) }
    repeat {
      skipBlanks()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw failure("no name of a member") }
      let name = try readText()
      guard names.insert(name).inserted else { throw failure("'\(name)' stands twice") }
      guard take(":") else { throw failure("no ':'") }
      members.append(JSONMember(name: name, value: try readValue(depth: depth + 1)))
    } while take(",")
    guard take("}") else { throw failure("no '}'") }
    return .object(members)
  }

  private mutating func readList(depth: Int) throws(JSONDocumentError) -> JSONDocument {
    var elements: [JSONDocument] = []
    index += 1
    if take("]") { return .list(elements) }
    repeat { elements.append(try readValue(depth: depth + 1)) } while take(",")
    guard take("]") else { throw failure("no ']'") }
    return .list(elements)
  }

  // MARK: Scalars

  private mutating func readNumber() throws(JSONDocumentError) -> JSONDocument {
    let start = index
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    skipDigits()
    let hasLeadingZero = index - first > 1 && bytes[first] == UInt8(ascii: "0")
    guard index > first, !hasLeadingZero else { throw failure("no number") }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard skipDigits() > 0 else { throw failure("no digit behind the point") }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[index]) { index += 1 }
      guard skipDigits() > 0 else { throw failure("no exponent") }
    }
    return .number(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  @discardableResult
  private mutating func skipDigits() -> Int {
    let start = index
    while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { index += 1 }
    return index - start
  }

  private mutating func readText() throws(JSONDocumentError) -> String {
    var units: [UInt8] = []
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else { throw failure("a text that is not UTF-8") }
        return text
      case UInt8(ascii: "\\"): units += Array(String(Character(try readEscape())).utf8)
      case 0..<0x20: throw failure("a control character in a text")
      default: units.append(byte)
      }
    }
    throw failure("no closing quote")
  }

  private mutating func readEscape() throws(JSONDocumentError) -> Unicode.Scalar {
    guard index < bytes.count else { throw failure("no escape") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"):
      var code = try readFourDigits()
      if (0xD800..<0xDC00).contains(code), bytes[index...].starts(with: "\\u".utf8) {
        index += 2
        let low = try readFourDigits()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) * 0x400 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair") }
      return scalar
    default: throw failure("an unknown escape")
    }
  }

  private mutating func readFourDigits() throws(JSONDocumentError) -> UInt32 {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("no four digits") }
    index += 4
    return code
  }

  // MARK: Bytes

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private func failure(_ message: String) -> JSONDocumentError {
    JSONDocumentError(message: message, offset: min(index, bytes.count))
  }
}
