extension JSONCursor {
  /// Where a number stands.
  struct NumberToken {
    enum Kind { case integer, fraction, notANumber, infinity, negativeInfinity }

    let kind: Kind
    let start: Int
    let end: Int
  }

  /// Reads a number (RFC 8259, section 6), `NaN`, `Infinity` or `-Infinity`.
  mutating func number() throws(JSONError) -> NumberToken {
    let start = position
    var kind = NumberToken.Kind.integer
    switch next {
    case UInt8(ascii: "N"):
      try word("NaN")
      return NumberToken(kind: .notANumber, start: start, end: position)
    case UInt8(ascii: "I"):
      try word("Infinity")
      return NumberToken(kind: .infinity, start: start, end: position)
    case UInt8(ascii: "-"):
      position &+= 1
      if next == UInt8(ascii: "I") {
        try word("Infinity")
        return NumberToken(kind: .negativeInfinity, start: start, end: position)
      }
    case UInt8(ascii: "0")...UInt8(ascii: "9"): break
    default: throw failure("expected a value")
    }

    let firstDigit = position
    try digits()
    let count = position &- firstDigit
    if count > 1, bytes[firstDigit] == UInt8(ascii: "0") {
      throw JSONError("a number with a leading zero", offset: start)
    }
    if next == UInt8(ascii: ".") {
      kind = .fraction
      position &+= 1
      try digits()
    }
    if next | 0x20 == UInt8(ascii: "e") {
      kind = .fraction
      position &+= 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position &+= 1 }
      try digits()
    }
    if kind == .integer, count > DecimalInteger.digitLimit {
      throw JSONError("an integer of more than \(DecimalInteger.digitLimit) digits", offset: start, isLimit: true)
    }
    return NumberToken(kind: kind, start: start, end: position)
  }

  /// The number's value: integers exactly, a fraction that is too large as infinity.
  func value(of token: NumberToken) -> Value {
    switch token.kind {
    case .integer: integer(token)
    case .fraction: .number(simpleFraction(token) ?? Double(text(token)) ?? .nan)
    case .notANumber: .number(.nan)
    case .infinity: .number(.infinity)
    case .negativeInfinity: .number(-.infinity)
    }
  }

  @inline(__always)
  private mutating func digits() throws(JSONError) {
    let start = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
    guard position > start else { throw failure("expected a digit") }
  }

  private func text(_ token: NumberToken) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[token.start..<token.end]), as: UTF8.self)
  }

  private func integer(_ token: NumberToken) -> Value {
    // Eighteen digits and a sign always fit into 64 bits.
    guard token.end - token.start < 19 else { return DecimalInteger.value(of: text(token)) }
    let isNegative = bytes[token.start] == UInt8(ascii: "-")
    var magnitude = 0
    for position in (isNegative ? token.start + 1 : token.start)..<token.end {
      magnitude = magnitude &* 10 &+ Int(bytes[position] &- UInt8(ascii: "0"))
    }
    return .integer(isNegative ? -magnitude : magnitude)
  }

  /// The value when one exact division or multiplication gives it correctly rounded: at most 2^53 as digits, and a
  /// power of ten that a `Double` holds exactly (Clinger, "How to Read Floating Point Numbers Accurately", 1990).
  private func simpleFraction(_ token: NumberToken) -> Double? {
    guard token.end - token.start < 20 else { return nil }
    var significand: UInt64 = 0
    var exponent = 0
    var isFraction = false
    var isNegative = false
    var current = token.start
    if bytes[current] == UInt8(ascii: "-") {
      isNegative = true
      current += 1
    }
    scan: while current < token.end {
      let byte = bytes[current]
      current += 1
      switch byte {
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        var written = 0
        let sign = bytes[current]
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { current += 1 }
        guard token.end - current <= 3 else { return nil }
        for position in current..<token.end { written = written * 10 + Int(bytes[position] - UInt8(ascii: "0")) }
        exponent += sign == UInt8(ascii: "-") ? -written : written
        break scan
      default:
        significand = significand &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      }
    }
    guard significand <= 1 << 53, exponent.magnitude <= 22 else { return nil }
    let magnitude = Double(significand)
    let power = Self.powersOfTen[Int(exponent.magnitude)]
    let number = exponent < 0 ? magnitude / power : magnitude * power
    return isNegative ? -number : number
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
