import ComposeBasic
import ComposeSyntax

/// The comparisons that jobs make with the same rules as the operators of templates: `if`, `switch`, `filter` and `loop`.
///
/// Names of operators and keys are judged with the job's shape.
enum JobConditions {
  static func check(_ job: JobDecl, in checker: ExpressionChecker, into diagnostics: inout Diagnostics) {
    switch job.kind.value {
    case "if":
      let shared = job.fields["input"]
      if let list = job.fields["conditions"], case .list(let conditions) = list.content {
        for condition in conditions { compare(condition, shared, checker, into: &diagnostics) }
      } else if let operation = job.fields["operator"], let name = operation.constantText {
        compare(name, at: operation.range, shared, job.fields["value"], checker, into: &diagnostics)
      }
    case "switch":
      guard let input = job.fields["input"], let list = job.fields["cases"], case .list(let cases) = list.content else {
        return
      }
      for item in cases {
        guard let value = item["value"], value.constantText != nil else { continue }
        compare("eq", at: value.range, input, value, checker, into: &diagnostics)
      }
    default: return
    }
  }

  /// Compares what one condition with roots of its own names, such as that of a filter or a loop.
  static func check(_ condition: Template, in checker: ExpressionChecker, into diagnostics: inout Diagnostics) {
    compare(condition, nil, checker, into: &diagnostics)
  }

  private static func compare(
    _ condition: Template, _ shared: Template?, _ checker: ExpressionChecker, into diagnostics: inout Diagnostics
  ) {
    guard case .object = condition.content else { return }
    for name in ["all", "any", "not"] {
      guard let inner = condition[name] else { continue }
      let items = if case .list(let items) = inner.content { items } else { [inner] }
      for item in items { compare(item, shared, checker, into: &diagnostics) }
      return
    }
    let operation = condition["operator"]
    guard let value = condition["value"], let name = operation == nil ? "eq" : operation?.constantText else { return }
    compare(
      name, at: operation?.range ?? value.range, condition["input"] ?? shared, value, checker, into: &diagnostics)
  }

  /// Compares two templates whose own findings are reported elsewhere.
  private static func compare(
    _ name: String, at range: SourceRange, _ input: Template?, _ value: Template?, _ checker: ExpressionChecker,
    into diagnostics: inout Diagnostics
  ) {
    guard let input, let value, Comparison.names.contains(name) else { return }
    var ignored = Diagnostics()
    let left = Comparison.Operand(input, checker.type(of: input, into: &ignored))
    let right = Comparison.Operand(value, checker.type(of: value, into: &ignored))
    Comparison(name: name, left: left, right: right, at: range).check(into: &diagnostics)
  }
}
