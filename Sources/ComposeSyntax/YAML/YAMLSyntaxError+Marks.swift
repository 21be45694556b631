import ComposeBasic

/// Syntax errors at marks that stand far from where the error is noticed.
extension Diagnostic {
  /// A quote that is ended only by the first quote of a later line: what follows it there fits nowhere.
  static func unclosedQuote(_ place: FaultPlace) -> Diagnostic? {
    let isBehindValue =
      ["did not find expected key", "did not find expected ',' or ']'", "did not find expected ',' or '}'"]
      .contains(place.fault.problem)
    guard isBehindValue, let closing = place.quoteBefore(place.fault.offset),
      let opening = place.openingQuote(of: closing), place.lineStart(of: opening) != place.lineStart(of: closing)
    else { return nil }
    let isDouble = place.bytes[opening] == UInt8(ascii: "\"")
    return .yamlError(
      "\(isDouble ? "double" : "single") quote opened here is never closed", at: place.range(opening..<opening + 1)
    )
    .note("the next quote is here, where the text should not end", at: place.range(closing..<closing + 1))
  }

  /// `-key: value`, which YAML takes for a key that begins with a dash.
  static func missingSpaceBehindDash(_ place: FaultPlace, at start: Int) -> Diagnostic? {
    guard place.byte(at: start) == UInt8(ascii: "-"), let next = place.byte(at: start + 1),
      !next.isYAMLBlank, !next.isYAMLBreak, next != UInt8(ascii: "-")
    else { return nil }
    let dash = place.range(start..<start + 1)
    return .yamlError("missing space behind '-'", at: dash).fix("add a space", .suggested, replace: dash, with: "- ")
  }
}

extension FaultPlace {
  /// The quote right before an offset, on its line.
  func quoteBefore(_ offset: Int) -> Int? {
    var index = min(offset, bytes.count) - 1
    while index >= 0, bytes[index].isYAMLBlank { index -= 1 }
    guard index >= 0, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") else { return nil }
    return index
  }

  /// The quote that a closing one belongs to: the nearest one before it that is not escaped, where a value can start.
  func openingQuote(of closing: Int) -> Int? {
    let quote = bytes[closing]
    var index = closing - 1
    while index >= 0 {
      guard bytes[index] == quote else {
        index -= 1
        continue
      }
      let first = index == 0 || bytes[index - 1].isYAMLBlank || bytes[index - 1].isFlowIndicator
      if first { return index }
      // `\"` and `''` are quotes inside the text.
      let before = bytes[index - 1]
      guard before == UInt8(ascii: "\\") || before == quote else { return nil }
      index -= 2
    }
    return nil
  }
}
