/// Exact integers as decimal digits, for what does not fit into 64 bits.
enum DecimalInteger {
  /// The most digits that an integer may have. Conversion takes quadratic time, and so the language has this limit.
  static let digitLimit = 4300

  /// An integer value from ASCII digits with an optional sign; leading zeros and `+` are dropped.
  static func value(of text: String) -> Value {
    if let integer = Int(text) { return .integer(integer) }
    var digits = text.utf8[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
    digits = digits.drop { $0 == UInt8(ascii: "0") }
    if digits.isEmpty { return .integer(0) }
    return .bigInteger((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self))
  }

  /// The integer part of a finite number, exactly.
  static func value(truncating number: Double) -> Value {
    if let integer = Int(exactly: number.rounded(.towardZero)) { return .integer(integer) }
    // It is beyond 63 bits, and therefore its 53 significant bits are followed by zeros only.
    let shift = Int(number.exponent) - Double.significandBitCount
    let significand = number.significandBitPattern | (1 << UInt64(Double.significandBitCount))
    let digits = shiftedDigits(significand, by: shift)
    return .bigInteger((number < 0 ? "-" : "") + digits)
  }

  /// Decimal digits of `number * 2^shift`, by repeated multiplication of base 10^9 limbs, least significant first.
  private static func shiftedDigits(_ number: UInt64, by shift: Int) -> String {
    let base: UInt64 = 1_000_000_000
    var limbs: [UInt64] = []
    var rest = number
    while rest > 0 {
      limbs.append(rest % base)
      rest /= base
    }
    var remaining = shift
    while remaining > 0 {
      let step = min(remaining, 30)
      remaining -= step
      var carry: UInt64 = 0
      for position in limbs.indices {
        let product = (limbs[position] << UInt64(step)) + carry
        limbs[position] = product % base
        carry = product / base
      }
      while carry > 0 {
        limbs.append(carry % base)
        carry /= base
      }
    }
    var text = String(limbs.last ?? 0)
    for limb in limbs.dropLast().reversed() {
      let digits = String(limb)
      text += String(repeating: "0", count: 9 - digits.count) + digits
    }
    return text
  }
}
