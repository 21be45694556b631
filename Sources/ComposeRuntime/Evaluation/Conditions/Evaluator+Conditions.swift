import ComposePlan

extension Evaluator {
  /// `"?"`: the first condition that is true gives its `if_true`, and one that is false and has an `if_false` ends the
  /// search. Without either the value is null. Only the branch that is taken is made.
  func evaluate(_ conditional: PlanConditional) async throws(RuntimeError) -> Value {
    for branch in conditional.branches {
      switch branch {
      case .invalid(let range): throw .wrongKind("a condition is an object with 'input' and 'value'", range: range)
      case .branch(let comparison, let then, let otherwise):
        if try await isTrue(comparison) {
          guard let then else { return .null }
          return try await evaluate(then)
        }
        if let otherwise { return try await evaluate(otherwise) }
      }
    }
    return .null
  }

  /// Whether the present element passes a filter. Conditions behind the one that decides are not looked at.
  func isTrue(_ condition: PlanCondition) async throws(RuntimeError) -> Bool {
    switch condition {
    case .comparison(let comparison): return try await isTrue(comparison)
    case .all(let conditions):
      for condition in conditions where try await !isTrue(condition) { return false }
      return true
    case .any(let conditions):
      for condition in conditions where try await isTrue(condition) { return true }
      return false
    case .not(let condition): return try await !isTrue(condition)
    case .invalid(let range): throw .wrongKind("a condition is an object, or a list of them", range: range)
    }
  }

  private func isTrue(_ comparison: PlanComparison) async throws(RuntimeError) -> Bool {
    let input = try await value(of: comparison.input)
    let value = try await value(of: comparison.value)
    do throws(RuntimeError) {
      switch comparison.method {
      case .known(let name): return try input.compares(to: value, by: name)
      case .unknown(let name): throw RuntimeError(.value, "there is no operator '\(name)'")
      }
    } catch {
      throw error.located(range: comparison.range)
    }
  }

  private func value(of template: PlanTemplate?) async throws(RuntimeError) -> Value {
    guard let template else { return .null }
    return try await evaluate(template)
  }
}
