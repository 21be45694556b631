/// The shortest text that reads back as the same number, laid out as Python's `repr` does.
///
/// Positional from 1e-4 up to 1e16, always with a fraction; otherwise `d.ddde±XX`. Not finite: `nan`, `inf`, `-inf`.
package func floatText(_ number: Double) -> String {
  if number.isNaN { return "nan" }
  if number.isInfinite { return number < 0 ? "-inf" : "inf" }
  let magnitude = number.magnitude
  // The standard library has the digits; only its choice of layout differs outside of this range.
  if magnitude == 0 || (magnitude >= 1e-4 && magnitude < 0x1p53) { return number.description }
  // From 2^53 to 1e16 every number is an even integer, and its shortest digits are all of them.
  if magnitude >= 0x1p53, magnitude < 1e16 { return "\(Int64(number)).0" }
  return exponentText(number.description)
}

/// A number as JSON text writes it: `NaN` and `Infinity` where it is not finite.
func jsonNumberText(_ number: Double) -> String {
  if number.isNaN { return "NaN" }
  if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
  return floatText(number)
}

/// Rewrites `12300.0`, `1.23e+4` or `0.00012` as `1.23e+04`.
private func exponentText(_ description: String) -> String {
  var digits: [UInt8] = []
  var pointPosition: Int?
  var exponent = 0
  var isNegative = false
  var bytes = Array(description.utf8)[...]
  if bytes.first == UInt8(ascii: "-") {
    isNegative = true
    bytes.removeFirst()
  }
  while let byte = bytes.popFirst() {
    switch byte {
    case UInt8(ascii: "."): pointPosition = digits.count
    case UInt8(ascii: "e"):
      exponent = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
      bytes = []
    default: digits.append(byte)
    }
  }
  exponent += (pointPosition ?? digits.count) - 1
  while digits.count > 1, digits.first == UInt8(ascii: "0") {
    digits.removeFirst()
    exponent -= 1
  }
  while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }

  var text = isNegative ? "-" : ""
  text += String(decoding: digits.prefix(1), as: UTF8.self)
  if digits.count > 1 { text += "." + String(decoding: digits.dropFirst(), as: UTF8.self) }
  text += exponent < 0 ? "e-" : "e+"
  if exponent.magnitude < 10 { text += "0" }
  return text + String(exponent.magnitude)
}
