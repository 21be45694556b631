import ComposeBasic

/// The text that YAML reads: the file with an opaque placeholder for each environment reference.
///
/// The reference implementation puts the values into the raw text. A placeholder instead keeps positions exact and
/// keeps a value from changing the structure. It is a number between two private-use characters that the file does
/// not contain, so YAML takes it for ordinary characters in every context.
struct ExpandedText {
  /// Without a byte order mark.
  let bytes: [UInt8]
  let file: SourceFile.ID
  /// In order; the placeholder's number is the index here and in ``map``.
  let references: [ResolvedReference]
  let map: ExpansionMap
  /// UTF-8 of the characters around the number.
  let open: [UInt8]
  let close: [UInt8]

  /// Finds and resolves every reference of a file.
  init(_ source: SourceFile, environment: Environment) {
    let original = source.bytes
    file = source.id
    (open, close) = unusedCharacters(in: original)
    let prefix = original.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var expanded: [UInt8] = []
    expanded.reserveCapacity(original.count)
    var map = ExpansionMap(prefix: prefix)
    var references: [ResolvedReference] = []
    var copied = prefix
    for syntax in EnvironmentReferenceSyntax.all(in: original) {
      expanded.append(contentsOf: original[copied..<syntax.range.lowerBound])
      let start = expanded.count
      expanded.append(contentsOf: open)
      expanded.append(contentsOf: String(references.count).utf8)
      expanded.append(contentsOf: close)
      map.append(ExpansionMap.Piece(expanded: start..<expanded.count, original: syntax.range))
      references.append(ResolvedReference(syntax, in: source, environment: environment))
      copied = syntax.range.upperBound
    }
    expanded.append(contentsOf: original[copied...])
    self.bytes = expanded
    self.map = map
    self.references = references
  }

  /// The place in the user's file of a range of the expanded text.
  func range(_ range: Range<Int>) -> SourceRange {
    let start = map.start(range.lowerBound)
    return SourceRange(file: file, start: start, end: range.isEmpty ? start : map.end(range.upperBound))
  }
}

/// Two private-use characters (U+E000 to U+F8FF) that a text does not contain.
private func unusedCharacters(in bytes: [UInt8]) -> (open: [UInt8], close: [UInt8]) {
  let count = 0xF900 - 0xE000
  var isUsed = [Bool](repeating: false, count: count)
  var index = 0
  while index + 2 < bytes.count {
    if bytes[index] == 0xEE || bytes[index] == 0xEF {
      let scalar = Int(bytes[index] & 15) << 12 | Int(bytes[index + 1] & 63) << 6 | Int(bytes[index + 2] & 63)
      if scalar >= 0xE000, scalar < 0xF900 { isUsed[scalar - 0xE000] = true }
    }
    index += 1
  }
  // A file that holds all 6400 of them would need its placeholders told apart; the last two then serve, and at worst
  // such a file's own text is taken for a reference's number.
  let free = isUsed.indices.filter { !isUsed[$0] }.prefix(2)
  let chosen = free.count == 2 ? Array(free) : [count - 2, count - 1]
  return (utf8(chosen[0]), utf8(chosen[1]))
}

private func utf8(_ index: Int) -> [UInt8] {
  let scalar = 0xE000 + index
  return [UInt8(0xE0 | scalar >> 12), UInt8(0x80 | scalar >> 6 & 63), UInt8(0x80 | scalar & 63)]
}
