import ComposeBasic
import ComposeSyntax

/// Changes of `depends_on` that keep the file's layout.
extension JobDecl {
  /// A fix that makes the job wait for others; `nil` where `depends_on` is not written as a list, or comes from an
  /// alias.
  func fixWaiting(for names: [String]) -> Diagnostic.Fix? {
    guard names.allSatisfy(\.isPlainName) else { return nil }
    let list = "[\(names.joined(separator: ", "))]"
    guard let entry = node.entry("depends_on") else {
      let keys = (node.mapping ?? []).map(\.key.range)
      // Before the input, where it is usually written; the first key may stand behind a dash.
      guard let place = node.entry("input")?.key.range ?? keys.dropFirst().first ?? keys.first else { return nil }
      return .addEntry("depends_on: \(list)", before: place)
    }
    guard node.range.contains(entry.value.range), let items = entry.value.sequence else { return nil }
    let title = "wait for \(names.map { "'\($0)'" }.joined(separator: " and "))"
    guard let first = items.first else {
      return Diagnostic.Fix(title, .suggested, [Diagnostic.Fix.Edit(entry.value.range, list)])
    }
    return Diagnostic.Fix(title, .suggested, [Diagnostic.Fix.Edit(items: names, before: first.range)])
  }

  /// A fix that takes the item at a place out of `depends_on`.
  func fixRemovingDependency(at range: SourceRange, _ applicability: Diagnostic.Fix.Applicability) -> Diagnostic.Fix? {
    guard let list = node.entry("depends_on")?.value, node.range.contains(list.range), let items = list.sequence,
      let index = items.firstIndex(where: { $0.range == range })
    else { return nil }
    let edit: Diagnostic.Fix.Edit
    if items.count == 1 {
      edit = Diagnostic.Fix.Edit(list.range, "[]")
    } else if index + 1 < items.count {
      edit = Diagnostic.Fix.Edit(between(range.start, items[index + 1].range.start, in: range), "")
    } else {
      edit = Diagnostic.Fix.Edit(between(items[index - 1].range.end, range.end, in: range), "")
    }
    return Diagnostic.Fix("remove it", applicability, [edit])
  }

  private func between(_ start: UInt32, _ end: UInt32, in range: SourceRange) -> SourceRange {
    SourceRange(file: range.file, start: Int(start), end: Int(end))
  }
}

extension String {
  /// Whether YAML reads the name as text without quotes, wherever it stands.
  fileprivate var isPlainName: Bool {
    let words: Set<String> = ["yes", "no", "on", "off", "true", "false", "null", "y", "n"]
    guard let first, first.isASCII, first == "_" || first.isLetter else { return false }
    return !words.contains(lowercased())
      && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
  }
}
