package import ComposeBasic

/// A value to be made when the plan runs: a template after lowering, with nothing left to parse or to look up.
package struct PlanTemplate: Sendable {
  /// The forms that a value can have.
  package indirect enum Content: Sendable {
    case constant(PlanConstant)
    /// Pieces that are joined into one text.
    case text([PlanPiece])
    /// One expression as the whole value, which keeps its type.
    case reference(PlanReference)
    case list([PlanTemplate])
    case object([PlanMember])
    /// A list or object that says how to build the value.
    case operation(PlanOperator)
  }

  package let content: Content
  package let range: SourceRange
  /// Whether the value was put in for what the caller's input is known to be.
  package var isFromInput = false

  package init(_ content: Content, at range: SourceRange) {
    self.content = content
    self.range = range
  }

  /// The constant that the file itself has here.
  package var literal: PlanConstant? {
    guard !isFromInput, case .constant(let value) = content else { return nil }
    return value
  }

  package subscript(key: String) -> PlanTemplate? {
    guard case .object(let members) = content else { return nil }
    return members.last { $0.key == key }?.value
  }
}

/// A value that is known.
package enum PlanConstant: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// Decimal digits beyond 64 bits.
  case bigInteger(String)
  case number(Double)
  case text(String)
}

/// `key: value` of an object.
package struct PlanMember: Sendable {
  package let key: String
  package let value: PlanTemplate

  package init(_ key: String, _ value: PlanTemplate) {
    self.key = key
    self.value = value
  }
}

/// A part of a text.
package enum PlanPiece: Sendable {
  case text(String)
  case environment(PlanEnvironmentValue)
  case reference(PlanReference)
}

/// A value from the environment inside a text.
package struct PlanEnvironmentValue: Hashable, Sendable {
  package let name: String
  /// `nil` when the variable is unset: the plan can be shown, but not run.
  package let value: String?
  /// Where the value came from: `.env:3`, `process environment`, `-e`, `default`.
  package let origin: String?
  /// Whether the value must never be printed.
  package let isSecret: Bool

  package init(name: String, value: String?, origin: String?, isSecret: Bool) {
    self.name = name
    self.value = value
    self.origin = origin
    self.isSecret = isSecret
  }
}

/// A look-up in a scope, with what happens to the value found.
package final class PlanReference: Sendable {
  /// One step of a path.
  package indirect enum Step: Hashable, Sendable {
    case key(String)
    case index(Int)
    case slice(from: Int?, to: Int?)
    case wildcard
  }

  package let root: String
  /// Whether the present chunk of a stream is meant.
  package let isChunk: Bool
  /// Index directly after the root, then the path.
  package let steps: [Step]
  /// Whether the first step is an index directly after the root.
  package let hasRootIndex: Bool
  package let cast: PlanCast?
  /// Used when the value is null.
  package let fallback: PlanTemplate?
  /// The expression as it is written, for people.
  package let source: String
  package let range: SourceRange

  package init(
    root: String, isChunk: Bool, steps: [Step], hasRootIndex: Bool, cast: PlanCast?, fallback: PlanTemplate?,
    source: String, range: SourceRange
  ) {
    self.root = root
    self.isChunk = isChunk
    self.steps = steps
    self.hasRootIndex = hasRootIndex
    self.cast = cast
    self.fallback = fallback
    self.source = source
    self.range = range
  }
}

/// A conversion by its present name: older spellings are gone.
package struct PlanCast: Sendable {
  package let type: String
  package let isList: Bool
  package let subtype: String?
  /// `name=value` between brackets, in order.
  package let attributes: [PlanMember]
  package let format: String?
  package let range: SourceRange

  package init(
    type: String, isList: Bool = false, subtype: String? = nil, attributes: [PlanMember] = [], format: String? = nil,
    range: SourceRange
  ) {
    self.type = type
    self.isList = isList
    self.subtype = subtype
    self.attributes = attributes
    self.format = format
    self.range = range
  }
}
