/// A JSON document read back, for tests of what is written; members keep their order.
package indirect enum JSONText: Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSONText])
  case object([Member])

  /// A name with its value.
  package struct Member: Equatable, Sendable {
    package let name: String
    package let value: JSONText
  }

  /// The first member of that name.
  package subscript(name: String) -> JSONText? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text of a string.
  package var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The elements of an array, otherwise none.
  package var elements: [JSONText] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// The members of an object, otherwise none.
  package var members: [Member] {
    guard case .object(let members) = self else { return [] }
    return members
  }

  /// Reads a whole document.
  package static func read(_ bytes: [UInt8]) throws(TestSupportError) -> JSONText {
    var reader = Reader(bytes: bytes)
    let value = try reader.value()
    reader.skipBlanks()
    guard reader.isAtEnd else { throw TestSupportError("text behind the JSON value") }
    return value
  }
}

private struct Reader {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
  }

  mutating func value() throws(TestSupportError) -> JSONText {
    skipBlanks()
    guard position < bytes.count else { throw TestSupportError("no JSON value at the end") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    default: return try word()
    }
  }

  private mutating func object() throws(TestSupportError) -> JSONText {
    var members: [JSONText.Member] = []
    position += 1
    while !take("}") {
      if !members.isEmpty { try expect(",") }
      skipBlanks()
      let name = try string()
      try expect(":")
      members.append(JSONText.Member(name: name, value: try value()))
    }
    return .object(members)
  }

  private mutating func array() throws(TestSupportError) -> JSONText {
    var elements: [JSONText] = []
    position += 1
    while !take("]") {
      if !elements.isEmpty { try expect(",") }
      elements.append(try value())
    }
    return .array(elements)
  }

  private mutating func string() throws(TestSupportError) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      guard bytes[position] >= 0x20 else { throw TestSupportError("a raw control character in a string") }
      guard bytes[position] == UInt8(ascii: "\\") else {
        text.append(bytes[position])
        position += 1
        continue
      }
      guard position + 1 < bytes.count else { break }
      let escape = bytes[position + 1]
      position += 2
      if escape == UInt8(ascii: "u") {
        let digits = String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self)
        guard let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else {
          throw TestSupportError("bad escape '\(digits)'")
        }
        text += Array(String(scalar).utf8)
        position += 4
      } else if let index = Array("nrtbf".utf8).firstIndex(of: escape) {
        text.append([0x0A, 0x0D, 0x09, 0x08, 0x0C][index])
      } else {
        text.append(escape)
      }
    }
    try expect("\"")
    guard let result = String(validating: text, as: UTF8.self) else { throw TestSupportError("not UTF-8") }
    return result
  }

  private mutating func word() throws(TestSupportError) -> JSONText {
    let start = position
    while position < bytes.count, !",]} \n\r\t".utf8.contains(bytes[position]) { position += 1 }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    switch word {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default:
      guard Double(word) != nil else { throw TestSupportError("not JSON: '\(word)'") }
      return .number(word)
    }
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ sign: Unicode.Scalar) throws(TestSupportError) {
    guard take(sign) else { throw TestSupportError("'\(sign)' expected at byte \(position)") }
  }
}
