import ComposeBasic
import Glibc

/// The score of a choice in weighted rendezvous hashing. The lowest one wins. A choice wins as often as its weight says,
/// and a new choice takes its share from all others alike (Thaler and Ravishankar, "Using name-based mappings to
/// increase hit rates", 1998; with logarithms for the weights).
///
/// - Parameter key: what is chosen for, and the choice.
func rendezvousScore(_ key: String, weight: Double) -> Double {
  var number: UInt64 = 0
  for byte in SHA256.digest(of: key.utf8.span).bytes.prefix(8) { number = number << 8 | UInt64(byte) }
  return -log(unitFraction(number)) / weight
}

/// `(number + 1) / (2^64 + 1)`, above 0 and at most 1, rounded once to the nearest double.
func unitFraction(_ number: UInt64) -> Double {
  let numerator = UInt128(number) + 1
  let denominator = UInt128(1) << 64 + 1
  // 57 or 58 bits of the quotient: more than a double has, so the last one can stand for all that follow.
  let shift = numerator.leadingZeroBitCount - 5
  let (quotient, remainder) = (numerator << UInt128(shift)).quotientAndRemainder(dividingBy: denominator)
  let bits = UInt64(quotient) | (remainder == 0 ? 0 : 1)
  return Double(sign: .plus, exponent: -shift, significand: Double(bits))
}
