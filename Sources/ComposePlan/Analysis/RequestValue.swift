package import ComposeBasic

/// A value that will be sent, as far as it is known before anything runs.
package indirect enum RequestValue: Sendable {
  case known(PlanConstant)
  /// Pieces that are joined into one text.
  case text([RequestPiece])
  /// A value that only a run knows, of any type.
  case hole(RequestHole)
  case list([RequestValue])
  case object([RequestMember])
}

/// A name and a value: a member of an object, a parameter of a query, a header.
package struct RequestMember: Sendable {
  package let name: String
  package var value: RequestValue
  package let range: SourceRange
  /// Whether the caller's input was put in for a part of it.
  package var isFromInput = false
}

/// A part of a text that will be sent.
package enum RequestPiece: Sendable {
  case text(String)
  case environment(PlanEnvironmentValue)
  case hole(RequestHole)
}

/// A place of a request that is filled when it is sent.
package struct RequestHole: Sendable {
  /// The expression as it is written, for people.
  package let source: String
  package let origin: ValueOrigin
  /// The type to which the value is converted; `nil` when it stays what it is.
  package let type: String?
  /// What is sent without a value, where that is known.
  package let fallback: PlanConstant?
  /// The root and the keys that lead to the value: `input.prompt`.
  package let path: [String]
  package let range: SourceRange
  /// The variables of the environment that may become a part of the value.
  package var environment: [PlanEnvironmentValue] = []
  /// How the value is built, if it is built of several.
  var building: Building?

  /// A value that is built, and what is known where its parts are rendered.
  struct Building: Sendable {
    let operation: PlanOperator
    let scope: ValueScope
  }
}

extension RequestValue {
  /// From where it comes: the part that is known last decides.
  package var origin: ValueOrigin {
    switch self {
    case .known: .known
    case .hole(let hole): hole.origin
    case .text(let pieces): .latest(pieces.map(\.origin))
    case .list(let items): .latest(items.map(\.origin))
    case .object(let members): .latest(members.map(\.value.origin))
    }
  }

  /// The whole text, if nothing of it is open. A secret counts as open.
  package var knownText: String? {
    switch self {
    case .known(.text(let text)): text
    case .known(.integer(let value)): String(value)
    case .known(.boolean(let value)): String(value)
    case .text(let pieces):
      pieces.reduce("") { text, piece in piece.knownText.flatMap { known in text.map { $0 + known } } }
    case .known, .hole, .list, .object: nil
    }
  }

  var isNull: Bool {
    if case .known(.null) = self { return true }
    return false
  }

  /// The pieces of the value as a text; `nil` for a list, an object and null.
  package var pieces: [RequestPiece]? {
    switch self {
    case .text(let pieces): pieces
    case .hole(let hole): [.hole(hole)]
    case .known(.null), .list, .object: nil
    case .known(.text(let text)): [.text(text)]
    case .known(let constant): [.text(constant.display)]
    }
  }

  /// What is filled when it is sent, in order.
  package var holes: [RequestHole] {
    switch self {
    case .known: []
    case .hole(let hole): [hole]
    case .text(let pieces):
      pieces.compactMap { piece in
        if case .hole(let hole) = piece { hole } else { nil }
      }
    case .list(let items): items.flatMap(\.holes)
    case .object(let members): members.flatMap(\.value.holes)
    }
  }

  /// The values of the environment that must not be printed, or that are not there, in order.
  package var variables: [PlanEnvironmentValue] {
    switch self {
    case .known, .hole: []
    case .text(let pieces):
      pieces.compactMap { piece in
        if case .environment(let value) = piece, value.isSecret || value.value == nil { value } else { nil }
      }
    case .list(let items): items.flatMap(\.variables)
    case .object(let members): members.flatMap(\.value.variables)
    }
  }
}

extension RequestPiece {
  fileprivate var origin: ValueOrigin {
    if case .hole(let hole) = self { hole.origin } else { .known }
  }

  /// The text, if it is known and no secret.
  package var knownText: String? {
    switch self {
    case .text(let text): text
    case .environment(let value): value.isSecret ? nil : value.value
    case .hole: nil
    }
  }
}

extension ValueOrigin {
  /// The origin that is known last.
  static func latest(_ origins: some Sequence<ValueOrigin>) -> ValueOrigin {
    origins.reduce(.known) { latest, origin in
      switch (latest, origin) {
      case (.atRunTime, _), (_, .atRunTime): .atRunTime
      case (.fromInput, _), (_, .fromInput): .fromInput
      case (.known, .known): .known
      }
    }
  }
}
