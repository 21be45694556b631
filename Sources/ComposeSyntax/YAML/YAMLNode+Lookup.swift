package import ComposeBasic

extension YAMLNode {
  /// The value of a key of a mapping.
  package subscript(key key: String) -> YAMLNode? {
    mapping?.last { $0.name == key }?.value
  }

  /// The JSON Pointer (RFC 6901) of the deepest node that contains the range's start, be it in a key or in a value.
  ///
  /// A mapping that files are merged into holds members of another file than its own range: those are searched too.
  package func pointer(at range: SourceRange) -> String? {
    if let (token, child) = child(at: range) {
      return "/" + token.replacingTilde() + (child?.pointer(at: range) ?? "")
    }
    if self.range.covers(range) { return "" }
    for entry in mapping ?? [] where entry.value.mapping != nil && !entry.value.range.covers(range) {
      guard let name = entry.name, let rest = entry.value.pointer(at: range) else { continue }
      return "/" + name.replacingTilde() + rest
    }
    return nil
  }

  /// The child at a position, with its reference token; no node when the position is in a key.
  private func child(at range: SourceRange) -> (token: String, node: YAMLNode?)? {
    switch content {
    case .scalar: return nil
    case .sequence(let items):
      guard let index = items.firstIndex(where: { $0.range.covers(range) }) else { return nil }
      return (String(index), items[index])
    case .mapping(let entries):
      // By index, and the ranges first: this runs for each finding, and copying entries would take most of the time.
      for index in entries.indices {
        let isInKey = entries[index].key.range.covers(range)
        guard isInKey || entries[index].value.range.covers(range), let name = entries[index].name else { continue }
        return (name, isInKey ? nil : entries[index].value)
      }
      return nil
    }
  }
}

extension SourceRange {
  /// Whether the other range starts inside, or where this one ends: a position behind a text still belongs to it.
  fileprivate func covers(_ other: SourceRange) -> Bool {
    file == other.file && start <= other.start && other.start <= end
  }
}

extension String {
  fileprivate func replacingTilde() -> String {
    guard utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return self }
    return reduce(into: "") { text, character in
      switch character {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.append(character)
      }
    }
  }
}
