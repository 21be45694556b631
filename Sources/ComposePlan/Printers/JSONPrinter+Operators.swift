import ComposeBasic

extension JSONPrinter {
  /// `operator` is the key of the file; the member behind it holds the parts.
  func append(_ operation: PlanOperator, to json: inout JSONWriter) {
    json.member("operator", operation.name)
    switch operation {
    case .spreadList(let items):
      json.array("items") { json in
        for item in items { append(item, to: &json) }
      }
    case .merge(let parts):
      json.array("parts") { json in
        for part in parts { append(part, to: &json) }
      }
    case .map(let map):
      json.object("each") { json in
        append(map.source, named: "source", to: &json)
        if let filter = map.filter {
          json.key("where")
          append(filter, to: &json)
        }
        append(map.element, named: "element", to: &json)
      }
    case .conditional(let conditional): append(conditional, to: &json)
    case .join(let parts): append(parts, named: "join", to: &json)
    case .zip(let sources): append(sources, named: "zip", to: &json)
    case .split(let split):
      json.object("split") { json in
        append(split.source, named: "source", to: &json)
        append(split.fields, named: "fields", to: &json)
      }
    }
  }

  private func append(_ template: PlanTemplate?, named name: String, to json: inout JSONWriter) {
    guard let template else { return }
    json.key(name)
    append(template, to: &json)
  }

  private func append(_ item: PlanListItem, to json: inout JSONWriter) {
    switch item {
    case .item(let template): append(template, to: &json)
    case .spread(let template):
      json.object { json in
        append(template, named: "spread", to: &json)
        appendLocation(template.range, to: &json)
      }
    }
  }

  private func append(_ part: PlanMergePart, to json: inout JSONWriter) {
    json.object { json in
      switch part {
      case .member(let member):
        json.member("key", member.key)
        append(member.value, named: "value", to: &json)
      case .spread(let template): append(template, named: "spread", to: &json)
      case .conditional(let conditional, _): append(conditional, to: &json)
      }
    }
  }

  // MARK: Conditions

  private func append(_ conditional: PlanConditional, to json: inout JSONWriter) {
    json.array("branches") { json in
      for branch in conditional.branches {
        json.object { json in
          switch branch {
          case .branch(let comparison, let then, let otherwise):
            json.object("if") { json in appendParts(of: comparison, to: &json) }
            append(then, named: "then", to: &json)
            append(otherwise, named: "else", to: &json)
          case .invalid: json.member("invalid", true)
          }
        }
      }
    }
  }

  private func append(_ condition: PlanCondition, to json: inout JSONWriter) {
    json.object { json in
      switch condition {
      case .comparison(let comparison): appendParts(of: comparison, to: &json)
      case .all(let conditions): append(conditions, named: "all", to: &json)
      case .any(let conditions): append(conditions, named: "any", to: &json)
      case .not(let condition):
        json.key("not")
        append(condition, to: &json)
      case .invalid: json.member("invalid", true)
      }
    }
  }

  private func append(_ conditions: [PlanCondition], named name: String, to json: inout JSONWriter) {
    json.array(name) { json in
      for condition in conditions { append(condition, to: &json) }
    }
  }

  private func appendParts(of comparison: PlanComparison, to json: inout JSONWriter) {
    append(comparison.input, named: "input", to: &json)
    json.member("operator", comparison.method.name)
    append(comparison.value, named: "value", to: &json)
  }
}
