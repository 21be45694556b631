/// What a plain scalar means under YAML 1.1, by the patterns of PyYAML's `SafeLoader` (`resolver.py`).
func resolvePlainScalar(_ text: String) -> ScalarValue {
  let bytes = Array(text.utf8)
  guard let first = bytes.first else { return .null }
  switch first {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
    return resolveFloat(bytes) ?? resolveInteger(bytes) ?? (isTimestamp(bytes) ? .timestamp(text) : .text(text))
  case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "y"), UInt8(ascii: "Y"),
    UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"):
    return bytes.count <= 5 ? words[text] ?? .text(text) : .text(text)
  default:
    return .text(text)
  }
}

private let words: [String: ScalarValue] = {
  var words: [String: ScalarValue] = ["~": .null, "null": .null, "Null": .null, "NULL": .null]
  for word in ["yes", "true", "on"] { words.insertCases(of: word, .boolean(true)) }
  for word in ["no", "false", "off"] { words.insertCases(of: word, .boolean(false)) }
  return words
}()

extension [String: ScalarValue] {
  fileprivate mutating func insertCases(of word: String, _ value: ScalarValue) {
    self[word] = value
    self[word.uppercased()] = value
    self[word.prefix(1).uppercased() + word.dropFirst()] = value
  }
}

/// Every form has a point, and an exponent needs its sign: `1e3` and `1.5e3` are texts.
private func resolveFloat(_ bytes: [UInt8]) -> ScalarValue? {
  var cursor = Cursor(bytes)
  let sign = cursor.sign()
  let unsigned = String(decoding: bytes[cursor.index...], as: UTF8.self)
  switch unsigned {
  case ".inf", ".Inf", ".INF": return .number(sign == "-" ? -.infinity : .infinity)
  case ".nan", ".NaN", ".NAN": return sign == nil ? .number(.nan) : nil
  default: break
  }
  guard cursor.peek?.isDecimalDigit == true else {
    guard sign == nil, cursor.take("."), cursor.peek?.isDecimalDigit == true else { return nil }
    cursor.digitsAndUnderscores()
    return cursor.exponentThenEnd() ? number(unsigned, negative: false) : nil
  }
  cursor.digitsAndUnderscores()
  if cursor.peek == UInt8(ascii: ":") {
    guard cursor.sexagesimalParts(), cursor.take(".") else { return nil }
    cursor.digitsAndUnderscores()
    return cursor.isAtEnd ? sexagesimalNumber(unsigned, negative: sign == "-") : nil
  }
  guard cursor.take(".") else { return nil }
  cursor.digitsAndUnderscores()
  return cursor.exponentThenEnd() ? number(unsigned, negative: sign == "-") : nil
}

private func number(_ text: String, negative: Bool) -> ScalarValue? {
  Double(text.filter { $0 != "_" }).map { .number(negative ? -$0 : $0) }
}

private func sexagesimalNumber(_ text: String, negative: Bool) -> ScalarValue? {
  var total = 0.0
  for part in text.filter({ $0 != "_" }).split(separator: ":") {
    guard let value = Double(part) else { return nil }
    total = total * 60 + value
  }
  return .number(negative ? -total : total)
}

private func resolveInteger(_ bytes: [UInt8]) -> ScalarValue? {
  var cursor = Cursor(bytes)
  let isNegative = cursor.sign() == "-"
  let digits = bytes[cursor.index...].filter { $0 != UInt8(ascii: "_") }
  guard let first = cursor.peek, first.isDecimalDigit else { return nil }
  if first == UInt8(ascii: "0") {
    if bytes.count == cursor.index + 1 { return .integer(0) }
    cursor.index += 1
    if cursor.take("b") {
      return cursor.rest { $0 == 0x30 || $0 == 0x31 } ? integer(digits.dropFirst(2), 2, isNegative) : nil
    }
    if cursor.take("x") {
      return cursor.rest(\.isHexDigit) ? integer(digits.dropFirst(2), 16, isNegative) : nil
    }
    return cursor.rest { (0x30...0x37).contains($0) } ? integer(digits[...], 8, isNegative) : nil
  }
  cursor.digitsAndUnderscores()
  if cursor.isAtEnd { return integer(digits[...], 10, isNegative) }
  guard cursor.sexagesimalParts(), cursor.isAtEnd else { return nil }
  return integer(digits[...], 60, isNegative)
}

