import ComposeBasic
package import ComposePlan

/// Rendering without waiting. Nearly all templates need none, and a step that might wait costs more than what it does.
extension Evaluator {
  /// The value of a template; `nil` when something in it may have to be waited for, or is an operator.
  ///
  /// - Throws: what rendering with waiting throws.
  package func immediateValue(of template: PlanTemplate) throws(RuntimeError) -> Value? {
    switch template.content {
    case .constant(let value): return Value(value)
    case .reference(let reference): return try immediateValue(of: reference)
    case .text(let pieces): return try immediateText(of: pieces, at: template.range)
    case .list(let items):
      var values: [Value] = []
      values.reserveCapacity(items.count)
      for item in items {
        guard let value = try immediateValue(of: item) else { return nil }
        values.append(value)
      }
      return .list(values)
    case .object(let members):
      var object = OrderedObject()
      for member in members {
        guard let value = try immediateValue(of: member.value) else { return nil }
        object[member.key] = value
      }
      return .object(object)
    case .operation: return nil
    }
  }

  private func immediateText(of pieces: [PlanPiece], at range: SourceRange) throws(RuntimeError) -> Value? {
    var text = JoinedText()
    for (position, piece) in pieces.enumerated().reversed() {
      guard case .reference(let reference) = piece else {
        text.prepend(try piece.literal(at: range))
        continue
      }
      guard let value = try immediateValue(of: reference) else { return nil }
      if position == 0, text.isEmpty { return value }
      try text.prepend(value, of: reference)
    }
    return text.value
  }

  private func immediateValue(of reference: PlanReference) throws(RuntimeError) -> Value? {
    do throws(RuntimeError) {
      guard let cast = reference.cast else {
        let value = try lookUp(reference)
        guard value.isNull, let fallback = reference.fallback else { return value }
        return try immediateValue(of: fallback)
      }
      guard cast.attributes.isEmpty, let conversion = immediateConversion(cast) else { return nil }
      var value = try lookUp(reference)
      if value.isNull, let fallback = reference.fallback {
        guard let replacement = try immediateValue(of: fallback) else { return nil }
        value = replacement
      }
      // What holds bytes elsewhere is read by the conversion.
      return value.holdsSource ? nil : try conversion.plainValue(of: value)
    } catch {
      throw error.located(range: reference.range)
    }
  }

  /// `nil` when more than the value itself counts.
  private func immediateConversion(_ cast: PlanCast) -> Conversion? {
    guard cast.format == nil else { return nil }
    let conversion = Conversion(cast.type, isList: cast.isList, subtype: cast.subtype)
    if case .plain = conversion.target { return conversion }
    return nil
  }
}
