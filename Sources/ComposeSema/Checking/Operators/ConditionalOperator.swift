import ComposeBasic
import ComposeSyntax

/// `"?"`: one condition or a list of them, each with what it gives.
enum ConditionalOperator: StructuralOperator {
  static func accepts(_ entries: [TemplateEntry]) -> Bool { isSole("?", in: entries) }

  static func type(
    of entries: [TemplateEntry], in checker: ExpressionChecker, into diagnostics: inout Diagnostics
  ) -> Type {
    let value = entries[0].value
    let conditions = if case .list(let items) = value.content { items } else { [value] }
    var types: [Type] = []
    var isDecided = false
    for (index, condition) in conditions.enumerated() {
      guard case .object(let members) = condition.content else {
        diagnostics.emit(
          .invalidOperator("a condition is an object with 'input', 'operator' and 'value'", at: condition.range)
            .upstream("fails when it runs"))
        _ = checker.type(of: condition, into: &diagnostics)
        types.append(.any)
        continue
      }
      checkKeys(members, into: &diagnostics)
      ConditionChecker(checker: checker).checkComparison(members, into: &diagnostics)
      let ifTrue = condition["if_true"].map { checker.type(of: $0, into: &diagnostics) } ?? .null
      let ifFalse = condition.entry("if_false").map { checker.type(of: $0.value, into: &diagnostics) }
      guard !isDecided else { continue }
      types.append(ifTrue)
      guard let ifFalse else { continue }
      types.append(ifFalse)
      isDecided = true
      if index < conditions.count - 1, let key = condition.entry("if_false")?.key {
        diagnostics.emit(
          .suspiciousOperator("with 'if_false' here the conditions below are never looked at", at: key.range)
            .note("the next one is here", at: conditions[index + 1].range)
            .help("keep 'if_false' in the last condition only")
            .upstream("ignores the conditions below"))
      }
    }
    return .union(of: types + (isDecided ? [] : [.null]))
  }

  private static let keys = ["input", "operator", "value", "if_true", "if_false"]
  /// Names from other languages, and what is meant by them.
  private static let otherNames = [
    "if": "input", "op": "operator", "then": "if_true", "true": "if_true", "else": "if_false",
    "otherwise": "if_false", "false": "if_false",
  ]

  private static func checkKeys(_ members: [TemplateEntry], into diagnostics: inout Diagnostics) {
    for member in members where !keys.contains(member.key.value) {
      diagnostics.emit(.ignoredConditionKey(member.key, among: keys, otherNames))
    }
  }
}

extension Diagnostic {
  /// The finding about a key that a condition does not read.
  static func ignoredConditionKey(
    _ key: Located<String>, among keys: [String], _ otherNames: [String: String]
  ) -> Diagnostic {
    let diagnostic = suspiciousOperator("a condition does not read '\(key.value)'", at: key.range)
      .upstream("ignores it")
    guard let best = otherNames[key.value.lowercased()] ?? suggestion(for: key.value, among: keys) else {
      return diagnostic.help("it reads \(keys.joined(separator: ", "))")
    }
    return diagnostic.help("did you mean '\(best)'?")
      .fix("rename it to '\(best)'", .suggested, replace: key.range, with: best)
  }
}
