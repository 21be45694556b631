import ComposeBasic
import ComposeSyntax

extension Diagnostic {
  /// Adds a fix that takes one of several neighbours out of a list or a mapping, in either layout. The only one stays:
  /// nothing can be left.
  func removing(_ index: Int, of ranges: [SourceRange], _ title: String) -> Diagnostic {
    guard ranges.indices.contains(index) else { return self }
    let own = ranges[index]
    // In files that are laid over each other, neighbours may stand elsewhere.
    if index + 1 < ranges.count, ranges[index + 1].file == own.file, ranges[index + 1].start >= own.end {
      let range = SourceRange(file: own.file, start: Int(own.start), end: Int(ranges[index + 1].start))
      return fix(title, .suggested, replace: range, with: "")
    }
    guard index > 0, ranges[index - 1].file == own.file, ranges[index - 1].end <= own.start else { return self }
    let range = SourceRange(file: own.file, start: Int(ranges[index - 1].end), end: Int(own.end))
    return fix(title, .suggested, replace: range, with: "")
  }

  /// Adds a fix that takes an entry out of a mapping.
  func removing(key name: String, of node: YAMLNode) -> Diagnostic {
    removing(name, of: (node.mapping ?? []).map { ($0.name ?? "", $0.key.range.union($0.value.range)) })
  }

  /// Adds a fix that takes one of several entries out.
  func removing(_ name: String, of entries: [(name: String, range: SourceRange)]) -> Diagnostic {
    guard let index = entries.lastIndex(where: { $0.name == name }) else { return self }
    return removing(index, of: entries.map(\.range), "remove '\(name)'")
  }
}
