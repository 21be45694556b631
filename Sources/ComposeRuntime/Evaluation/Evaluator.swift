import ComposeBasic
package import ComposePlan

/// Renders templates in a scope (language specification, sections 3 to 9).
///
/// A stream is handed on and not read, except by a conversion that needs all of it, such as `as base64`. Everything
/// else computes without waiting.
package struct Evaluator: Sendable {
  package var scope: Scope

  package init(_ scope: Scope) { self.scope = scope }

  /// The value of a template.
  ///
  /// - Throws: a `value` error with the place when a conversion or an operator fails, and an `unsupported` error for
  ///   what the plan refuses up front.
  package func evaluate(_ template: PlanTemplate) async throws(RuntimeError) -> Value {
    if let value = try immediateValue(of: template) { return value }
    switch template.content {
    case .constant(let value): return Value(value)
    case .reference(let reference): return try await evaluate(reference)
    case .text(let pieces): return try await evaluate(pieces, at: template.range)
    case .list(let items):
      var values: [Value] = []
      values.reserveCapacity(items.count)
      for item in items { values.append(try await evaluate(item)) }
      return .list(values)
    case .object(let members):
      var object = OrderedObject()
      for member in members { object[member.key] = try await evaluate(member.value) }
      return .object(object)
    case .operation(let operation):
      do throws(RuntimeError) {
        return try await evaluate(operation)
      } catch {
        throw error.located(range: template.range)
      }
    }
  }

  // MARK: Text

  private func evaluate(_ pieces: [PlanPiece], at range: SourceRange) async throws(RuntimeError) -> Value {
    var text = JoinedText()
    for (position, piece) in pieces.enumerated().reversed() {
      guard case .reference(let reference) = piece else {
        text.prepend(try piece.literal(at: range))
        continue
      }
      let value = try await evaluate(reference)
      if position == 0, text.isEmpty { return value }
      try text.prepend(value, of: reference)
    }
    return text.value
  }

  // MARK: Look-ups

  private func evaluate(_ reference: PlanReference) async throws(RuntimeError) -> Value {
    do throws(RuntimeError) {
      // Attributes come first: what is wrong in them fails even where there is nothing to convert.
      let conversion = try await conversion(reference.cast)
      var value = try lookUp(reference)
      if value.isNull, let fallback = reference.fallback { value = try await evaluate(fallback) }
      guard let conversion, !value.isNull else { return value }
      return try await conversion(value)
    } catch {
      throw error.located(range: reference.range)
    }
  }

  /// The value that a root and a path lead to; null when they lead nowhere.
  func lookUp(_ reference: PlanReference) throws(RuntimeError) -> Value {
    var steps = reference.steps[...]
    let root: Value
    if reference.isChunk {
      guard let chunk = scope.chunks[reference.root] else { return .null }
      root = chunk
    } else if let element = scope.element, let value = element[reference.root] {
      // The reference ignores an index behind an item that is no list.
      if reference.hasRootIndex, !value.isList { steps = steps.dropFirst() }
      root = value
    } else if let value = scope.roots[reference.root] {
      root = value
    } else if let value = scope.callers[reference.root] {
      if reference.hasRootIndex { steps = steps.dropFirst() }
      root = value
    } else {
      return .null
    }
    guard reference.hasRootIndex, steps.count == reference.steps.count, let first = steps.first else {
      return try root.value(at: steps)
    }
    return try root.rootValue(at: first).value(at: steps.dropFirst())
  }
}

extension Scope.Element {
  fileprivate subscript(name: String) -> Value? {
    switch name {
    case "item": item
    case "index": .integer(index)
    default: nil
    }
  }
}

extension Value {
  package init(_ constant: PlanConstant) {
    switch constant {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .bigInteger(let digits): self = .bigInteger(digits)
    case .number(let value): self = .number(value)
    case .text(let text): self = .text(text)
    }
  }

  fileprivate var isList: Bool {
    if case .list = self { return true }
    return false
  }

  /// What an index or a slice directly after a root gives.
  func rootValue(at step: PlanReference.Step) throws(RuntimeError) -> Value {
    switch step {
    case .index(let index): rootElement(at: index)
    case .slice(let from, let to): rootSlice(from: from, to: to)
    case .key, .wildcard: try value(at: [step])
    }
  }

  /// Follows a path. A step that finds nothing gives null, as in the reference, except into a stream: there the
  /// reference's null would hide a mistake, so it is an error.
  func value(at steps: ArraySlice<PlanReference.Step>) throws(RuntimeError) -> Value {
    guard let step = steps.first else { return self }
    let rest = steps.dropFirst()
    if case .stream = self {
      throw RuntimeError(.value, "a stream has no members", diagnosticCode: "stream-misuse")
    }
    switch step {
    case .key(let name): return try member(name).value(at: rest)
    case .index(let index): return try element(at: index).value(at: rest)
    case .slice(let from, let to): return try slice(from: from, to: to).value(at: rest)
    case .wildcard: return try wildcard { (element) throws(RuntimeError) in try element.value(at: rest) }
    }
  }
}
