import ComposeBasic
import ComposeSyntax

extension JobDecl {
  /// Where a finding about the job as a whole stands: its id, else its first key.
  var place: SourceRange { id?.range ?? node.mapping?.first?.key.range ?? node.range }
}

extension ComposeFile {
  /// The declarations of one section.
  func declarations(_ kind: SectionDecl.Kind) -> [SectionDecl] { sections.filter { $0.kind == kind } }

  /// Whether a declaration of a section could not be read, which is reported: its name may be any.
  func hasUnreadable(_ singular: String) -> Bool { root?.hasUnreadable(singular) ?? true }

  /// Whether workflows that the file does not have are sent to other machines through a queue.
  var dispatchesWorkflows: Bool { controller?.node.entry("queue").map { !$0.value.isNull } ?? false }
}

extension YAMLNode {
  /// Whether a declaration under a key, or under its plural, could not be read.
  func hasUnreadable(_ singular: String) -> Bool {
    let single = entry(singular)
    guard let plural = entry(singular + "s") else {
      return single.map { $0.value.mapping?.isEmpty ?? true } ?? false
    }
    if single != nil { return true }
    switch plural.value.content {
    case .sequence(let items): return items.contains { $0.mapping == nil }
    case .mapping(let entries): return entries.contains { $0.value.mapping == nil }
    case .scalar: return true
    }
  }

  /// Whether both have the same content, wherever they stand. The order of keys does not matter.
  func isSame(as other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let left), .scalar(let right)): return left.value == right.value
    case (.sequence(let left), .sequence(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.mapping(let left), .mapping(let right)):
      guard left.count == right.count else { return false }
      return left.allSatisfy { entry in
        guard let name = entry.name, let twin = other[key: name] else { return false }
        return entry.value.isSame(as: twin)
      }
    default: return false
    }
  }
}
