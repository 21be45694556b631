extension PlanCondition {
  /// One line for people, with the operators that programmers know.
  var display: String {
    switch self {
    case .comparison(let comparison): comparison.display
    case .all(let conditions): conditions.isEmpty ? "always" : conditions.map(\.operand).joined(separator: " and ")
    case .any(let conditions): conditions.isEmpty ? "never" : conditions.map(\.operand).joined(separator: " or ")
    case .not(let condition): "not (\(condition.display))"
    case .invalid: "(not a condition)"
    }
  }

  /// Between brackets where the reader would have to know what binds closer.
  private var operand: String {
    switch self {
    case .all(let conditions), .any(let conditions): conditions.count > 1 ? "(\(display))" : display
    case .comparison, .not, .invalid: display
    }
  }
}

extension PlanComparison {
  var display: String { "\(input?.display ?? "null") \(method.display) \(value?.display ?? "null")" }
}

extension PlanComparison.Method {
  /// The sign or the words between two values.
  var display: String {
    switch self {
    case .known(.equal): "="
    case .known(.notEqual): "!="
    case .known(.greater): ">"
    case .known(.greaterOrEqual): ">="
    case .known(.less): "<"
    case .known(.lessOrEqual): "<="
    case .known(.isIn): "in"
    case .known(.isNotIn): "not in"
    case .known(.startsWith): "starts with"
    case .known(.endsWith): "ends with"
    case .known(.match): "matches"
    case .unknown(let name): "(no operator: \(quoted(name)))"
    }
  }
}

extension PlanConditional {
  var display: String {
    branches.isEmpty ? "null" : branches.map(\.display).joined(separator: ", else ")
  }
}

extension PlanBranch {
  var display: String {
    switch self {
    case .branch(let comparison, let then, let otherwise):
      "if \(comparison.display) then \(then?.display ?? "null")"
        + (otherwise.map { ", otherwise \($0.display)" } ?? "")
    case .invalid: "(not a condition)"
    }
  }
}
