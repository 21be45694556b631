import ComposeBasic
import ComposeSyntax

extension Diagnostic {
  /// Adds a fix that takes one of several neighbours out of a list or a mapping, in either layout. The only one stays:
  /// nothing can be left.
  func removing(_ index: Int, of ranges: [SourceRange], _ title: String) -> Diagnostic {
    guard ranges.indices.contains(index), ranges.count > 1 else { return self }
    let own = ranges[index]
    let range =
      index + 1 < ranges.count
      ? SourceRange(file: own.file, start: Int(own.start), end: Int(ranges[index + 1].start))
      : SourceRange(file: own.file, start: Int(ranges[index - 1].end), end: Int(own.end))
    return fix(title, .suggested, replace: range, with: "")
  }

  /// Adds a fix that takes an entry out of a mapping.
  func removing(key name: String, of node: YAMLNode) -> Diagnostic {
    let entries = node.mapping ?? []
    guard let index = entries.lastIndex(where: { $0.name == name }) else { return self }
    return removing(index, of: entries.map { $0.key.range.union($0.value.range) }, "remove '\(name)'")
  }
}
