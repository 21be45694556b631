import ComposeBasic
import ComposeSyntax

/// The comparisons that jobs make with the same rules as the operators of templates.
///
/// Names of operators and keys are judged with the job's shape.
enum JobConditions {
  /// Compares what a condition names, however it combines comparisons.
  static func check(_ condition: Template, in checker: ExpressionChecker, into diagnostics: inout Diagnostics) {
    for leaf in ConditionLeaf.all(in: condition) { check(leaf, in: checker, into: &diagnostics) }
  }

  /// Compares two templates whose own findings are reported elsewhere.
  static func check(_ leaf: ConditionLeaf, in checker: ExpressionChecker, into diagnostics: inout Diagnostics) {
    guard let input = leaf.input, let value = leaf.value, Comparison.names.contains(leaf.name) else { return }
    var ignored = Diagnostics()
    let left = Comparison.Operand(input, checker.type(of: input, into: &ignored))
    let right = Comparison.Operand(value, checker.type(of: value, into: &ignored))
    Comparison(name: leaf.name, left: left, right: right, at: leaf.range).check(into: &diagnostics)
  }
}
