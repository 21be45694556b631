/// Numbers as people write them, with Python's liberties: blanks around, one sign, decimal digits of any script, single
/// `_` between digits.
enum NumberText {
  /// The ASCII digits, with `-` if need be, of a decimal integer; `nil` if it is none.
  static func integer(_ text: String) -> String? {
    guard let ascii = simplified(text) else { return nil }
    var scanner = Scanner(ascii)
    let sign = scanner.sign()
    guard scanner.digits() > 0, scanner.isAtEnd else { return nil }
    return (sign == UInt8(ascii: "-") ? "-" : "") + String(decoding: scanner.plain.drop(while: isSign), as: UTF8.self)
  }

  /// A decimal number with fraction and exponent, `nan`, `inf` or `infinity`; too large is infinity.
  static func number(_ text: String) -> Double? {
    guard let ascii = simplified(text) else { return nil }
    var scanner = Scanner(ascii)
    let isNegative = scanner.sign() == UInt8(ascii: "-")
    switch String(decoding: scanner.rest, as: UTF8.self).lowercased() {
    case "nan": return .nan
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    default: break
    }
    var digits = scanner.digits()
    if scanner.skip(UInt8(ascii: ".")) { digits += scanner.digits() }
    guard digits > 0 else { return nil }
    if scanner.skip(UInt8(ascii: "e")) || scanner.skip(UInt8(ascii: "E")) {
      scanner.sign()
      guard scanner.digits() > 0 else { return nil }
    }
    guard scanner.isAtEnd else { return nil }
    return Double(String(decoding: scanner.plain, as: UTF8.self))
  }

  /// The text without blanks around it and with ASCII digits; `nil` if anything else is not ASCII.
  private static func simplified(_ text: String) -> [UInt8]? {
    var scalars = Array(text.unicodeScalars)[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    var ascii: [UInt8] = []
    ascii.reserveCapacity(scalars.count)
    for scalar in scalars {
      if scalar.isASCII {
        ascii.append(UInt8(truncatingIfNeeded: scalar.value))
      } else if scalar.properties.generalCategory == .decimalNumber, let digit = scalar.properties.numericValue {
        ascii.append(UInt8(ascii: "0") + UInt8(digit))
      } else {
        return nil
      }
    }
    return ascii
  }

  private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }

  /// Goes over the text once and keeps what is not `_`.
  private struct Scanner {
    private(set) var rest: ArraySlice<UInt8>
    /// What has been passed, without `_`.
    private(set) var plain: [UInt8] = []

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }

    @discardableResult
    mutating func sign() -> UInt8? {
      guard let byte = rest.first, NumberText.isSign(byte) else { return nil }
      plain.append(byte)
      rest.removeFirst()
      return byte
    }

    mutating func skip(_ byte: UInt8) -> Bool {
      guard rest.first == byte else { return false }
      plain.append(byte)
      rest.removeFirst()
      return true
    }

    /// Passes digits with single `_` between them, and gives how many digits there were.
    mutating func digits() -> Int {
      var count = 0
      while let byte = rest.first {
        if isDigit(byte) {
          plain.append(byte)
          count += 1
        } else if byte != UInt8(ascii: "_") || count == 0 || !(rest.dropFirst().first.map(isDigit) ?? false) {
          break
        }
        rest.removeFirst()
      }
      return count
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  }
}
