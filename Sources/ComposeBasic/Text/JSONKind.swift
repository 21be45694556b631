/// The outermost kind of a JSON text.
package enum JSONKind: Sendable {
  case object
  case array
  case scalar
}

/// What a text is as JSON (RFC 8259, with `NaN` and `Infinity` as the reference reads them); `nil` when it is not JSON.
///
/// It recognises and builds nothing, so that the pure stages need no reader of values.
package func jsonKind(of text: String) -> JSONKind? {
  var recognizer = JSONRecognizer(bytes: Array(text.utf8))
  return recognizer.document()
}

private struct JSONRecognizer {
  let bytes: [UInt8]
  var index = 0

  mutating func document() -> JSONKind? {
    skipBlanks()
    let kind: JSONKind =
      switch peek {
      case UInt8(ascii: "{"): .object
      case UInt8(ascii: "["): .array
      default: .scalar
      }
    guard value(depth: 0) else { return nil }
    skipBlanks()
    return index == bytes.count ? kind : nil
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 32 || byte == 9 || byte == 10 || byte == 13 { index += 1 }
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: scalar) else { return false }
    index += 1
    return true
  }

  private mutating func accept(word: String) -> Bool {
    let word = Array(word.utf8)
    guard bytes[index...].starts(with: word) else { return false }
    index += word.count
    return true
  }

  private mutating func value(depth: Int) -> Bool {
    guard depth < 256 else { return false }
    skipBlanks()
    switch peek {
    case UInt8(ascii: "{"): return members("}", depth: depth, isObject: true)
    case UInt8(ascii: "["): return members("]", depth: depth, isObject: false)
    case UInt8(ascii: "\""): return string()
    case nil: return false
    default:
      return accept(word: "true") || accept(word: "false") || accept(word: "null") || accept(word: "NaN")
        || accept(word: "Infinity") || accept(word: "-Infinity") || number()
    }
  }

  private mutating func members(_ close: Unicode.Scalar, depth: Int, isObject: Bool) -> Bool {
    index += 1
    skipBlanks()
    if accept(close) { return true }
    while true {
      if isObject {
        skipBlanks()
        guard string() else { return false }
        skipBlanks()
        guard accept(":") else { return false }
      }
      guard value(depth: depth + 1) else { return false }
      skipBlanks()
      if accept(",") { continue }
      return accept(close)
    }
  }

  private mutating func string() -> Bool {
    guard accept("\"") else { return false }
    while let byte = peek {
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"):
        guard let escape = peek else { return false }
        index += 1
        if escape == UInt8(ascii: "u") {
          for _ in 0..<4 {
            guard let digit = peek, isHexadecimal(digit) else { return false }
            index += 1
          }
        } else if !"\"\\/bfnrt".utf8.contains(escape) {
          return false
        }
      case 0..<0x20: return false
      default: break
      }
    }
    return false
  }

  private func isHexadecimal(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
  }

  private mutating func digits() -> Int {
    let start = index
    while let byte = peek, (48...57).contains(byte) { index += 1 }
    return index - start
  }

  private mutating func number() -> Bool {
    _ = accept("-")
    let first = peek
    let count = digits()
    guard count > 0, count == 1 || first != UInt8(ascii: "0") else { return false }
    if accept("."), digits() == 0 { return false }
    if accept("e") || accept("E") {
      if !accept("+") { _ = accept("-") }
      return digits() > 0
    }
    return true
  }
}
