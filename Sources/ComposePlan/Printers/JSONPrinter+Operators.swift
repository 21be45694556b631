import ComposeBasic

/// Values that say how they are built.
extension JSONPrinter {
  /// `operator` is the key of the file; the member behind it holds the parts.
  func append(_ operation: PlanOperator, in scope: MarkScope, to json: inout JSONWriter) {
    json.member("operator", operation.name)
    let inside = scope.insideElements(of: operation)
    switch operation {
    case .spreadList(let items):
      json.array("items") { json in
        for item in items { append(item, in: scope, to: &json) }
      }
    case .merge(let parts):
      json.array("parts") { json in
        for part in parts { append(part, in: scope, to: &json) }
      }
    case .map(let map):
      json.object("each") { json in
        append(map.source, named: "source", in: scope, to: &json)
        append(map.filter, named: "where", in: inside, to: &json)
        append(map.element, named: "element", in: inside, to: &json)
      }
    case .conditional(let conditional): append(conditional, in: scope, to: &json)
    case .join(let parts): append(parts, named: "join", in: scope, to: &json)
    case .zip(let sources): append(sources, named: "zip", in: scope, to: &json)
    case .split(let split):
      json.object("split") { json in
        append(split.source, named: "source", in: scope, to: &json)
        append(split.fields, named: "fields", in: inside, to: &json)
      }
    }
  }

  private func append(_ item: PlanListItem, in scope: MarkScope, to json: inout JSONWriter) {
    switch item {
    case .item(let template): append(template, in: scope, to: &json)
    case .spread(let template):
      json.object { json in
        append(template, named: "spread", in: scope, to: &json)
        appendLocation(template.range, to: &json)
      }
    }
  }

  private func append(_ part: PlanMergePart, in scope: MarkScope, to json: inout JSONWriter) {
    json.object { json in
      switch part {
      case .member(let member):
        json.member("key", member.key)
        append(member.value, named: "value", in: scope, to: &json)
      case .spread(let template): append(template, named: "spread", in: scope, to: &json)
      case .conditional(let conditional, _): append(conditional, in: scope, to: &json)
      }
    }
  }

  // MARK: Conditions

  private func append(_ conditional: PlanConditional, in scope: MarkScope, to json: inout JSONWriter) {
    json.array("branches") { json in
      for branch in conditional.branches {
        json.object { json in
          switch branch {
          case .branch(let comparison, let then, let otherwise):
            append(.comparison(comparison), named: "if", in: scope, to: &json)
            append(then, named: "then", in: scope, to: &json)
            append(otherwise, named: "else", in: scope, to: &json)
          case .invalid: json.member("invalid", true)
          }
        }
      }
    }
  }

  func append(_ condition: PlanCondition?, named name: String, in scope: MarkScope, to json: inout JSONWriter) {
    guard let condition else { return }
    json.key(name)
    append(condition, in: scope, to: &json)
  }

  func append(_ condition: PlanCondition, in scope: MarkScope, to json: inout JSONWriter) {
    json.object { json in
      switch condition {
      case .comparison(let comparison):
        append(comparison.input, named: "input", in: scope, to: &json)
        json.member("operator", comparison.method.name)
        append(comparison.value, named: "value", in: scope, to: &json)
      case .all(let conditions): append(conditions, named: "all", in: scope, to: &json)
      case .any(let conditions): append(conditions, named: "any", in: scope, to: &json)
      case .not(let condition): append(condition, named: "not", in: scope, to: &json)
      case .invalid: json.member("invalid", true)
      }
    }
  }

  private func append(
    _ conditions: [PlanCondition], named name: String, in scope: MarkScope, to json: inout JSONWriter
  ) {
    json.array(name) { json in
      for condition in conditions { append(condition, in: scope, to: &json) }
    }
  }
}
