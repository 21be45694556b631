import ComposeBasic
import ComposeSyntax

/// Fields that are literals: expressions in them mean nothing.
extension JobDecl {
  func integer(_ name: String) -> Int? { fields[name]?.integerConstant }

  func boolean(_ name: String) -> Bool? { fields[name]?.booleanConstant }

  /// A text of the job's mapping, whether it is a field or one of the keys that name things.
  func text(_ name: String) -> String? { node.locatedText(name)?.value }
}

extension Template {
  var isNull: Bool {
    if case .constant(.null) = content { return true }
    return false
  }

  /// An integer, or a text that is one.
  var integerConstant: Int? {
    switch content {
    case .constant(.integer(let value)): value
    case .constant(.number(let value)): Int(exactly: value)
    case .constant, .list, .object: nil
    case .text(let text): text.constant.flatMap { Int($0.trimmingBlanks) }
    }
  }

  /// A number, or a text that is one.
  var numberConstant: Double? {
    switch content {
    case .constant(.integer(let value)): Double(value)
    case .constant(.number(let value)): value
    case .constant, .list, .object: nil
    case .text(let text): text.constant.flatMap { Double($0.trimmingBlanks) }
    }
  }

  /// A boolean, or one of the words and numbers that the reference reads as one.
  var booleanConstant: Bool? {
    switch content {
    case .constant(.boolean(let value)): value
    case .constant(.integer(let value)): value == 1 ? true : value == 0 ? false : nil
    case .constant, .list, .object: nil
    case .text(let text):
      switch text.constant?.lowercased() {
      case "true", "yes", "on", "y", "t", "1": true
      case "false", "no", "off", "n", "f", "0": false
      default: nil
      }
    }
  }
}
