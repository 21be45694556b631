/// The bytes that a value stands for (language specification, section 14): a number, or a number with one of the
/// suffixes `GB`, `G`, `MB`, `M`, `KB`, `K` and `B`, which are powers of 1024. A fraction is cut off. Null is `nil`.
///
/// - Throws: a `value` error for anything else, and beyond 64 bits.
package func byteCount(of value: Value) throws(RuntimeError) -> Int? {
  try count(
    value, "a size",
    [
      ("GB", 0x1p30), ("G", 0x1p30), ("MB", 0x1p20), ("M", 0x1p20), ("KB", 0x1p10), ("K", 0x1p10), ("B", 1), ("", 1),
    ])
}

/// The number that a value stands for where `k`, `m` and `g` in either case are powers of 1000 (language specification,
/// section 14). A fraction is cut off, and a text without a suffix is an error. Null is `nil`.
///
/// - Throws: a `value` error for anything else, and beyond 64 bits.
package func decimalCount(of value: Value) throws(RuntimeError) -> Int? {
  try count(
    value, "a number with k, M or G", [("G", 1e9), ("g", 1e9), ("M", 1e6), ("m", 1e6), ("K", 1e3), ("k", 1e3)])
}

/// - Parameter units: suffixes with their factors; the first that ends the text counts.
private func count(
  _ value: Value, _ wanted: String, _ units: [(suffix: String, factor: Double)]
) throws(RuntimeError) -> Int? {
  let whole: Value
  switch value {
  case .null: return nil
  case .boolean, .integer, .bigInteger, .number: whole = try value.castInteger()
  case .text(let text):
    var number: Double?
    for unit in units {
      guard let digits = text.withoutSuffix(unit.suffix) else { continue }
      number = try digits.unitNumber(of: text, wanted) * unit.factor
      break
    }
    guard let number else { throw RuntimeError(.value, "\(quotedForError(value)) is not \(wanted)") }
    whole = try Value.number(number).castInteger()
  default: throw .wrongKind("\(wanted) cannot be \(value.kindName)")
  }
  guard case .integer(let count) = whole else { throw RuntimeError(.value, "\(quotedForError(value)) is too large") }
  return count
}

extension String {
  /// What stands before a suffix of these very code points; `nil` when the text does not end in it.
  func withoutSuffix(_ suffix: String) -> String? {
    guard utf8.count >= suffix.utf8.count, utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) else {
      return nil
    }
    return String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self)
  }

  /// The number before a unit.
  ///
  /// - Parameter text: the whole text, for the error.
  /// - Throws: a `value` error when it is none.
  func unitNumber(of text: String, _ wanted: String) throws(RuntimeError) -> Double {
    guard let number = NumberText.number(self) else {
      throw RuntimeError(.value, "\(quotedForError(.text(text))) is not \(wanted)")
    }
    return number
  }
}