/// Turns digits of a base into a value; base 60 has its digits in decimal between colons.
private func integer(_ digits: ArraySlice<UInt8>, _ base: Int, _ isNegative: Bool) -> ScalarValue? {
  // The reference refuses longer ones, and the conversion takes time that grows with the square.
  guard !digits.isEmpty, digits.count <= 4300 else { return nil }
  let parts: [Int]
  var total = DecimalAccumulator()
  if base == 60 {
    let groups = digits.split(separator: UInt8(ascii: ":"))
    // The first group may be long, the others are below 60.
    for digit in groups[0] { total.append(Int(digit - 0x30), base: 10) }
    parts = groups.dropFirst().map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
  } else {
    parts = digits.map { Int($0 & 0x40 == 0 ? $0 & 15 : ($0 & 15) + 9) }
  }
  for part in parts { total.append(part, base: base) }
  let text = (isNegative && !total.isZero ? "-" : "") + total.text
  return Int(text).map { .integer($0) } ?? .bigInteger(text)
}

/// `2001-12-14`, or a date, `T` or blanks, a time, and maybe a time zone.
private func isTimestamp(_ bytes: [UInt8]) -> Bool {
  var cursor = Cursor(bytes)
  guard cursor.digits(4...4), cursor.take("-") else { return false }
  let monthStart = cursor.index
  guard cursor.digits(1...2), cursor.take("-"), cursor.digits(1...2) else { return false }
  if cursor.isAtEnd { return cursor.index - monthStart == 5 }
  if !cursor.take("T"), !cursor.take("t"), cursor.blanks() == 0 { return false }
  guard cursor.digits(1...2), cursor.take(":"), cursor.digits(2...2), cursor.take(":"), cursor.digits(2...2) else {
    return false
  }
  if cursor.take(".") { _ = cursor.digits(0 ... .max) }
  if cursor.isAtEnd { return true }
  _ = cursor.blanks()
  if cursor.take("Z") { return cursor.isAtEnd }
  guard cursor.sign() != nil, cursor.digits(1...2) else { return false }
  if cursor.isAtEnd { return true }
  return cursor.take(":") && cursor.digits(2...2) && cursor.isAtEnd
}

private struct Cursor {
  let bytes: [UInt8]
  var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var peek: UInt8? { index < bytes.count ? bytes[index] : nil }
  var isAtEnd: Bool { index == bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func sign() -> Unicode.Scalar? {
    if take("-") { return "-" }
    return take("+") ? "+" : nil
  }

  mutating func digits(_ allowed: ClosedRange<Int>) -> Bool {
    let start = index
    while index - start < allowed.upperBound, peek?.isDecimalDigit == true { index += 1 }
    return index - start >= allowed.lowerBound
  }

  mutating func blanks() -> Int {
    let start = index
    while peek?.isYAMLBlank == true { index += 1 }
    return index - start
  }

  mutating func digitsAndUnderscores() {
    while let byte = peek, byte.isDecimalDigit || byte == UInt8(ascii: "_") { index += 1 }
  }

  /// One or more `:` with a number below 60.
  mutating func sexagesimalParts() -> Bool {
    var count = 0
    while take(":") {
      let start = index
      guard digits(1...2) else { return false }
      if index - start == 2, bytes[start] > UInt8(ascii: "5") { return false }
      count += 1
    }
    return count > 0
  }

  mutating func exponentThenEnd() -> Bool {
    if isAtEnd { return true }
    guard take("e") || take("E"), sign() != nil, digits(1 ... .max) else { return false }
    return isAtEnd
  }

  /// Whether the rest is one or more accepted bytes or underscores.
  mutating func rest(_ isAccepted: (UInt8) -> Bool) -> Bool {
    !isAtEnd && bytes[index...].allSatisfy { isAccepted($0) || $0 == UInt8(ascii: "_") }
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    isDecimalDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
      || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(self)
  }
}
