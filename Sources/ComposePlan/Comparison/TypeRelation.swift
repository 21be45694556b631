import ComposeSema

/// How the values of a new type relate to those of an old one, for somebody who read the old ones.
enum TypeRelation: Hashable {
  /// Every new value could have been an old one, or only has more members.
  case fits
  case differs
  case unknown

  init(from old: Type, to new: Type) {
    if old == new {
      self = .fits
    } else if old == .any || new == .any {
      self = .unknown
    } else {
      let parts = new.parts.map { part in
        TypeRelation(best: old.parts.map { TypeRelation(single: $0, part) })
      }
      self.init(worst: parts)
    }
  }

  private init(worst parts: [TypeRelation]) {
    self = parts.contains(.differs) ? .differs : parts.contains(.unknown) ? .unknown : .fits
  }

  private init(best parts: [TypeRelation]) {
    self = parts.contains(.fits) ? .fits : parts.contains(.unknown) ? .unknown : .differs
  }

  private init(single old: Type, _ new: Type) {
    switch (old, new) {
    case (_, .never), (.number, .integer), (.text, .choice): self = .fits
    case (.choice(let old), .choice(let new)): self = Set(new).isSubset(of: old) ? .fits : .differs
    case (.list(let old), .list(let new)): self.init(from: old, to: new)
    case (.stream(let old, let wasFragmented), .stream(let new, let isFragmented)):
      self = wasFragmented == isFragmented ? TypeRelation(from: old, to: new) : .differs
    case (.object(let old), .object(let new)): self.init(old, new)
    default: self = old == new ? .fits : old == .any || new == .any ? .unknown : .differs
    }
  }

  private init(_ old: ObjectType, _ new: ObjectType) {
    let members = old.members.map { member -> TypeRelation in
      guard let type = new[member.name] else { return new.rest == nil ? .differs : .unknown }
      return TypeRelation(from: member.type, to: type)
    }
    var all = members
    if let rest = old.rest {
      // Of a map, any member can be read.
      all.append(new.rest.map { TypeRelation(from: rest, to: $0) } ?? (rest == .any ? .fits : .unknown))
    }
    self.init(worst: all)
  }
}

extension Type {
  fileprivate var parts: [Type] { if case .union(let members) = self { members } else { [self] } }

  /// Whether something in it is not known.
  var holdsAny: Bool {
    switch self {
    case .any: true
    case .list(let element), .stream(let element, _): element.holdsAny
    case .union(let members): members.contains(where: \.holdsAny)
    case .object(let object): object.members.contains { $0.type.holdsAny } || object.rest?.holdsAny ?? false
    case .never, .null, .boolean, .integer, .number, .text, .choice, .bytes, .media, .encoded: false
    }
  }
}
