import ComposeBasic

/// Conditions of which both sides are known.
extension TemplateFolder {
  /// Whether a comparison of folded values holds; `nil` when only a run tells, or when it fails.
  func decide(_ comparison: PlanComparison) -> Bool? {
    decide(comparison.input, comparison.method, comparison.value, at: comparison.range)
  }

  /// - Parameters:
  ///   - input: null without it.
  ///   - value: null without it.
  func decide(
    _ input: PlanTemplate?, _ method: PlanComparison.Method, _ value: PlanTemplate?, at range: SourceRange
  ) -> Bool? {
    guard case .known(let name) = method else { return nil }
    let null = PlanTemplate(.constant(.null), at: range)
    let (left, right) = (input ?? null, value ?? null)
    guard left.isConstant, right.isConstant else { return nil }
    return knowledge.holds(left, name, right)
  }

  /// The same for a condition. One that fails behind the one that decides is never looked at.
  func decide(_ condition: PlanCondition) -> Bool? {
    switch condition {
    case .comparison(let comparison): return decide(comparison)
    case .all(let conditions):
      for condition in conditions {
        guard let holds = decide(condition) else { return nil }
        if !holds { return false }
      }
      return true
    case .any(let conditions):
      for condition in conditions {
        guard let holds = decide(condition) else { return nil }
        if holds { return true }
      }
      return false
    case .not(let condition): return decide(condition).map { !$0 }
    case .invalid: return nil
    }
  }

  // MARK: The operator

  /// What is taken in any case, or the branches that are left.
  func fold(_ conditional: PlanConditional, at range: SourceRange) -> PlanTemplate {
    var left: [PlanBranch] = []
    func taken(_ template: PlanTemplate?) -> PlanTemplate {
      template.map(fold) ?? PlanTemplate(.constant(.null), at: range)
    }
    search: for branch in conditional.branches {
      guard case .branch(let comparison, let then, let otherwise) = branch else {
        left.append(branch)
        break
      }
      let folded = comparison.mappingTemplates(fold)
      let kept = PlanBranch.branch(folded, then: then.map(fold), otherwise: otherwise.map(fold))
      switch decide(folded) {
      case true?:
        if left.isEmpty { return taken(then) }
        left.append(kept)
        break search
      case false?:
        guard let otherwise else { continue }
        if left.isEmpty { return taken(otherwise) }
        left.append(kept)
        break search
      case nil:
        left.append(kept)
        if otherwise != nil { break search }
      }
    }
    return left.isEmpty ? taken(nil) : PlanTemplate(.operation(.conditional(PlanConditional(left))), at: range)
  }
}
