/// What a field of a mapping may hold, as a shape file writes it.
///
/// ```
/// text | null      list<integer>      map<$text>      one-of(GET,POST)      Choice      any
/// ```
package indirect enum ShapeType: Hashable, Sendable {
  case any
  case null
  case boolean
  case integer
  case number
  case text
  /// Seconds, or a text such as `500ms`, `10s`, `1m`.
  case duration
  /// 1 to 65535.
  case port
  case choice([String])
  case list(ShapeType)
  case map(ShapeType)
  /// A mapping whose keys are not described.
  case openObject
  /// The name of a declaration of that sort: `workflow`.
  case reference(String)
  /// An object of the same file or of the common ones, by name.
  case named(String)
  case union([ShapeType])
  /// `$T`: expressions are rendered, and the value is then a `T`.
  case rendered(ShapeType)

  /// Whether the field's value is a template that is rendered at run time.
  package var isRendered: Bool {
    switch self {
    case .rendered: true
    case .list(let element), .map(let element): element.isRendered
    case .union(let members): members.contains { $0.isRendered }
    default: false
    }
  }
}

/// One field of an object's shape.
package struct FieldShape: Hashable, Sendable {
  package let name: String
  package let type: ShapeType
  package let isRequired: Bool
  /// The default as a shape file writes it.
  package let fallback: String?
  /// One sentence for hover texts and documents.
  package let summary: String?

  package init(name: String, type: ShapeType, isRequired: Bool, fallback: String?, summary: String?) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
    self.fallback = fallback
    self.summary = summary
  }
}

/// The fields of one kind of mapping.
package struct ObjectShape: Hashable, Sendable {
  package let name: String
  package var fields: [FieldShape]
  /// Whether keys that are not described are allowed.
  package let isOpen: Bool
  /// Of these exactly one must be given.
  package let exactlyOne: [String]
  /// The names of shapes whose fields this one has too.
  package let includes: [String]
  /// Fields of an action that need a field of its component: `path` needs `base_url`.
  package let needsOfComponent: [String: String]
  /// For a job kind: whether it calls a component's action.
  package let callsComponent: Bool

  package init(
    name: String, fields: [FieldShape] = [], isOpen: Bool = false, exactlyOne: [String] = [], includes: [String] = [],
    needsOfComponent: [String: String] = [:], callsComponent: Bool = false
  ) {
    self.callsComponent = callsComponent
    self.name = name
    self.fields = fields
    self.isOpen = isOpen
    self.exactlyOne = exactlyOne
    self.includes = includes
    self.needsOfComponent = needsOfComponent
  }

  package func field(_ name: String) -> FieldShape? { fields.first { $0.name == name } }
}
