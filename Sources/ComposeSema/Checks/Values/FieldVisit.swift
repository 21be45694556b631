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

  var name: String { entry.name ?? "" }
  var value: YAMLNode { entry.value }

  /// The value, unless it is a collection, or has parts that are known only later: an expression, or a variable of the
  /// environment that is not set.
  var literal: YAMLScalar? {
    guard let scalar = entry.value.scalar, !scalar.isUnknown, !scalar.text.contains("${"), !scalar.text.contains("$<")
    else { return nil }
    return scalar
  }

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
    mapping = place.owner.node
    let around = place.ancestors + [place.owner]
    if let inlined = Owner(shape), inlined != Owner(own) {
      owner = inlined
      path = []
    } else {
      guard let index = around.lastIndex(where: { Owner($0.shape) != nil }), let owner = Owner(around[index].shape)
      else { return nil }
      self.owner = owner
      path = around[(index + 1)...].compactMap { $0.key?.name }
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
    case let head:
      guard let kind = SectionDecl.Kind(rawValue: String(head)) else { return nil }
      self = .section(kind)
    }
  }
}

extension Catalog {
  /// Visits every described field of a file once, as a whole.
  func forEachValue(in file: ComposeFile, _ body: (FieldVisit) -> Void) {
    forEachField(in: file) { place in
      if let visit = FieldVisit(place) { body(visit) }
    }
  }
}
