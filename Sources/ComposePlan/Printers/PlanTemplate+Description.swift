import ComposeBasic

/// Where a value comes from, as far as the plan knows.
package enum ValueOrigin: String, Sendable {
  case known
  case fromInput = "from input"
  case atRunTime = "at run time"
}

extension PlanTemplate {
  /// Known when nothing is looked up, from the input when that is all that is looked up.
  ///
  /// - Parameter isInputOfWorkflow: whether `${input}` at this place is the workflow's input.
  func origin(isInputOfWorkflow: Bool) -> ValueOrigin {
    let roots = outerRoots
    if roots.isEmpty { return .known }
    return roots == ["input"] && isInputOfWorkflow ? .fromInput : .atRunTime
  }

  /// One line for people: texts in quotes, expressions as they are written, secrets as dots.
  var display: String {
    switch content {
    case .constant(let value): value.display
    case .text(let pieces): quoted(pieces.map(\.display).joined())
    case .reference(let reference): reference.source
    case .list(let items): "[\(items.map(\.display).joined(separator: ", "))]"
    case .object(let members): "{\(members.map(\.display).joined(separator: ", "))}"
    case .operation(let operation): operation.display
    }
  }
}

extension PlanConstant {
  var display: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .bigInteger(let digits): digits
    case .number(let value): String(value)
    case .text(let text): quoted(text)
    }
  }
}

extension PlanPiece {
  var display: String {
    switch self {
    case .text(let text): text
    case .environment(let value): value.display
    case .reference(let reference): reference.source
    }
  }
}

extension PlanEnvironmentValue {
  var display: String {
    guard let value else { return "${env.\(name)}" }
    return isSecret ? Redactor.mark : value
  }
}

/// The text in double quotes with control characters written out, cut after 200 characters.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars.prefix(200) {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default: result.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
    }
  }
  return result + (text.unicodeScalars.count > 200 ? "…\"" : "\"")
}
