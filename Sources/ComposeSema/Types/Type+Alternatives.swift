extension Type {
  /// The single types that a value can have; null is left out.
  package var alternatives: [Type] {
    switch self {
    case .union(let members): members.filter { $0 != .null }
    case .null, .never: []
    default: [self]
    }
  }

  /// Whether the value, unless it is null, is known to have the property. `any` is never sure.
  func surely(_ hasProperty: (Type) -> Bool) -> Bool {
    let alternatives = alternatives
    return !alternatives.isEmpty && alternatives.allSatisfy { $0 != .any && hasProperty($0) }
  }

  /// Whether nothing rules out that the value is null.
  package var mayBeNull: Bool {
    switch self {
    case .any, .null: true
    case .union(let members): members.contains(.null)
    default: false
    }
  }

  var isText: Bool {
    switch self {
    case .text, .choice: true
    default: false
    }
  }

  /// Whether it is a number in comparisons, where a boolean is one too.
  var isNumeric: Bool {
    switch self {
    case .integer, .number, .boolean: true
    default: false
    }
  }

  var isList: Bool {
    if case .list = self { true } else { false }
  }

  var isObject: Bool {
    if case .object = self { true } else { false }
  }

  var isMedia: Bool {
    if case .media = self { true } else { false }
  }
}

// MARK: Elements

extension Type {
  /// Whether an operator can go through the value element by element: a list, a stream, or the bytes of a file.
  var isIterable: Bool { isList || isStream || isMedia }

  /// What one element of a list or one chunk of a stream is; `any` when the value is not known.
  var element: Type {
    .union(
      of: alternatives.map { type in
        switch type {
        case .any: .any
        case .list(let element): element
        case .stream(let element, let fragmented): fragmented ? element.withoutNull : element
        case .encoded: .text
        case .media: .bytes
        default: .never
        }
      })
  }

  /// The collection with other elements. Null becomes an empty list.
  func replacingElements(with element: Type) -> Type {
    let types = alternatives.map { type -> Type in
      switch type {
      case .list: .list(element)
      case .stream(_, let fragmented): .stream(element, fragmented: fragmented)
      case .encoded, .media: .stream(element, fragmented: false)
      default: .any
      }
    }
    return .union(of: types + (mayBeNull && self != .any ? [.list(element)] : []))
  }
}
