import ComposeBasic
import ComposeSyntax

/// Checks conditions: comparisons, and filters made of several.
struct ConditionChecker {
  let checker: ExpressionChecker

  private static let combinators = ["all", "any", "not"]
  private static let leafKeys = ["input", "operator", "value"]
  private static let otherNames = ["and": "all", "or": "any", "op": "operator", "conditions": "all"]

  /// A comparison, or others combined by `all`, `any` or `not`.
  func checkFilter(_ filter: Template, into diagnostics: inout Diagnostics) {
    guard case .object(let members) = filter.content else {
      _ = checker.type(of: filter, into: &diagnostics)
      diagnostics.emit(
        .invalidOperator("a filter is an object with 'input', 'operator' and 'value'", at: filter.range)
          .upstream("fails when it runs"))
      return
    }
    for member in members where !(Self.combinators + Self.leafKeys).contains(member.key.value) {
      diagnostics.emit(.ignoredConditionKey(member.key, among: Self.leafKeys + Self.combinators, Self.otherNames))
      _ = checker.type(of: member.value, into: &diagnostics)
    }
    let used = Self.combinators.compactMap { name in
      members.last { $0.key.value == name && !$0.value.isNull }
    }
    guard let combinator = used.first else {
      checkComparison(members, into: &diagnostics)
      return
    }
    reportIgnored(members, beside: combinator, into: &diagnostics)
    for entry in used { checkCombined(entry, into: &diagnostics) }
  }

  private func checkCombined(_ entry: TemplateEntry, into diagnostics: inout Diagnostics) {
    if entry.key.value == "not" {
      checkFilter(entry.value, into: &diagnostics)
    } else if case .list(let items) = entry.value.content {
      for item in items { checkFilter(item, into: &diagnostics) }
    } else if case .object = entry.value.content {
      diagnostics.emit(
        .invalidOperator("'\(entry.key.value)' needs a list of conditions", at: entry.value.range)
          .upstream("fails when it runs"))
    } else {
      _ = checker.type(of: entry.value, into: &diagnostics)
    }
  }

  private func reportIgnored(
    _ members: [TemplateEntry], beside combinator: TemplateEntry, into diagnostics: inout Diagnostics
  ) {
    let names = Self.combinators + Self.leafKeys
    for member in members
    where names.contains(member.key.value) && member.key.value != combinator.key.value && !member.value.isNull {
      diagnostics.emit(
        .suspiciousOperator(
          "'\(member.key.value)' is not looked at beside '\(combinator.key.value)'", at: member.key.range
        )
        .help("put both into one 'all' or 'any'")
        .upstream("ignores it"))
    }
  }

  // MARK: One comparison

  /// Compares `input` with `value`; what is absent is null.
  func checkComparison(_ members: [TemplateEntry], into diagnostics: inout Diagnostics) {
    let input = operand("input", against: "value", of: members, into: &diagnostics)
    let value = operand("value", against: "input", of: members, into: &diagnostics)
    guard let entry = members.last(where: { $0.key.value == "operator" }) else {
      Comparison(name: "eq", left: input, right: value, at: nil).check(into: &diagnostics)
      return
    }
    guard let name = entry.value.constantText else {
      diagnostics.emit(
        .invalidOperator(
          "an operator is one of the words \(Comparison.names.joined(separator: ", "))", at: entry.value.range
        )
        .help(entry.value.expressions.isEmpty ? nil : "it cannot be computed")
        .upstream("fails when it runs"))
      return
    }
    guard Comparison.names.contains(name) else {
      diagnostics.emit(.unknownComparison(name, at: entry.value.range))
      return
    }
    Comparison(name: name, left: input, right: value, at: entry.value.range).check(into: &diagnostics)
  }

  private func operand(
    _ name: String, against other: String, of members: [TemplateEntry], into diagnostics: inout Diagnostics
  ) -> Comparison.Operand {
    guard let entry = members.last(where: { $0.key.value == name }) else { return Comparison.Operand(nil, .null) }
    // A default that is compared with a text may be one.
    var checker = checker
    if members.contains(where: { $0.key.value == other && $0.value.constantText != nil }) { checker.isTextPlace = true }
    return Comparison.Operand(entry.value, checker.type(of: entry.value, into: &diagnostics))
  }
}

extension Template {
  fileprivate var isNull: Bool {
    if case .constant(.null) = content { true } else { false }
  }
}

extension Diagnostic {
  fileprivate static func unknownComparison(_ name: String, at range: SourceRange) -> Diagnostic {
    let diagnostic = invalidOperator("unknown operator '\(name)'", at: range).upstream("fails when it runs")
    guard let best = Comparison.otherNames[name.lowercased()] ?? suggestion(for: name, among: Comparison.names) else {
      let help =
        name.lowercased() == "contains"
        ? "'in' asks whether 'input' is part of 'value': exchange both"
        : "the operators are \(Comparison.names.joined(separator: ", "))"
      return diagnostic.help(help)
    }
    return diagnostic.help("did you mean '\(best)'?").fix("write '\(best)'", .suggested, replace: range, with: best)
  }
}
