import ComposeBasic

/// Operators and conditions.
extension TemplateForms {
  func form(_ operation: PlanOperator) -> CanonicalForm {
    switch operation {
    case .spreadList(let items):
      .record("spread-list", ["items": .list(items.map(form))])
    case .merge(let parts): .record("merge", ["parts": .list(merged(parts))])
    case .map(let map):
      .record(
        "each",
        ["source": map.source.map(form), "where": map.filter.map(form), "element": map.element.map(form)])
    case .conditional(let conditional): form(conditional)
    case .join(let parts): .record("join", ["parts": form(parts)])
    case .zip(let sources): .record("zip", ["sources": form(sources)])
    case .split(let split): .record("split", ["source": form(split.source), "fields": map(split.fields)])
    }
  }

  private func form(_ item: PlanListItem) -> CanonicalForm {
    switch item {
    case .item(let template): form(template)
    case .spread(let template): .record("spread", ["list": form(template)])
    }
  }

  /// Members that follow each other are one part: their order has no meaning, that of the parts has.
  private func merged(_ parts: [PlanMergePart]) -> [CanonicalForm] {
    var forms: [CanonicalForm] = []
    var members: [PlanMember] = []
    func endMembers() {
      if !members.isEmpty { forms.append(map(members)) }
      members = []
    }
    for part in parts {
      switch part {
      case .member(let member): members.append(member)
      case .spread(let template):
        endMembers()
        forms.append(.record("spread", ["object": form(template)]))
      case .conditional(let conditional, let range):
        endMembers()
        forms.append(.placed(form(conditional), range))
      }
    }
    endMembers()
    return forms
  }

  // MARK: Conditions

  func form(_ condition: PlanCondition) -> CanonicalForm {
    switch condition {
    case .comparison(let comparison): form(comparison)
    case .all(let conditions): .record("all", ["conditions": .list(conditions.map(form))])
    case .any(let conditions): .record("any", ["conditions": .list(conditions.map(form))])
    case .not(let condition): .record("not", ["condition": form(condition)])
    case .invalid: .record("invalid", [:])
    }
  }

  func form(_ comparison: PlanComparison) -> CanonicalForm {
    .placed(
      .record(
        "compare",
        [
          "input": comparison.input.map(form), "method": .text(comparison.method.name),
          "value": comparison.value.map(form),
        ]), comparison.range)
  }

  private func form(_ conditional: PlanConditional) -> CanonicalForm {
    .record(
      "choose",
      [
        "branches": .list(
          conditional.branches.map { branch in
            switch branch {
            case .branch(let comparison, let then, let otherwise):
              .record(
                "branch",
                ["if": form(comparison), "then": then.map(form), "else": otherwise.map(form)])
            case .invalid: .record("invalid", [:])
            }
          })
      ])
  }
}
