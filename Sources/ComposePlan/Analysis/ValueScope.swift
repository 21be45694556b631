/// What `${input}` means where a template is rendered, so that values can be followed through the inputs of jobs.
struct ValueScope: Sendable {
  indirect enum Input: Sendable {
    /// What the caller of the workflow gives.
    case workflow
    /// What a job is given, in the scope of that template.
    case template(PlanTemplate, ValueScope)
    /// An element, or the result of a job before.
    case unknown
  }

  let input: Input
  /// When the elements of a list are known that stand for `${item}` and `${index}`.
  private(set) var elements = ValueOrigin.atRunTime

  init(input: Input) { self.input = input }

  static let workflow = ValueScope(input: .workflow)

  /// The value as far as it can be known in this scope.
  func value(of template: PlanTemplate) -> RequestValue {
    switch template.content {
    case .constant(let constant): .known(constant)
    case .text(let pieces): .joined(pieces.flatMap { self.pieces(of: $0, in: template) })
    case .reference(let reference): value(of: reference)
    case .list(let items): .list(items.map(value))
    case .object(let members):
      .object(
        members.map {
          RequestMember(
            name: $0.key, value: value(of: $0.value), range: $0.value.range, isFromInput: isFromInput($0.value))
        })
    case .operation(let operation):
      .hole(
        RequestHole(
          source: operation.display, origin: origin(of: operation), type: nil, fallback: nil,
          path: [], range: template.range, environment: template.environment,
          building: RequestHole.Building(operation: operation, scope: self)))
    }
  }

  private func origin(of operation: PlanOperator) -> ValueOrigin {
    let inside = insideElements(of: operation)
    return .latest(
      operation.outerChildren.map { value(of: $0).origin }
        + operation.elementChildren.map { inside.value(of: $0).origin }
    )
  }

  /// The scope of the templates that an operator makes for each element.
  func insideElements(of operation: PlanOperator) -> ValueScope {
    var copy = self
    copy.elements = .latest(operation.outerChildren.map { value(of: $0).origin })
    return copy
  }

  /// Whether the caller's input was put in for a part of the value.
  func isFromInput(_ template: PlanTemplate) -> Bool {
    if template.isFromInput { return true }
    guard case .template(let given, let scope) = input, case .reference(let reference) = template.content,
      let (template, _) = target(of: reference, in: given)
    else { return false }
    return scope.isFromInput(template)
  }

  private func pieces(of piece: PlanPiece, in template: PlanTemplate) -> [RequestPiece] {
    switch piece {
    case .text(let text): [.text(text)]
    case .environment(let value): [.environment(value)]
    case .reference(let reference):
      // A list or an object inside a text is written in a way of its own.
      value(of: reference).pieces ?? [.hole(hole(of: reference, origin: origin(of: reference)))]
    }
  }

  // MARK: Look-ups

  private func value(of reference: PlanReference) -> RequestValue {
    guard let found = followed(reference) else { return .hole(hole(of: reference, origin: origin(of: reference))) }
    if found.isNull, let fallback = reference.fallback { return value(of: fallback) }
    guard let cast = reference.cast else { return found }
    switch (found, cast.type) {
    case (.known(.text), "text"), (.text, "text"), (.known(.integer), "integer"), (.known(.boolean), "boolean"),
      (.known(.integer), "number"), (.known(.number), "number"):
      return cast.isList ? .hole(hole(of: reference, origin: found.origin)) : found
    case (.hole(let inner), _) where (inner.type ?? cast.type) == cast.type && reference.fallback == nil:
      return .hole(
        RequestHole(
          source: inner.source, origin: inner.origin, type: cast.isList ? nil : cast.type, fallback: inner.fallback,
          path: inner.path, range: inner.range, environment: inner.environment))
    default: return .hole(hole(of: reference, origin: found.origin))
    }
  }

  /// Whether all that the template takes from the input of its job is put in for it.
  func followsInput(of template: PlanTemplate) -> Bool {
    template.references.allSatisfy { reference in
      guard reference.root == "input", !reference.isChunk else { return true }
      if case .hole(let hole) = value(of: reference), hole.range == reference.range { return false }
      return followed(reference) != nil
    }
  }

  /// The value that a path into the input of a job leads to, where the template says it.
  private func followed(_ reference: PlanReference) -> RequestValue? {
    guard case .template(let given, let scope) = input, let (template, isThere) = target(of: reference, in: given)
    else { return nil }
    return isThere ? scope.value(of: template) : .known(.null)
  }

  /// The part of what the job is given that a look-up means, and whether it is there.
  private func target(of reference: PlanReference, in given: PlanTemplate) -> (PlanTemplate, isThere: Bool)? {
    guard reference.root == "input", !reference.isChunk else { return nil }
    var template = given
    for step in reference.steps {
      switch (step, template.content) {
      case (.key(let name), .object(let members)):
        guard let member = members.last(where: { $0.key == name }) else { return (template, false) }
        template = member.value
      case (.index(let index), .list(let items)) where items.indices.contains(index): template = items[index]
      default: return nil
      }
    }
    return (template, true)
  }

  /// From where the value of a look-up comes, the path being what it may.
  func origin(of reference: PlanReference) -> ValueOrigin {
    if ["item", "index"].contains(reference.root), !reference.isChunk { return elements }
    guard reference.root == "input", !reference.isChunk else { return .atRunTime }
    switch input {
    case .workflow: return .fromInput
    case .unknown: return .atRunTime
    case .template(let template, let scope): return scope.value(of: template).origin
    }
  }

  private func hole(of reference: PlanReference, origin: ValueOrigin) -> RequestHole {
    var fallback: PlanConstant?
    if case .known(let constant)? = reference.fallback.map(value) { fallback = constant }
    let type = reference.cast.flatMap { $0.isList ? nil : $0.type }
    let keys = reference.steps.compactMap { step -> String? in
      switch step {
      case .key(let name): name
      case .index(let index): String(index)
      case .slice, .wildcard: nil
      }
    }
    return RequestHole(
      source: reference.source, origin: origin, type: type, fallback: fallback, path: [reference.root] + keys,
      range: reference.range,
      environment: PlanTemplate(.reference(reference), at: reference.range).environment)
  }
}

extension RequestValue {
  /// Texts beside each other become one.
  static func joined(_ pieces: [RequestPiece]) -> RequestValue {
    var result: [RequestPiece] = []
    for piece in pieces {
      if case .text(let text) = piece, case .text(let before)? = result.last {
        result[result.count - 1] = .text(before + text)
      } else {
        result.append(piece)
      }
    }
    if result.isEmpty { return .known(.text("")) }
    if result.count == 1, case .text(let text) = result[0] { return .known(.text(text)) }
    return .text(result)
  }
}
