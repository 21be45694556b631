import ComposeBasic
package import ComposePlan

/// Renders templates in a scope (language specification, sections 3 to 8).
///
/// Rendering is pure and does not wait: a stream is handed on, not read.
package struct Evaluator: Sendable {
  package var scope: Scope

  package init(_ scope: Scope) { self.scope = scope }

  /// The value of a template.
  ///
  /// - Throws: a `value` error with the place when a conversion fails, and an `unsupported` error for what the plan
  ///   refuses up front.
  package func evaluate(_ template: PlanTemplate) throws(RuntimeError) -> Value {
    switch template.content {
    case .constant(let value): return Value(value)
    case .reference(let reference): return try evaluate(reference)
    case .text(let pieces): return .text(try text(of: pieces, at: template.range))
    case .list(let items):
      var values: [Value] = []
      values.reserveCapacity(items.count)
      for item in items { values.append(try evaluate(item)) }
      return .list(values)
    case .object(let members):
      var object = OrderedObject()
      for member in members { object[member.key] = try evaluate(member.value) }
      return .object(object)
    case .structural(let name):
      throw RuntimeError(.unsupported, "the operator '\(name)' is not run by this version", range: template.range)
    }
  }

  // MARK: Text

  private func text(of pieces: [PlanPiece], at range: SourceRange) throws(RuntimeError) -> String {
    var text = ""
    for piece in pieces {
      switch piece {
      case .text(let literal): text += literal
      case .environment(let variable):
        guard let value = variable.value else {
          throw RuntimeError(.invalidInput, "the environment variable '\(variable.name)' is not set", range: range)
        }
        text += value
      case .reference(let reference):
        do throws(RuntimeError) {
          text += try evaluate(reference).interpolatedText()
        } catch {
          throw error.located(range: reference.range)
        }
      }
    }
    return text
  }

  // MARK: Look-ups

  private func evaluate(_ reference: PlanReference) throws(RuntimeError) -> Value {
    do throws(RuntimeError) {
      var value = try lookUp(reference)
      if value.isNull, let fallback = reference.fallback { value = try evaluate(fallback) }
      guard let cast = reference.cast, !value.isNull else { return value }
      return try value.converted(by: cast)
    } catch {
      throw error.located(range: reference.range)
    }
  }

  private func lookUp(_ reference: PlanReference) throws(RuntimeError) -> Value {
    let roots = reference.isChunk ? scope.chunks : scope.roots
    guard let root = roots[reference.root] else { return .null }
    // The reference ignores an index on the roots that callers fill.
    let isCallersRoot = reference.root == "input" || reference.root == "context"
    let steps = isCallersRoot && reference.hasRootIndex ? reference.steps.dropFirst() : reference.steps[...]
    return try root.value(at: steps)
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

  /// Follows a path. A step that finds nothing gives null, as in the reference, except into a stream: there the
  /// reference's null would hide a mistake, so it is an error.
  func value(at steps: ArraySlice<PlanReference.Step>) throws(RuntimeError) -> Value {
    guard let step = steps.first else { return self }
    let rest = steps.dropFirst()
    if case .stream = self {
      throw RuntimeError(.value, "a stream has no members")
    }
    switch step {
    case .key(let name): return try member(name).value(at: rest)
    case .index(let index): return try element(at: index).value(at: rest)
    case .slice(let from, let to): return try slice(from: from, to: to).value(at: rest)
    case .wildcard: return try wildcard { (element) throws(RuntimeError) in try element.value(at: rest) }
    }
  }
}
