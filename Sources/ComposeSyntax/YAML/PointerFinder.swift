package import ComposeBasic

/// Finds the JSON Pointers of many places in one document.
///
/// It remembers which large collections stand in the order of their text, and searches those by halves. A file with
/// thousands of keys can have a finding at each of them.
package struct PointerFinder {
  /// What tells a collection from others; two with the same are copies of each other.
  private struct Key: Hashable {
    let range: SourceRange
    let count: Int
  }

  private let root: YAMLNode
  private var isOrdered: [Key: Bool] = [:]

  /// Collections with fewer children are searched from their start.
  private static let leastCount = 32

  package init(_ root: YAMLNode) { self.root = root }

  /// The JSON Pointer (RFC 6901) of the deepest node that contains the range's start, be it in a key or in a value.
  package mutating func pointer(at range: SourceRange) -> String? { pointer(at: range, in: root) }

  private mutating func pointer(at range: SourceRange, in node: YAMLNode) -> String? {
    if let (token, child) = child(at: range, of: node) {
      let rest = child.flatMap { pointer(at: range, in: $0) }
      return "/" + token.replacingTilde() + (rest ?? "")
    }
    if node.range.covers(range) { return "" }
    // A mapping that files are merged into holds members of another file than its own range.
    for entry in node.mapping ?? [] where entry.value.mapping != nil && !entry.value.range.covers(range) {
      guard let name = entry.name, let rest = pointer(at: range, in: entry.value) else { continue }
      return "/" + name.replacingTilde() + rest
    }
    return nil
  }

  /// The first child at a position, with its reference token; no node when the position is in a key.
  private mutating func child(at range: SourceRange, of node: YAMLNode) -> (token: String, node: YAMLNode?)? {
    // By index, and the ranges first: copying children would take most of the time.
    switch node.content {
    case .scalar: return nil
    case .sequence(let items):
      let start = firstIndex(at: range, of: node, count: items.count) { items[$0].range }
      for index in start..<items.count {
        if items[index].range.covers(range) { return (String(index), items[index]) }
        if start > 0, items[index].range.start > range.start { return nil }
      }
      return nil
    case .mapping(let entries):
      let start = firstIndex(at: range, of: node, count: entries.count) { index in
        let (key, value) = (entries[index].key.range, entries[index].value.range)
        // What is out of order must show as such: an alias stands for a value elsewhere.
        guard key.file.index == value.file.index, key.end <= value.start else { return nil }
        return key.union(value)
      }
      for index in start..<entries.count {
        let isInKey = entries[index].key.range.covers(range)
        guard isInKey || entries[index].value.range.covers(range), let name = entries[index].name else {
          if start > 0, entries[index].key.range.start > range.start { return nil }
          continue
        }
        return (name, isInKey ? nil : entries[index].value)
      }
      return nil
    }
  }

  /// Where to begin the search: at the first child that does not end in front of the position, or at the first one when
  /// the children are few or not in order. `extent` tells what a child covers.
  private mutating func firstIndex(
    at range: SourceRange, of node: YAMLNode, count: Int, _ extent: (Int) -> SourceRange?
  ) -> Int {
    guard count >= PointerFinder.leastCount, range.file.index == node.range.file.index else { return 0 }
    let key = Key(range: node.range, count: count)
    let isOrdered = isOrdered[key] ?? PointerFinder.isOrdered(count, in: node.range.file, extent)
    self.isOrdered[key] = isOrdered
    guard isOrdered else { return 0 }
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if let end = extent(middle)?.end, end < range.start { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func isOrdered(_ count: Int, in file: SourceFile.ID, _ extent: (Int) -> SourceRange?) -> Bool {
    var end: UInt32 = 0
    for index in 0..<count {
      guard let child = extent(index), child.file.index == file.index, child.start >= end else { return false }
      end = child.end
    }
    return true
  }
}

extension SourceRange {
  /// Whether the other range starts inside, or where this one ends: a position behind a text still belongs to it.
  fileprivate func covers(_ other: SourceRange) -> Bool {
    // Positions first, and files by their numbers: this is asked of each child.
    start <= other.start && other.start <= end && file.index == other.file.index
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
