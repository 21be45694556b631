import ComposeSyntax

/// The conditions of `"?"`: one object, or a list of them. Anything else fails when it is reached.
func lowerConditional(_ template: Template) -> PlanConditional {
  guard case .list(let items) = template.content else { return PlanConditional([lowerBranch(template)]) }
  return PlanConditional(items.map(lowerBranch))
}

/// The condition of `where`; `nil` when it is null.
func lowerFilter(_ template: Template) -> PlanCondition? {
  template.isNull ? nil : lowerCondition(template)
}

private func lowerBranch(_ template: Template) -> PlanBranch {
  guard case .object = template.content else { return .invalid(template.range) }
  return .branch(
    lowerComparison(template), then: template["if_true"].map(lower), otherwise: template["if_false"].map(lower))
}

/// The first of `all`, `any` and `not` that is there and not null decides; other keys count only without them.
private func lowerCondition(_ template: Template) -> PlanCondition {
  guard case .object = template.content else { return .invalid(template.range) }
  func combined(_ key: String) -> Template? { template[key].flatMap { $0.isNull ? nil : $0 } }
  if let all = combined("all") {
    guard case .list(let items) = all.content else { return .invalid(all.range) }
    return .all(items.map(lowerCondition))
  }
  if let any = combined("any") {
    guard case .list(let items) = any.content else { return .invalid(any.range) }
    return .any(items.map(lowerCondition))
  }
  if let not = combined("not") { return .not(lowerCondition(not)) }
  return .comparison(lowerComparison(template))
}

func lowerComparison(_ template: Template) -> PlanComparison {
  PlanComparison(
    input: template["input"].map(lower), method: lowerMethod(template["operator"]),
    value: template["value"].map(lower), range: template.range)
}

/// `eq` when there is no name. A name is never rendered, so that one with an expression in it is unknown.
func lowerMethod(_ template: Template?) -> PlanComparison.Method {
  guard let template else { return .known(.equal) }
  if let name = template.constantText.flatMap(ComparisonName.init(rawValue:)) { return .known(name) }
  return switch template.content {
  case .text(let text): .unknown(text.description)
  case .constant(let value): .unknown(lower(value).display)
  case .list: .unknown("[…]")
  case .object: .unknown("{…}")
  }
}
