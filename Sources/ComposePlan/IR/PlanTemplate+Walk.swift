package import ComposeBasic

extension PlanTemplate {
  /// The templates directly inside.
  private var children: [PlanTemplate] {
    switch content {
    case .constant, .text, .reference: []
    case .list(let items): items
    case .object(let members): members.map(\.value)
    case .operation(let operation): operation.children
    }
  }

  /// Every look-up in the template, those inside defaults and attributes included, in order.
  package var references: [PlanReference] { directReferences + children.flatMap(\.references) }

  /// Every environment value in the template.
  package var environment: [PlanEnvironmentValue] {
    switch content {
    case .text(let pieces):
      pieces.flatMap { piece -> [PlanEnvironmentValue] in
        switch piece {
        case .environment(let value): [value]
        case .reference(let reference): reference.environment
        case .text: []
        }
      }
    case .reference(let reference): reference.environment
    case .constant, .list, .object, .operation: children.flatMap(\.environment)
    }
  }

  /// The operators in the template by the keys that they have in a file, with their places.
  package var operators: [Located<String>] {
    var found: [Located<String>] = []
    if case .operation(let operation) = content { found.append(Located(operation.name, at: range)) }
    return found + children.flatMap(\.operators)
  }

  /// The roots that are looked up outside: not `item` and `index` where an operator sets them.
  package var outerRoots: Set<String> {
    let direct = Set(directReferences.map(\.root))
    guard case .operation(let operation) = content else {
      return children.reduce(into: direct) { $0.formUnion($1.outerRoots) }
    }
    let inner = operation.elementChildren.reduce(into: Set<String>()) { $0.formUnion($1.outerRoots) }
    let outer = operation.outerChildren.reduce(into: Set<String>()) { $0.formUnion($1.outerRoots) }
    return outer.union(inner.subtracting(["item", "index"]))
  }

  /// The look-ups of this text, not those of members and items.
  private var directReferences: [PlanReference] {
    switch content {
    case .reference(let reference): reference.withNested
    case .text(let pieces):
      pieces.flatMap { piece -> [PlanReference] in
        if case .reference(let reference) = piece { reference.withNested } else { [] }
      }
    case .constant, .list, .object, .operation: []
    }
  }
}

extension PlanReference {
  /// The templates inside: the attributes of a conversion and the default.
  var nested: [PlanTemplate] { (cast?.attributes.map(\.value) ?? []) + (fallback.map { [$0] } ?? []) }

  fileprivate var withNested: [PlanReference] { [self] + nested.flatMap(\.references) }

  fileprivate var environment: [PlanEnvironmentValue] { nested.flatMap(\.environment) }
}

extension PlanOperator {
  fileprivate var children: [PlanTemplate] { outerChildren + elementChildren }

  /// The templates that are made once, in the scope of the operator itself.
  var outerChildren: [PlanTemplate] {
    switch self {
    case .spreadList(let items): items.map(\.template)
    case .merge(let parts): parts.flatMap(\.children)
    case .map(let map): map.source.map { [$0] } ?? []
    case .conditional(let conditional): conditional.children
    case .join(let parts): [parts]
    case .zip(let sources): [sources]
    case .split(let split): [split.source]
    }
  }

  /// The templates that are made for each element, with `item` and `index` set.
  var elementChildren: [PlanTemplate] {
    switch self {
    case .map(let map): (map.filter?.templates ?? []) + (map.element.map { [$0] } ?? [])
    case .split(let split): split.fields.map(\.value)
    case .spreadList, .merge, .conditional, .join, .zip: []
    }
  }
}

extension PlanListItem {
  /// The item, or the list that stands for several.
  package var template: PlanTemplate {
    switch self {
    case .item(let template), .spread(let template): template
    }
  }
}

extension PlanMergePart {
  fileprivate var children: [PlanTemplate] {
    switch self {
    case .member(let member): [member.value]
    case .spread(let template): [template]
    case .conditional(let conditional, _): conditional.children
    }
  }
}

extension PlanConditional {
  fileprivate var children: [PlanTemplate] {
    branches.flatMap { branch -> [PlanTemplate] in
      switch branch {
      case .branch(let comparison, let then, let otherwise):
        comparison.children + [then, otherwise].compactMap { $0 }
      case .invalid: []
      }
    }
  }
}

extension PlanCondition {
  /// The values that are compared, in order.
  package var templates: [PlanTemplate] {
    switch self {
    case .comparison(let comparison): comparison.children
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.templates)
    case .not(let condition): condition.templates
    case .invalid: []
    }
  }
}

extension PlanComparison {
  fileprivate var children: [PlanTemplate] { [input, value].compactMap { $0 } }
}
