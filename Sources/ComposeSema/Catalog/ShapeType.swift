/// What a field of a mapping may hold, as a shape file writes it.
///
/// ```
/// text?      list<integer>      map<$text>      one-of(GET,POST)      integer(1..65535)      Choice      any
/// ```
package indirect enum ShapeType: Hashable, Sendable {
  case any
  case null
  case boolean
  /// An integer, or a text that reads as one.
  case integer
  /// An integer, but no text that reads as one.
  case exactInteger
  case number
  case text
  /// A ``ValueKind``: text, or a number, with a form of its own.
  case kind(ValueKind)
  /// 1 to 65535.
  case port
  case choice([String])
  case list(ShapeType)
  /// A list of exactly these.
  case tuple([ShapeType])
  /// A list without equal elements.
  case unique(ShapeType)
  case map(ShapeType)
  /// A mapping whose keys are not described.
  case openObject
  /// The name of a declaration of that sort: `workflow`.
  case reference(String)
  /// An object of the same file, of a file it uses or of the common ones, by name.
  case named(String)
  case union([ShapeType])
  /// `T(1..10)`: a number in these bounds, or a list of so many.
  case bounded(ShapeType, ShapeBounds)
  /// `$T`: expressions are rendered, and the value is then a `T`.
  case rendered(ShapeType)
  /// The field that chooses a variant; resolved shapes have a choice instead.
  case tag

  /// Seconds, or a text such as `500ms`, `10s`, `1m`.
  package static let duration = ShapeType.kind(.duration)

  /// Whether the field's value is a template that is rendered at run time.
  package var isRendered: Bool {
    switch self {
    case .rendered: true
    case .list(let element), .map(let element), .unique(let element), .bounded(let element, _): element.isRendered
    case .union(let members), .tuple(let members): members.contains { $0.isRendered }
    default: false
    }
  }

  /// The alternatives of a union, without the `$` of each; the type itself when it is none.
  package var alternatives: [ShapeType] {
    switch self {
    case .union(let members): members.flatMap(\.alternatives)
    case .rendered(let inner): inner.alternatives
    default: [self]
    }
  }

  /// Whether the value is, or holds, a value of that kind.
  package func contains(_ kind: ValueKind) -> Bool {
    switch self {
    case .kind(let own): own == kind
    case .union(let members): members.contains { $0.contains(kind) }
    case .rendered(let inner): inner.contains(kind)
    default: false
    }
  }
}

/// Forms of a text, or a number, that values of several fields have.
package enum ValueKind: String, CaseIterable, Hashable, Sendable {
  /// Seconds, or a text such as `500ms`, `10s`, `1m`.
  case duration
  /// Bytes, or a text such as `64KB`, `50M`.
  case size
  case url
  /// A path in the file system.
  case path
  /// A date and time of day.
  case timestamp
  /// `10/1s`: so many in a duration.
  case rate
  /// `REMOTE`, `REMOTE:LOCAL`, `REMOTE:HOST` or `REMOTE:HOST:LOCAL`, ports that are forwarded.
  case forward
}

/// The numbers between two ends; either may be open.
package struct ShapeBounds: Hashable, Sendable {
  package let lower: Double?
  package let upper: Double?
  /// Whether the lower end itself is left out.
  package let excludesLower: Bool

  package init(lower: Double?, upper: Double?, excludesLower: Bool = false) {
    self.lower = lower
    self.upper = upper
    self.excludesLower = excludesLower
  }

  package func contains(_ value: Double) -> Bool {
    if let lower, excludesLower ? value <= lower : value < lower { return false }
    if let upper, value > upper { return false }
    return true
  }
}
