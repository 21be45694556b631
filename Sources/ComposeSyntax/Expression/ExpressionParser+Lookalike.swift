import ComposeBasic

/// Text that looks like an expression of another language: `{{ x }}`, `$(x)` and `$ {x}`.
///
/// Prompts and scripts are full of such text, so only what names one of our roots is reported.
extension ExpressionParser {
  private static let roots: Set<String> = [
    "context", "env", "input", "item", "jobs", "output", "response", "result",
  ]

  /// Warns when the `$` or `{` at the position begins a lookalike.
  mutating func reportLookalike() {
    if cursor.isAt("{", "{") {
      reportDoubleBraces()
    } else if cursor.isAt("$", "(") {
      reportParentheses()
    } else if cursor.isAt("$"), cursor.endOfKey(from: cursor.position + 1) > cursor.position + 1 {
      reportMissingBraces()
    } else if cursor.isAt("$") {
      reportSpacedBrace()
    }
  }

  private mutating func reportDoubleBraces() {
    let start = cursor.position
    let inside = cursor.endOfSpace(from: start + 2)
    guard let (reference, _) = reference(from: inside) else { return }
    var end = cursor.endOfSpace(from: reference.upperBound)
    let isFiltered = cursor.byte(at: end) == UInt8(ascii: "|")
    if isFiltered {
      end = cursor.end(from: end) { byte in
        byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "\n")
      }
    }
    guard cursor.isPair("}", "}", at: end) else { return }
    let range = start..<end + 2
    report(
      .notAnExpression(
        spelling(range), at: map.range(range), replacement: isFiltered ? nil : "${\(cursor.text(reference))}"))
  }

  private mutating func reportParentheses() {
    let start = cursor.position
    // Without a path it may be a command substitution of a shell, such as `$(env)`.
    guard let (reference, hasPath) = reference(from: start + 2), hasPath,
      cursor.byte(at: reference.upperBound) == UInt8(ascii: ")")
    else { return }
    let range = start..<reference.upperBound + 1
    report(.notAnExpression(spelling(range), at: map.range(range), replacement: "${\(cursor.text(reference))}"))
  }

  /// `$input.text`; in a script `$input.txt` is a variable and the end of a file's name.
  private mutating func reportMissingBraces() {
    let start = cursor.position
    // `$env.NAME` is a variable of the environment without braces, which is another finding.
    guard let (reference, hasPath) = reference(from: start + 1), hasPath, !cursor.isAt("$", "e") else { return }
    var end = reference.upperBound
    while end > reference.lowerBound,
      cursor.bytes[end - 1] == UInt8(ascii: ".") || cursor.bytes[end - 1] == UInt8(ascii: ":")
    { end -= 1 }
    let words = cursor.text(reference.lowerBound..<end).split(separator: ".", omittingEmptySubsequences: false)
    guard words.count > 1, let last = words.last, words.count > 2 || last.utf8.count > 4 else { return }
    report(
      .notAnExpression(
        spelling(start..<end), at: map.range(start..<end),
        replacement: "${\(cursor.text(reference.lowerBound..<end))}"))
  }

  private mutating func reportSpacedBrace() {
    let start = cursor.position
    let brace = cursor.endOfSpace(from: start + 1)
    guard brace > start + 1, cursor.byte(at: brace) == UInt8(ascii: "{"),
      let (reference, _) = reference(from: cursor.endOfSpace(from: brace + 1)),
      cursor.byte(at: reference.upperBound) == UInt8(ascii: "}") || cursor.spaceLength(at: reference.upperBound) > 0
    else { return }
    let range = start..<brace + 1
    report(.notAnExpression(spelling(range), at: map.range(range), replacement: "${"))
  }

  /// A known root with what looks like a path.
  private func reference(from start: Int) -> (Range<Int>, hasPath: Bool)? {
    let name = cursor.endOfKey(from: start)
    guard name > start, name - start <= 8, Self.roots.contains(cursor.text(start..<name)) else { return nil }
    var end = name
    while true {
      let key = cursor.endOfKey(from: end)
      if key > end {
        end = key
        continue
      }
      switch cursor.byte(at: end) {
      case UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"), UInt8(ascii: "*"): end += 1
      default: return (start..<end, end > name)
      }
    }
  }
}
