/// What is known about a value before anything runs. `any` is what cannot be known; it is never a finding.
package indirect enum Type: Hashable, Sendable {
  case any
  /// No value ever gets here.
  case never
  case null
  case boolean
  case integer
  case number
  case text
  /// One of these texts.
  case choice([String])
  case bytes
  case list(Type)
  case object(ObjectType)
  /// An image, audio, video or file, by kind.
  case media(String)
  /// `fragmented`: the chunks are pieces of one value.
  case stream(Type, fragmented: Bool)
  /// A stream that leaves as Server-Sent Events.
  case encoded(Encoding)
  /// One of several types, none of them a union itself.
  case union([Type])

  /// The data of the events in which a stream leaves.
  package enum Encoding: String, Hashable, Sendable {
    case text
    case json
  }
}

/// Known members, and what other members hold: `nil` means that there are none.
package struct ObjectType: Hashable, Sendable {
  /// A member that every such object has.
  package struct Member: Hashable, Sendable {
    package let name: String
    package let type: Type

    package init(_ name: String, _ type: Type) {
      self.name = name
      self.type = type
    }
  }

  package let members: [Member]
  package let rest: Type?
  /// Whether a member that is not known, but resembles a known one, is taken for a misspelling although other members
  /// may exist.
  package let reportsMisspellings: Bool

  package init(_ members: [Member], rest: Type?, reportsMisspellings: Bool = false) {
    self.members = members
    self.rest = rest
    self.reportsMisspellings = reportsMisspellings
  }

  package subscript(name: String) -> Type? { members.first { $0.name == name }?.type }
}

extension Type {
  /// The union of the types: flat, without duplicates, `any` if one of them is.
  package static func union(of types: [Type]) -> Type {
    var members: [Type] = []
    for type in types {
      let parts = if case .union(let inner) = type { inner } else { [type] }
      for part in parts where part != .never && !members.contains(part) { members.append(part) }
    }
    if members.contains(.any) { return .any }
    if members.count == 1 { return members[0] }
    return members.isEmpty ? .never : .union(members)
  }

  /// The type without its null, for a value that has a default.
  package var withoutNull: Type {
    switch self {
    case .null: .never
    case .union(let members): .union(of: members.filter { $0 != .null })
    default: self
    }
  }

  package var isStream: Bool {
    switch self {
    case .stream, .encoded: true
    default: false
    }
  }
}
