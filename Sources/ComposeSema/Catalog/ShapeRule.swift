/// What must hold between the fields of one mapping.
package struct ShapeRule: Hashable, Sendable {
  /// What the rule says about its terms.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case exactlyOne = "exactly-one"
    case atMostOne = "at-most-one"
    case atLeastOne = "at-least-one"
    /// All or none.
    case together
    /// When the first holds, the others must.
    case needs
    /// When the first holds, none of the others may.
    case excludes
    /// None may hold.
    case forbidden
  }

  package let kind: Kind
  package let terms: [ShapeTerm]
  /// What to do about it.
  package let summary: String?
  /// What the reference does with such a mapping; it refuses the file unless that says otherwise.
  package let reference: String?
}

/// A condition on the fields of a mapping.
///
/// ```
/// path      on_error.to      x+y      input/value      streaming=true      frame_interval!=1
/// ```
package struct ShapeTerm: Hashable, Sendable {
  /// Whether one part is enough.
  package let isAny: Bool
  package let parts: [Part]

  /// One field: whether it is given, or what it holds.
  package struct Part: Hashable, Sendable {
    /// The way to the field.
    package let path: [String]
    /// The values that count, in the field or as its default; `nil` when any value counts.
    package let values: [String]?
    package let isNegated: Bool
  }

  package init?(_ text: String) {
    isAny = text.contains("/")
    let parts = text.split(separator: isAny ? "/" : "+").compactMap { Part(String($0)) }
    guard !parts.isEmpty else { return nil }
    self.parts = parts
  }

  /// The names of the fields, as messages write them.
  package var names: [String] { parts.compactMap(\.path.first) }
}

extension ShapeTerm.Part {
  fileprivate init?(_ text: String) {
    let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard let name = sides.first, !name.isEmpty else { return nil }
    isNegated = name.hasSuffix("!")
    path = (isNegated ? String(name.dropLast()) : name).split(separator: ".").map(String.init)
    values = sides.count > 1 ? sides[1].split(separator: ",").map(String.init) : nil
  }
}
