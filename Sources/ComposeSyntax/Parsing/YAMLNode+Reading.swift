package import ComposeBasic

extension YAMLNode {
  /// The last entry of that name.
  package func entry(_ name: String) -> YAMLEntry? { mapping?.last { $0.name == name } }

  /// The text of a member, if it is a scalar that is text or reads as one.
  package func locatedText(_ name: String) -> Located<String>? {
    guard let node = entry(name)?.value, let scalar = node.scalar, scalar.value != .null else { return nil }
    return Located(scalar.text, at: node.range)
  }

  /// Whether a member is written and true.
  func isTrue(_ name: String) -> Bool { entry(name)?.value.scalar?.value == .boolean(true) }

  /// Whether the reference treats the value as absent where it inflates a singular key: null, empty or false.
  package var isFalsy: Bool {
    switch content {
    case .sequence(let items): items.isEmpty
    case .mapping(let entries): entries.isEmpty
    case .scalar(let scalar):
      switch scalar.value {
      case .null, .boolean(false), .integer(0), .number(0), .text(""): true
      default: false
      }
    }
  }
}
