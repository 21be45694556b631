/// An unsigned integer of any size that grows digit by digit and prints as decimal digits.
struct DecimalAccumulator {
  /// Least significant first, base 10^9.
  private var limbs: [Int] = [0]
  private static let limbBase = 1_000_000_000

  var isZero: Bool { limbs == [0] }

  /// Multiplies by the base and adds a digit.
  mutating func append(_ digit: Int, base: Int) {
    var carry = digit
    for index in limbs.indices {
      let product = limbs[index] * base + carry
      limbs[index] = product % Self.limbBase
      carry = product / Self.limbBase
    }
    if carry > 0 { limbs.append(carry) }
  }

  var text: String {
    let head = String(limbs[limbs.count - 1])
    return limbs.dropLast().reversed().reduce(into: head) { text, limb in
      let digits = String(limb)
      text += String(repeating: "0", count: 9 - digits.count) + digits
    }
  }
}
