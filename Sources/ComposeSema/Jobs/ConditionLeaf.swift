package import ComposeBasic
package import ComposeSyntax

/// One comparison of a job's condition, as far as it is written down.
package struct ConditionLeaf: Sendable {
  package let input: Template?
  /// The name of the operator; empty when it is none that is known before the run.
  package let name: String
  package let value: Template?
  /// Where the comparison is reported.
  package let range: SourceRange

  /// Reads a condition.
  ///
  /// - Parameter input: what is compared when the condition itself does not say it.
  package init(_ condition: Template, input: Template? = nil) {
    self.input = condition["input"] ?? input
    let operation = condition["operator"]
    name = operation == nil ? "eq" : operation?.constantText ?? ""
    value = condition["value"]
    range = condition["value"]?.range ?? condition.range
  }

  package init(input: Template?, name: String, value: Template?, at range: SourceRange) {
    self.input = input
    self.name = name
    self.value = value
    self.range = range
  }

  /// The comparisons of a condition that may combine several with `all`, `any` and `not`.
  package static func all(in condition: Template) -> [ConditionLeaf] {
    guard case .object = condition.content else { return [] }
    for name in ["all", "any", "not"] {
      guard let inner = condition[name] else { continue }
      guard case .list(let items) = inner.content else { return all(in: inner) }
      return items.flatMap { all(in: $0) }
    }
    return [ConditionLeaf(condition)]
  }

  /// The result when both sides are written down; `nil` when it depends on something, or is not worked out here.
  var constantResult: Bool? {
    guard let input, let value else { return nil }
    if input.isSameReference(as: value) {
      return ["eq", "gte", "lte"].contains(name) ? true : name == "neq" ? false : nil
    }
    guard let left = input.fixedScalar, let right = value.fixedScalar else { return nil }
    switch (name, left, right) {
    case ("eq", _, _): return left == right
    case ("neq", _, _): return left != right
    case (_, .integer(let first), .integer(let second)): return Self.compare(first, name, second)
    default: return nil
    }
  }

  static func compare(_ first: Int, _ name: String, _ second: Int) -> Bool? {
    switch name {
    case "eq": first == second
    case "neq": first != second
    case "gt": first > second
    case "gte": first >= second
    case "lt": first < second
    case "lte": first <= second
    default: nil
    }
  }
}

extension Template {
  /// The scalar when nothing in it is replaced, not even by the environment: a switch that is set from outside is no
  /// constant.
  var fixedScalar: ScalarValue? {
    switch content {
    case .constant(let value): return value
    case .text(let text):
      let isFixed = text.parts.allSatisfy { part in
        if case .text(let piece) = part { !piece.value.contains("${") } else { false }
      }
      return isFixed ? text.constant.map { .text($0) } : nil
    default: return nil
    }
  }

  /// Whether both are one expression without conversion or default, with the same root and path.
  fileprivate func isSameReference(as other: Template) -> Bool {
    guard let first = wholeExpression, let second = other.wholeExpression else { return false }
    return first.cast == nil && second.cast == nil && first.fallback == nil && second.fallback == nil
      && first.root.value == second.root.value && first.isChunk == second.isChunk
      && first.index?.value == second.index?.value && first.path.map(\.value) == second.path.map(\.value)
  }
}
