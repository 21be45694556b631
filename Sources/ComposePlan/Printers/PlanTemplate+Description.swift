import ComposeBasic

/// Where a value comes from, as far as the plan knows.
package enum ValueOrigin: String, Sendable {
  case known
  case fromInput = "from input"
  case atRunTime = "at run time"
}

extension PlanTemplate {
  /// One line for people: texts in quotes, expressions as they are written, secrets as dots.
  var display: String {
    switch content {
    case .constant(let value): value.display
    case .text(let pieces): quoted(pieces.map(\.display).joined())
    case .reference(let reference): safeText(reference.source)
    case .list(let items): "[\(items.map(\.display).joined(separator: ", "))]"
    case .object(let members): "{\(members.byName.map(\.display).joined(separator: ", "))}"
    case .operation(let operation): operation.display
    }
  }

  /// The text without quotes, when the value is one.
  var plainText: String? {
    switch content {
    case .constant(.text(let text)): text
    case .text(let pieces): pieces.map(\.display).joined()
    case .constant, .reference, .list, .object, .operation: nil
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

  /// `OPENAI_BASE (.env:3)`: the variable and where its value comes from.
  var provenance: String {
    guard value != nil else { return "\(name) (not set)" }
    return origin.map { "\(name) (\($0))" } ?? name
  }
}

/// The text in double quotes with control characters written out.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return safeText(result) + "\""
}
