import ComposeBasic
import ComposeSyntax

/// One comparison of two values with Python's rules (language specification, section 9).
struct Comparison {
  static let names = [
    "eq", "neq", "gt", "gte", "lt", "lte", "in", "not-in", "starts-with", "ends-with", "match",
  ]
  /// Spellings of other languages, and what is meant by them.
  static let otherNames = [
    "==": "eq", "=": "eq", "===": "eq", "equals": "eq", "equal": "eq", "!=": "neq", "<>": "neq", "ne": "neq",
    "not-equals": "neq", ">": "gt", ">=": "gte", "ge": "gte", "<": "lt", "<=": "lte", "le": "lte", "not_in": "not-in",
    "regex": "match", "matches": "match",
  ]

  /// One side of a comparison.
  struct Operand {
    /// `nil` when it is not written; it is null then.
    let template: Template?
    let type: Type

    init(_ template: Template?, _ type: Type) {
      self.template = template
      self.type = type
    }
  }

  let name: String
  let left: Operand
  let right: Operand
  /// Where the operator's name stands, if it is written.
  let range: SourceRange?

  init(name: String, left: Operand, right: Operand, at range: SourceRange?) {
    self.name = name
    self.left = left
    self.right = right
    self.range = range
  }

  func check(into diagnostics: inout Diagnostics) {
    guard let place = right.template?.range ?? range ?? left.template?.range else { return }
    switch name {
    case "eq", "neq":
      if let finding = disjoint(at: place) { diagnostics.emit(finding) }
    case "gt", "gte", "lt", "lte":
      if let message = unordered { diagnostics.emit(.impossible(message, at: place)) }
    case "in", "not-in":
      if let message = notContained { diagnostics.emit(.impossible(message, at: place)) }
    case "match":
      if let finding = invalidPattern {
        diagnostics.emit(finding)
      } else if let message = notText {
        diagnostics.emit(.impossible(message, at: place))
      }
    default:
      if let message = notText { diagnostics.emit(.impossible(message, at: place)) }
    }
  }

  // MARK: Sure failures

  private var unordered: String? {
    if left.type == .null || right.type == .null { return "'\(name)' cannot compare null" }
    guard let first = order(of: left.type), let second = order(of: right.type) else { return nil }
    guard first != second || first == .none else { return nil }
    return "'\(name)' cannot compare \(left.type.noun) with \(right.type.noun)"
  }

  /// The kinds of values that have an order among themselves.
  private enum Order {
    case numbers
    case texts
    case lists
    case none
  }

  /// `nil` when the kind is not known for sure.
  private func order(of type: Type) -> Order? {
    if type.surely(\.isNumeric) { return .numbers }
    if type.surely(\.isText) { return .texts }
    if type.surely(\.isList) { return .lists }
    return type.surely { $0.isObject || $0.isStream || $0.isMedia } ? Order.none : nil
  }

  private var notContained: String? {
    if right.type == .null || right.type.surely(\.isNumeric) {
      return "'\(name)' looks into a list, a text or an object, not \(right.type.noun)"
    }
    guard right.type.surely(\.isText), left.type == .null || left.type.surely({ !$0.isText }) else { return nil }
    return "'\(name)' looks for a text in a text, not for \(left.type.noun)"
  }

  private var notText: String? {
    for side in [left.type, right.type] where side == .null || side.surely({ !$0.isText && $0 != .bytes }) {
      return "'\(name)' compares texts, not \(side.noun)"
    }
    return nil
  }

  // MARK: Never equal

  private func disjoint(at place: SourceRange) -> Diagnostic? {
    let (first, second) = (left.type, right.type)
    let isMixed =
      first.surely(\.isText) && second.surely(\.isNumeric) || first.surely(\.isNumeric) && second.surely(\.isText)
    guard isMixed else { return misspelt(at: place) }
    return .suspiciousOperator(
      "\(first.noun) never equals \(second.noun): '\(name)' is always \(name == "eq" ? "false" : "true")", at: place
    )
    .help("compare values of one kind: remove the quotes, or convert with 'as'")
    .upstream("compares them all the same")
  }

  /// A text that is none of those which the other side can be, but resembles one.
  private func misspelt(at place: SourceRange) -> Diagnostic? {
    guard case .choice(let options)? = left.type.alternatives.first, left.type.alternatives.count == 1,
      let text = right.template?.constantText, !options.contains(text), let best = suggestion(for: text, among: options)
    else { return nil }
    return .suspiciousOperator("the value is never '\(text)'", at: place)
      .help("did you mean '\(best)'?")
      .upstream("compares them all the same")
      .fix("write '\(best)'", .suggested, replace: place, with: best)
  }

  // MARK: Patterns

  private var invalidPattern: Diagnostic? {
    guard let template = right.template, let pattern = template.constantText else { return nil }
    do throws(RegularExpressionError) {
      _ = try RegularExpression(pattern)
      return nil
    } catch {
      return Diagnostic(
        OperatorCode.invalidPattern, "'\(pattern)' is not a regular expression: it \(error)", at: template.range
      )
      .upstream("fails when it runs, if it cannot read the pattern either")
    }
  }
}

extension Diagnostic {
  fileprivate static func impossible(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(OperatorCode.impossibleComparison, message, at: range).upstream("fails when it runs")
  }
}
