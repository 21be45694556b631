import ComposeBasic

/// When a value is known: what decides is the latest of the values it is made of.
enum ValueMark: Int, Comparable, Sendable {
  case known
  /// It would be known, but needs a variable of the environment that is not set.
  case missing
  /// The caller's input decides.
  case fromInput
  /// What runs before decides.
  case atRunTime

  /// As people read it.
  var words: String {
    switch self {
    case .known: "known"
    case .missing: "missing"
    case .fromInput: "from input"
    case .atRunTime: "at run time"
    }
  }

  /// As programs read it.
  var keyword: String {
    switch self {
    case .known: "known"
    case .missing: "missing"
    case .fromInput: "input"
    case .atRunTime: "run"
    }
  }

  static func < (left: ValueMark, right: ValueMark) -> Bool { left.rawValue < right.rawValue }
}

extension ValueMark {
  /// Of a value that is sent.
  init(_ value: RequestValue) {
    self =
      switch value {
      case .known: .known
      case .text(let pieces): ValueMark(pieces)
      case .hole(let hole): ValueMark(hole)
      case .list(let items): items.map { ValueMark($0) }.max() ?? .known
      case .object(let members): members.map { ValueMark($0.value) }.max() ?? .known
      }
  }

  /// Of a text that is sent.
  init(_ pieces: [RequestPiece]) {
    self =
      pieces.map { piece in
        switch piece {
        case .text: .known
        case .environment(let value): value.value == nil ? .missing : .known
        case .hole(let hole): ValueMark(hole)
        }
      }.max() ?? .known
  }

  init(_ hole: RequestHole) {
    self =
      switch hole.origin {
      case .known: hole.environment.contains { $0.value == nil } ? .missing : .known
      case .fromInput: .fromInput
      case .atRunTime: .atRunTime
      }
  }
}

/// When the parts of a value are known.
indirect enum ValueKnowledge: Sendable {
  case value(ValueMark)
  /// An object whose members are known one by one; there are no others.
  case object([String: ValueKnowledge])

  /// That of the whole value.
  var mark: ValueMark {
    switch self {
    case .value(let mark): mark
    case .object(let members): members.values.map(\.mark).max() ?? .known
    }
  }

  func following(_ step: PlanReference.Step) -> ValueKnowledge {
    switch (self, step) {
    case (.object(let members), .key(let name)): members[name] ?? .value(.known)
    case (.object, .index), (.object, .slice), (.object, .wildcard), (.value, _): .value(mark)
    }
  }
}

/// What the roots stand for at one place of a plan. What is not named is made by what runs before.
struct MarkScope: Sendable {
  /// Where `${input}` is the input of the workflow.
  static let workflow = MarkScope(["input": .value(.fromInput)])

  private var roots: [String: ValueKnowledge]

  init(_ roots: [String: ValueKnowledge]) { self.roots = roots }

  func setting(_ root: String, _ knowledge: ValueKnowledge) -> MarkScope {
    var copy = self
    copy.roots[root] = knowledge
    return copy
  }

  func mark(of template: PlanTemplate) -> ValueMark { knowledge(of: template).mark }

  func knowledge(of template: PlanTemplate) -> ValueKnowledge {
    switch template.content {
    case .constant: .value(.known)
    case .text(let pieces): .value(latest(pieces.map(mark)))
    case .reference(let reference): knowledge(of: reference)
    case .list(let items): .value(latest(items.map(mark)))
    case .object(let members):
      .object(Dictionary(members.map { ($0.key, knowledge(of: $0.value)) }, uniquingKeysWith: { _, later in later }))
    case .operation(let operation): .value(mark(of: operation))
    }
  }

  func mark(of reference: PlanReference) -> ValueMark { knowledge(of: reference).mark }

  /// The scope of the templates that an operator makes for each element.
  func insideElements(of operation: PlanOperator) -> MarkScope {
    let element = ValueKnowledge.value(latest(operation.outerChildren.map(mark)))
    return setting("item", element).setting("index", element)
  }

  private func knowledge(of reference: PlanReference) -> ValueKnowledge {
    guard !reference.isChunk, let root = roots[reference.root] else { return .value(.atRunTime) }
    let found = reference.steps.reduce(root) { $0.following($1) }
    guard reference.cast != nil || reference.fallback != nil else { return found }
    return .value(latest([found.mark] + reference.nested.map(mark)))
  }

  private func mark(of piece: PlanPiece) -> ValueMark {
    switch piece {
    case .text: .known
    case .environment(let value): value.value == nil ? .missing : .known
    case .reference(let reference): mark(of: reference)
    }
  }

  private func mark(of operation: PlanOperator) -> ValueMark {
    let inside = insideElements(of: operation)
    return latest(operation.outerChildren.map(mark) + operation.elementChildren.map(inside.mark))
  }

  private func latest(_ marks: [ValueMark]) -> ValueMark { marks.max() ?? .known }
}
