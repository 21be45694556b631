import ComposeBasic
import ComposeSyntax

/// A described field of a file with what is written there, as the rules for values see it.
struct FieldVisit {
  /// The declaration that the field belongs to.
  enum Owner: Equatable {
    case controller
    case section(SectionDecl.Kind)
    case component
    case action
    case job
  }

  let owner: Owner
  let field: FieldShape
  /// The shape that has the field.
  let shape: ObjectShape
  /// The keys between the owner and the entry.
  let path: [String]
  let entry: YAMLEntry
  /// The mapping in which the entry stands.
  let mapping: YAMLNode
  /// The component that the field or its action belongs to.
  let component: YAMLNode?
  /// The value, unless it is a collection, or has parts that are known only later: an expression, or a variable of the
  /// environment that is not set.
  let literal: YAMLScalar?

  var name: String { entry.name ?? "" }
  var value: YAMLNode { entry.value }

  /// Whether the value is written with quotes.
  var isQuoted: Bool {
    let style = entry.value.scalar?.style
    return style == .singleQuoted || style == .doubleQuoted
  }

  /// `nil` for an element of a list or a map, and outside of all declarations that have values.
  init?(_ place: FieldPlace) {
    guard let name = place.entry.name, place.type == place.field.type else { return nil }
    let own = place.owner.shape
    shape = own.field(name) == nil ? place.owner.inlined.first { $0.field(name) != nil } ?? own : own
    field = place.field
    entry = place.entry
    literal = place.entry.value.literal
    mapping = place.owner.node
    if own.field(name) == nil, let inlined = Owner(shape) {
      owner = inlined
      path = []
    } else {
      var path: [String] = []
      var part = place.owner
      var around = place.ancestors[...]
      while Owner(part.shape) == nil {
        if let key = part.key?.name { path.append(key) }
        guard let outer = around.popLast() else { return nil }
        part = outer
      }
      guard let owner = Owner(part.shape) else { return nil }
      self.owner = owner
      self.path = path.reversed()
    }
    component = owner == .action || owner == .component ? place.component?.node : nil
  }
}

extension FieldVisit.Owner {
  /// `nil` for a shape that is only a part of a declaration.
  fileprivate init?(_ shape: ObjectShape) {
    switch shape.head {
    case "controller": self = .controller
    case "component": self = .component
    case "action": self = .action
    case "job": self = .job
    default:
      guard let kind = SectionDecl.Kind(rawValue: shape.head) else { return nil }
      self = .section(kind)
    }
  }
}

extension YAMLNode {
  /// A scalar of which every part is known.
  fileprivate var literal: YAMLScalar? {
    guard let scalar, !scalar.isUnknown else { return nil }
    return scalar.text.contains("${") || scalar.text.contains("$<") ? nil : scalar
  }
}
