/// What a member of a request or an answer holds, as an API description writes it.
///
/// ```
/// text | null      list<Message>      number(0..2)      one-of(url, b64_json)      any
/// ```
package indirect enum APIType: Hashable, Sendable {
  case any
  case null
  case boolean
  case integer(APIRange)
  case number(APIRange)
  case text
  case choice([String])
  case list(APIType)
  case map(APIType)
  /// A mapping whose members are not described.
  case object
  /// An object of the same file.
  case named(String)
  case union([APIType])

  /// The single types that a value can have.
  package var alternatives: [APIType] {
    if case .union(let members) = self { members } else { [self] }
  }

  /// The names of the objects that the type speaks of.
  package var names: [String] {
    switch self {
    case .named(let name): [name]
    case .list(let inner), .map(let inner): inner.names
    case .union(let members): members.flatMap(\.names)
    case .any, .null, .boolean, .integer, .number, .text, .choice, .object: []
    }
  }

  /// The type for the checker. Objects that contain themselves become `any` at the eighth level.
  ///
  /// - Parameter isComplete: whether objects have no member beyond those described.
  func type(objects: [String: APIObject], isComplete: Bool, depth: Int = 0) -> Type {
    func inner(_ type: APIType, deeper: Int = 0) -> Type {
      type.type(objects: objects, isComplete: isComplete, depth: depth + deeper)
    }
    switch self {
    case .any: return .any
    case .null: return .null
    case .boolean: return .boolean
    case .integer: return .integer
    case .number: return .number
    case .text: return .text
    case .choice(let words): return .choice(words)
    case .list(let element): return .list(inner(element))
    case .map(let element): return .object(ObjectType([], rest: inner(element)))
    case .object: return .object(ObjectType([], rest: .any))
    case .union(let members): return .union(of: members.map { inner($0) })
    case .named(let name):
      guard depth < 8, let object = objects[name] else { return .any }
      var members = object.fields.map { ObjectType.Member($0.name, inner($0.type, deeper: 1)) }
      if !isComplete { members += object.extras.sorted().map { ObjectType.Member($0, .any) } }
      let isClosed = isComplete && object.openness == .closed
      return .object(
        ObjectType(
          members, rest: isClosed ? nil : .any, reportsMisspellings: !isClosed && object.openness != .open))
    }
  }
}

/// The least and the greatest number that is allowed, both included.
package struct APIRange: Hashable, Sendable {
  package var least: Double?
  package var most: Double?

  package init(least: Double? = nil, most: Double? = nil) {
    self.least = least
    self.most = most
  }

  /// What is wrong with a number, as the end of a sentence; `nil` when it is allowed.
  package func problem(with number: Double) -> String? {
    if let least, number < least { return "at least \(Self.text(least))" }
    if let most, number > most { return "at most \(Self.text(most))" }
    return nil
  }

  private static func text(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
}

/// A member of an object of an API description.
package struct APIField: Hashable, Sendable {
  package let name: String
  package let type: APIType
  package let isRequired: Bool
}

/// An object of an API description.
package struct APIObject: Hashable, Sendable {
  /// Whether an object can have members that are not described.
  package enum Openness: Hashable, Sendable {
    /// Only at other servers than the provider's own.
    case closed
    /// Other members exist, but a name that resembles a described one is taken for a misspelling.
    case loose
    /// Other members exist.
    case open
  }

  package let name: String
  package var fields: [APIField] = []
  package var openness = Openness.closed
  /// Members that other servers know.
  package var extras: Set<String> = []
  /// What other APIs call a member, and what it is called here.
  package var instead: [String: String] = [:]

  package func field(_ name: String) -> APIField? { fields.first { $0.name == name } }
}
