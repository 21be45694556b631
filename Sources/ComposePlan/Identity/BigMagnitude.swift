/// The absolute value of a large integer in bytes, as ``CanonicalWriter`` needs it.
struct BigMagnitude {
  /// The lowest first, none of zero at the end.
  private var digits: [UInt8] = []

  /// - Parameter decimal: digits after an optional sign; `nil` for anything else.
  init?(_ decimal: String) {
    let unsigned = decimal.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard !unsigned.isEmpty, decimal.utf8.count - unsigned.count <= 1 else { return nil }
    for digit in unsigned {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      var carry = Int(digit - UInt8(ascii: "0"))
      for index in digits.indices {
        carry += Int(digits[index]) * 10
        digits[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      if carry > 0 { digits.append(UInt8(carry)) }
    }
  }

  /// The highest first.
  var bytes: [UInt8] { digits.reversed() }

  /// The value, if it has at most 64 bits.
  var word: UInt64? {
    digits.count > 8 ? nil : digits.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Subtracts one. Zero stays zero.
  mutating func decrement() {
    for index in digits.indices {
      digits[index] &-= 1
      if digits[index] != 0xFF { break }
    }
    while digits.last == 0 { digits.removeLast() }
  }
}
