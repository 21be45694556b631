extension PlanOperator {
  /// One line for people, in words: a file has only a key for it.
  var display: String {
    switch self {
    case .spreadList(let items): "[\(items.map(\.display).joined(separator: ", "))]"
    case .merge(let parts): "{\(parts.map(\.display).joined(separator: ", "))}"
    case .map(let map): map.display
    case .conditional(let conditional): conditional.display
    case .join(let parts): "join \(parts.display)"
    case .zip(let sources): "zip \(sources.display)"
    case .split(let split):
      "split \(split.source.display) into {\(split.fields.map(\.display).joined(separator: ", "))}"
    }
  }
}

extension PlanMember {
  var display: String { "\(key): \(value.display)" }
}

extension PlanListItem {
  fileprivate var display: String {
    switch self {
    case .item(let template): template.display
    case .spread(let template): "...\(template.display)"
    }
  }
}

extension PlanMergePart {
  fileprivate var display: String {
    switch self {
    case .member(let member): member.display
    case .spread(let template): "...\(template.display)"
    case .conditional(let conditional, _): "...(\(conditional.display))"
    }
  }
}

extension PlanMap {
  fileprivate var display: String {
    var text = "each of \(source?.display ?? "nothing")"
    if let filter { text += " where \(filter.display)" }
    if let element { text += " as \(element.display)" }
    return text
  }
}

extension PlanConditional {
  var display: String {
    branches.isEmpty ? "null" : branches.map(\.display).joined(separator: ", else ")
  }
}

extension PlanBranch {
  fileprivate var display: String {
    switch self {
    case .branch(let comparison, let then, let otherwise):
      "if \(comparison.display) then \(then?.display ?? "null")"
        + (otherwise.map { ", otherwise \($0.display)" } ?? "")
    case .invalid: "(not a condition)"
    }
  }
}

extension PlanCondition {
  var display: String {
    switch self {
    case .comparison(let comparison): comparison.display
    case .all(let conditions): "all of (\(conditions.map(\.display).joined(separator: ", ")))"
    case .any(let conditions): "any of (\(conditions.map(\.display).joined(separator: ", ")))"
    case .not(let condition): "not (\(condition.display))"
    case .invalid: "(not a condition)"
    }
  }
}

extension PlanComparison {
  fileprivate var display: String { "\(input?.display ?? "null") \(method.name) \(value?.display ?? "null")" }
}
