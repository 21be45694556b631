import ComposeRuntime
import ComposeSema

/// Compares the body of a call with the description of its API: what is missing, and what has the wrong type. Members
/// that are not described are let through, because other servers of the same protocol know more.
struct SandboxValidation {
  let api: APIDescription

  /// - Throws: the first thing that the API would refuse.
  func check(_ value: Value, _ type: APIType, at path: String) throws(SandboxRefusal) {
    let alternatives = type.alternatives
    guard let fitting = alternatives.first(where: { isOfKind(value, $0) }) else {
      let expected = alternatives.map(\.noun).joined(separator: " or ")
      throw .wrongType(path, expected: expected, found: value.kindName)
    }
    switch (fitting, value) {
    case (.integer(let range), .integer(let number)):
      if let problem = range.problem(with: Double(number)) { throw .invalid(path, "it must be \(problem)") }
    case (.number(let range), .integer(let number)):
      if let problem = range.problem(with: Double(number)) { throw .invalid(path, "it must be \(problem)") }
    case (.number(let range), .number(let number)):
      if let problem = range.problem(with: number) { throw .invalid(path, "it must be \(problem)") }
    case (.choice(let words), .text(let text)) where !words.contains(text):
      let list = words.map { "'\($0)'" }.joined(separator: ", ")
      throw .invalid(path, "'\(text)' is none of \(list)")
    case (.list(let element), .list(let list)):
      for (index, item) in list.enumerated() { try check(item, element, at: "\(path)[\(index)]") }
    case (.map(let element), .object(let object)):
      for member in object { try check(member.value, element, at: "\(path).\(member.key)") }
    case (.named(let name), .object(let object)):
      for field in api.object(named: name)?.fields ?? [] {
        let place = "\(path).\(field.name)"
        if let member = object[field.name], !member.isNull {
          try check(member, field.type, at: place)
        } else if field.isRequired {
          throw .missing(place)
        }
      }
    default: break
    }
  }

  private func isOfKind(_ value: Value, _ type: APIType) -> Bool {
    switch (type, value) {
    case (.any, _), (.null, .null), (.boolean, .boolean), (.integer, .integer), (.number, .integer),
      (.number, .number), (.text, .text), (.choice, .text), (.list, .list), (.map, .object), (.object, .object),
      (.named, .object):
      true
    default: false
    }
  }
}

extension APIType {
  var allowsNull: Bool { alternatives.contains(.null) || self == .any }

  fileprivate var noun: String {
    switch self {
    case .any: "anything"
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .number: "a number"
    case .text, .choice: "text"
    case .list: "a list"
    case .map, .object, .named: "an object"
    case .union(let members): members.map(\.noun).joined(separator: " or ")
    }
  }
}
