import ComposeBasic

/// The default of an expression.
extension ExpressionParser {
  /// Reads from `|` up to the `}` that closes the expression, or to white space before an annotation.
  mutating func parseFallback(level: Int, cast: Cast?) throws(Fault) -> TemplateText {
    let bar = cursor.position
    reading.bar = bar
    cursor.position += 1
    if cursor.isAt("|") {
      throw .syntax(.doubleBar(at: map.range(bar..<bar + 2)), resume: bar + 2)
    }
    let spaceStart = cursor.position
    let end = endOfSpaceBeforeSpan()
    cursor.position = end
    if spanAtPosition() == nil {
      if cursor.isAtEnd { throw .unclosed }
      if isAtClosing, end > spaceStart { return blankFallback(spaceStart..<end) }
      if isAtClosing || cursor.isAt("@", "(") {
        throw .syntax(.missingDefault(at: map.range(bar..<bar + 1)), resume: end)
      }
    }
    let fallback = try parseText(in: .fallback, level: level)
    // The quotes of JSON text are syntax.
    let decoded = end..<cursor.position
    reading.match.fallback = decoded
    let isQuoted = cast?.type.value != "json" && reportQuotes(fallback, decoded)
    if let filter = FilterDefault.name(in: fallback) {
      report(.filterDefault(filter, at: map.range(bar..<decoded.upperBound)))
    }
    if cast == nil { reportType(behind: fallback, decoded, bar: bar) }
    if !isQuoted, keepsSpace(cast), cursor.byte(at: cursor.endOfSpace(from: decoded.upperBound)) == UInt8(ascii: "}") {
      reportTrailingSpace(decoded)
    }
    return fallback
  }

  /// Reports `| 0.7 as number`: behind the bar everything is the default.
  private mutating func reportType(behind fallback: TemplateText, _ decoded: Range<Int>, bar: Int) {
    guard fallback.parts.count == 1, case .text(let text) = fallback.parts[0],
      let found = TypeBehindDefault(text.value), found.keyword < decoded.count
    else { return }
    let start = decoded.lowerBound + found.keyword
    let written = "as \(found.type) | \(found.value)"
    report(
      .typeBehindDefault(
        found.type, at: map.range(start..<start + 3 + found.type.utf8.count),
        replacing: map.range(bar..<decoded.upperBound), with: written))
  }

  /// A default of nothing but white space is its last character.
  private mutating func blankFallback(_ space: Range<Int>) -> TemplateText {
    let start = lastSpace(in: space) ?? space.lowerBound
    reading.match.fallback = start..<space.upperBound
    let text = located(start..<space.upperBound)
    return TemplateText(parts: [.text(text)], range: text.range)
  }

  /// Whether white space at the end of a default is a part of the value: numbers and JSON pass over it, and of other
  /// types their own checks speak.
  private func keepsSpace(_ cast: Cast?) -> Bool {
    guard let cast else { return true }
    return ["text", "string", "markdown", "base64"].contains(cast.type.value)
  }

  /// Warns of white space before the closing character, which is a part of the default.
  private mutating func reportTrailingSpace(_ decoded: Range<Int>) {
    var start = decoded.upperBound
    while start > decoded.lowerBound, let space = cursor.startOfSpace(endingAt: start) { start = space }
    guard start > decoded.lowerBound, start < decoded.upperBound, !hasEnvironment(in: start..<decoded.upperBound)
    else { return }
    report(.trailingDefaultSpace(at: map.range(start..<decoded.upperBound)))
  }

  /// Warns of a default that is wholly in quotes, and tells whether it is.
  private mutating func reportQuotes(_ fallback: TemplateText, _ decoded: Range<Int>) -> Bool {
    var end = decoded.upperBound
    while end > decoded.lowerBound, cursor.spaceLength(at: end - 1) == 1 { end -= 1 }
    guard let quote = cursor.byte(at: decoded.lowerBound), end - decoded.lowerBound >= 2,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), cursor.bytes[end - 1] == quote
    else { return false }
    // Three quotes or more are a sentence with quotations in it. Those of nested expressions do not count.
    var count = 0
    for case .text(let text) in fallback.parts {
      count += text.value.utf8.reduce(0) { $0 + ($1 == quote ? 1 : 0) }
    }
    guard count == 2, isText(fallback.parts.first), isText(fallback.parts.last) else { return false }
    let content = decoded.lowerBound + 1..<end - 1
    let hasFix = !content.isEmpty && cursor.spaceLength(at: content.lowerBound) == 0
    let quotes = [decoded.lowerBound..<content.lowerBound, content.upperBound..<end].map(map.range)
    report(
      .quotedDefault(
        spelling(decoded.lowerBound..<end), at: map.range(decoded.lowerBound..<end), removing: hasFix ? quotes : []))
    return true
  }

  private func isText(_ part: TemplateText.Part?) -> Bool {
    if case .text? = part { return true }
    return false
  }
}
