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
      "split \(split.source.display) into {\(split.fields.byName.map(\.display).joined(separator: ", "))}"
    }
  }
}

extension PlanMember {
  var display: String { "\(key): \(value.display)" }
}

extension PlanListItem {
  var display: String {
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
