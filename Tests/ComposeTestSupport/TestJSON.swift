/// A JSON value as tests look at it. Strict about the grammar of RFC 8259; the order of members is lost.
package indirect enum TestJSON: Hashable, Sendable {
  case null
  case boolean(Bool)
  /// As it was spelled.
  case number(String)
  case string(String)
  case array([TestJSON])
  case object([String: TestJSON])

  package init(_ text: String) throws(TestSupportError) { try self.init(Array(text.utf8)) }

  package init(_ bytes: [UInt8]) throws(TestSupportError) {
    var reader = TestJSONReader(bytes)
    self = try reader.readDocument()
  }

  package subscript(name: String) -> TestJSON? { if case .object(let members) = self { members[name] } else { nil } }

  package subscript(index: Int) -> TestJSON? {
    if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil }
  }

  package var string: String? { if case .string(let text) = self { text } else { nil } }

  package var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

  package var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }

  package var array: [TestJSON]? { if case .array(let elements) = self { elements } else { nil } }
}

private struct TestJSONReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func readDocument() throws(TestSupportError) -> TestJSON {
    let value = try readValue()
    skipBlanks()
    if index < bytes.count { throw failure("more text after the value") }
    return value
  }

  private mutating func readValue() throws(TestSupportError) -> TestJSON {
    skipBlanks()
    guard index < bytes.count else { throw failure("no value") }
    switch bytes[index] {
    case UInt8(ascii: "{"): return .object(try readObject())
    case UInt8(ascii: "["): return .array(try readArray())
    case UInt8(ascii: "\""): return .string(try readString())
    default:
      let word = String(decoding: bytes[index...].prefix { !",]} \t\r\n".utf8.contains($0) }, as: UTF8.self)
      index += word.utf8.count
      switch word {
      case "null": return .null
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      default:
        guard word.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else {
          throw failure("'\(word)' is no value")
        }
        return .number(word)
      }
    }
  }

  private mutating func readObject() throws(TestSupportError) -> [String: TestJSON] {
    var members: [String: TestJSON] = [:]
    index += 1
    if take("}") { return members }
    repeat {
      skipBlanks()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw failure("no member name") }
      let name = try readString()
      guard take(":") else { throw failure("no ':'") }
      guard members.updateValue(try readValue(), forKey: name) == nil else { throw failure("'\(name)' stands twice") }
    } while take(",")
    guard take("}") else { throw failure("no '}'") }
    return members
  }

  private mutating func readArray() throws(TestSupportError) -> [TestJSON] {
    var elements: [TestJSON] = []
    index += 1
    if take("]") { return elements }
    repeat { elements.append(try readValue()) } while take(",")
    guard take("]") else { throw failure("no ']'") }
    return elements
  }

  private mutating func readString() throws(TestSupportError) -> String {
    var units: [UInt8] = []
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else { throw failure("a string that is not UTF-8") }
        return text
      case UInt8(ascii: "\\"): units += Array(String(try readEscape()).utf8)
      case 0..<0x20: throw failure("a control character in a string")
      default: units.append(byte)
      }
    }
    throw failure("no closing quote")
  }

  private mutating func readEscape() throws(TestSupportError) -> Character {
    guard index < bytes.count else { throw failure("no escape") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "u"):
      var code = try readHex()
      if (0xD800..<0xDC00).contains(code), bytes[index...].starts(with: "\\u".utf8) {
        index += 2
        code = 0x10000 + (code - 0xD800) * 0x400 + (try readHex() &- 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair") }
      return Character(scalar)
    default: throw failure("an unknown escape")
    }
  }

  private mutating func readHex() throws(TestSupportError) -> UInt32 {
    let digits = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, let code = UInt32(digits, radix: 16) else { throw failure("no four hex digits") }
    index += 4
    return code
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while index < bytes.count, " \t\r\n".utf8.contains(bytes[index]) { index += 1 }
  }

  private func failure(_ what: String) -> TestSupportError {
    let text = String(decoding: bytes.prefix(300), as: UTF8.self)
    return TestSupportError("not JSON: \(what) at byte \(index) of: \(text)")
  }
}
