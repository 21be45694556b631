/// A place in UTF-8 text and the character classes of the expression grammar.
///
/// The grammar's own characters are all ASCII, so bytes are compared, and only names and white space are decoded.
struct ExpressionCursor {
  var bytes: [UInt8]
  var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  var isAtEnd: Bool { position >= bytes.count }

  func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func isAt(_ character: Unicode.Scalar) -> Bool { current == UInt8(ascii: character) }

  func isAt(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
    isPair(first, second, at: position)
  }

  func isPair(_ first: Unicode.Scalar, _ second: Unicode.Scalar, at offset: Int) -> Bool {
    offset + 1 < bytes.count && bytes[offset] == UInt8(ascii: first) && bytes[offset + 1] == UInt8(ascii: second)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  // MARK: Characters

  /// The bytes of the character at an offset; 0 at the end.
  func characterLength(at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    let length =
      switch bytes[offset] {
      case 0xF0...: 4
      case 0xE0...: 3
      case 0xC0...: 2
      default: 1
      }
    return min(length, bytes.count - offset)
  }

  /// The bytes of the white space character at an offset; 0 when there is none.
  func spaceLength(at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    switch bytes[offset] {
    case 0x09...0x0D, 0x1C...0x20: return 1
    case 0..<0x80: return 0
    default:
      let (scalar, length) = decode(at: offset)
      switch scalar.value {
      case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return length
      default: return 0
      }
    }
  }

  /// Where the white space character that ends at an offset begins.
  func startOfSpace(endingAt end: Int) -> Int? {
    var start = end - 1
    while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start >= 0 && spaceLength(at: start) == end - start ? start : nil
  }

  /// The bytes of the word character at an offset: `_`, a letter, a digit or another number; 0 when there is none.
  func wordLength(at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    switch bytes[offset] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      return 1
    case 0..<0x80: return 0
    default:
      let (scalar, length) = decode(at: offset)
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber:
        return length
      default: return 0
      }
    }
  }

  /// Whether an ASCII digit stands at an offset.
  func isDigit(at offset: Int) -> Bool {
    guard offset < bytes.count else { return false }
    return bytes[offset] >= UInt8(ascii: "0") && bytes[offset] <= UInt8(ascii: "9")
  }

  /// The bytes of the decimal digit of any script at an offset; 0 when there is none.
  func digitLength(at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    if bytes[offset] < 0x80 { return isDigit(at: offset) ? 1 : 0 }
    let (scalar, length) = decode(at: offset)
    return scalar.properties.generalCategory == .decimalNumber ? length : 0
  }

  /// The value of the decimal digit at an offset.
  func digitValue(at offset: Int) -> Int {
    if bytes[offset] < 0x80 { return Int(bytes[offset] & 0x0F) }
    return Int(decode(at: offset).0.properties.numericValue ?? 0)
  }

  // MARK: Runs

  func endOfSpace(from offset: Int) -> Int {
    var end = offset
    while case let length = spaceLength(at: end), length > 0 { end += length }
    return end
  }

  func endOfWord(from offset: Int) -> Int {
    var end = offset
    while case let length = wordLength(at: end), length > 0 { end += length }
    return end
  }

  /// The end of a run of word characters and `-`.
  func endOfKey(from offset: Int) -> Int {
    var end = offset
    while true {
      let length = byte(at: end) == UInt8(ascii: "-") ? 1 : wordLength(at: end)
      if length == 0 { return end }
      end += length
    }
  }

  /// The end of a run of decimal digits of any script.
  func endOfDigits(from offset: Int) -> Int {
    var end = offset
    while case let length = digitLength(at: end), length > 0 { end += length }
    return end
  }

  /// The end of a run of bytes up to one that the predicate accepts.
  func end(from offset: Int, where isEnd: (UInt8) -> Bool) -> Int {
    var end = offset
    while end < bytes.count, !isEnd(bytes[end]) { end += 1 }
    return end
  }

  private func decode(at offset: Int) -> (Unicode.Scalar, length: Int) {
    let length = characterLength(at: offset)
    // The lead byte keeps 5, 4 or 3 bits, and each following byte 6 (RFC 3629, section 3).
    var value = UInt32(bytes[offset]) & (0xFF >> UInt32(length + 1))
    for byte in bytes[offset + 1..<offset + length] { value = value << 6 | UInt32(byte & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }
}
