/// The seconds that a value stands for (language specification, section 14): a number of seconds, `h:m:s` or `m:s`, or
/// a number with one of the suffixes `ms`, `s`, `m`, `h` and `d`. Null is `nil`: the field's own default.
///
/// What is not written with colons is rounded to microseconds.
///
/// - Throws: a `value` error for anything else, and beyond 999999999 days.
package func seconds(of value: Value) throws(RuntimeError) -> Double? {
  switch value {
  case .null: return nil
  case .boolean, .integer, .bigInteger, .number: return try rounded(value, microseconds: 1_000_000)
  case .text(let text):
    if text.utf8.contains(UInt8(ascii: ":")) { return try seconds(ofTimecode: text) }
    for unit in durationUnits {
      guard let number = text.withoutSuffix(unit.suffix) else { continue }
      return try rounded(.number(try number.unitNumber(of: text, "a duration")), microseconds: unit.microseconds)
    }
    return try rounded(.number(try text.unitNumber(of: text, "a duration")), microseconds: 1_000_000)
  default:
    throw RuntimeError(.value, "a duration cannot be \(value.kindName)", fault: .operation)
  }
}

/// `ms` comes before `s`, which ends it.
private let durationUnits: [(suffix: String, microseconds: Int128)] = [
  ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000), ("d", 86_400_000_000),
]

/// `h:m:s` or `m:s`: integers, and a number of seconds.
private func seconds(ofTimecode text: String) throws(RuntimeError) -> Double {
  let parts = text.unicodeScalars.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
  guard parts.count == 2 || parts.count == 3 else {
    throw RuntimeError(.value, "\(quotedForError(.text(text))) is not a duration: it is 'h:m:s' or 'm:s'")
  }
  let seconds = try parts[parts.count - 1].unitNumber(of: text, "a duration")
  var whole = 0
  for part in parts.dropLast() {
    guard case .integer(let number) = try Value.text(part).castInteger() else { throw tooLong(text) }
    let (minutes, overflow) = whole.multipliedReportingOverflow(by: 60)
    let (sum, isOver) = minutes.addingReportingOverflow(number)
    guard !overflow, !isOver else { throw tooLong(text) }
    whole = sum
  }
  let (total, overflow) = whole.multipliedReportingOverflow(by: 60)
  guard !overflow else { throw tooLong(text) }
  return Double(total) + seconds
}

/// A number of units as seconds, rounded to whole microseconds, half to even.
private func rounded(_ value: Value, microseconds unit: Int128) throws(RuntimeError) -> Double {
  let total: Int128
  switch value {
  case .number(let number):
    guard number.isFinite else {
      throw RuntimeError(
        .value, "'\(floatText(number))' is not a duration", fault: number.isNaN ? .content : .overflow)
    }
    guard number.magnitude < 1e15 else { throw tooLong(floatText(number)) }
    let whole = number.rounded(.towardZero)
    let fraction = (number - whole) * Double(unit)
    let wholeFraction = fraction.rounded(.towardZero)
    let sum = Int128(whole) * unit + Int128(wholeFraction)
    let rest = fraction - wholeFraction
    var step = rest.rounded(.toNearestOrAwayFromZero)
    if rest.magnitude == 0.5, sum % 2 == 0 { step = 0 }
    total = sum + Int128(step)
  default:
    guard case .integer(let number) = try value.castInteger() else { throw tooLong(value.displayText) }
    total = Int128(number) * unit
  }
  guard total.magnitude < UInt128(1_000_000_000) * 86_400_000_000 else { throw tooLong(value.displayText) }
  // Up to 2^53 the division rounds once; beyond, the seconds are exact and the rest does not count.
  if total.magnitude < 1 << 53 { return Double(total) / 1_000_000 }
  return Double(total / 1_000_000) + Double(total % 1_000_000) / 1_000_000
}

private func tooLong(_ text: String) -> RuntimeError {
  RuntimeError(.value, "\(quotedForError(.text(text))) is too long for a duration", fault: .overflow)
}
