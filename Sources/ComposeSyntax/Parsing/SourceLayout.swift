import ComposeBasic

/// The texts of the files that are being parsed, for fixes that must keep indentation.
struct SourceLayout {
  private let sources: [SourceFile]

  init(_ sources: [SourceFile]) { self.sources = sources }

  /// Edits that put neighbouring entries of a block mapping under a new key: the key goes before the first of them, and
  /// every line is indented by two more blanks. `nil` when the entries are not neighbours on lines of their own.
  func nesting(_ entries: [YAMLEntry], of mapping: [YAMLEntry], under key: String) -> [Diagnostic.Fix.Edit]? {
    guard let first = entries.first, let last = entries.last,
      let source = sources.first(where: { $0.id == first.key.range.file }),
      first.key.range.file == last.value.range.file,
      areNeighbours(entries, in: mapping)
    else { return nil }
    let firstLine = source.lines.line(at: Int(first.key.range.start))
    let lastLine = source.lines.line(at: max(Int(last.value.range.end) - 1, Int(last.key.range.start)))
    let start = source.lines.textStart(ofLine: firstLine)
    let indentation = source.bytes[start..<Int(first.key.range.start)]
    guard indentation.allSatisfy({ $0 == UInt8(ascii: " ") }) else { return nil }
    let blanks = String(repeating: " ", count: indentation.count)
    var edits: [Diagnostic.Fix.Edit] = []
    for line in firstLine...lastLine {
      let lineRange = source.lines.range(ofLine: line)
      guard line == firstLine || !lineRange.isEmpty else { continue }
      let lineStart = source.lines.textStart(ofLine: line)
      let point = SourceRange(file: source.id, start: lineStart, end: lineStart)
      edits.append(Diagnostic.Fix.Edit(point, line == firstLine ? "\(blanks)\(key):\n  " : "  "))
    }
    return edits
  }

  private func areNeighbours(_ entries: [YAMLEntry], in mapping: [YAMLEntry]) -> Bool {
    let starts = mapping.map(\.key.range)
    guard let first = starts.firstIndex(of: entries[0].key.range) else { return false }
    let keys = entries.map(\.key.range)
    // A key that is written twice keeps the first one's turn and has the second one's place.
    return Array(starts.dropFirst(first).prefix(entries.count)) == keys && keys == keys.sorted()
  }
}
