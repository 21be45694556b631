package import ComposeBasic
import ComposeSyntax

/// Reports loops whose condition cannot end them, or ends them at once.
package enum LoopEnd: Check {
  private static func example(_ until: String) -> String {
    """
    component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
    workflow:
      jobs:
        - id: ask
          type: loop
          do: {component: c}
          until: \(until)
    """
  }

  private static func pair(_ bad: String, _ good: String) -> String {
    "```yaml bad\n\(example(bad))\n```\n\n```yaml good\n\(example(good))\n```"
  }

  private static let endless = DiagnosticCode(
    "endless-loop", .error, "A loop that can only end by failing",
    explanation: """
      The condition is never met within `max_iteration_count` turns, which is 100 unless it is written. Then the job
      fails. The first turn has the number 0.

      \(pair("{input: \"${iteration}\", operator: eq, value: 100}", "{input: \"${iteration}\", operator: eq, value: 99}"))
      """)

  private static let single = DiagnosticCode(
    "loop-without-effect", .warning, "A loop whose condition does not change",
    explanation: """
      The condition reads nothing that a turn changes: neither `${output}` nor `${iteration}`. The loop ends after its
      first turn, or never.

      \(pair("{input: \"${input.done}\", operator: eq, value: true}", "{input: \"${output.done}\", operator: eq, value: true}"))
      """)

  package static let codes = [endless, single]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let (catalog, misspelt) = (program.catalog, program.misspelt)
    for job in program.workflows.flatMap(\.decl.jobs) {
      for job in job.family where !misspelt.contains(job.node.range) {
        guard let turns = catalog.jobKind(of: job)?.turns(of: job) else { continue }
        if let finding = finding(turns) { diagnostics.emit(finding) }
      }
    }
  }

  private static func finding(_ turns: JobTurns) -> Diagnostic? {
    let entry = turns.condition
    guard case .object = entry.value.content else { return nil }
    let leaves = ConditionLeaf.all(in: entry.value)
    guard let leaf = leaves.first else { return nil }
    let isSingle = entry.value["all"] == nil && entry.value["any"] == nil && entry.value["not"] == nil
    if isSingle, let result = leaf.constantResult {
      return result == turns.endsWhenTrue ? endsAtOnce(at: leaf.range) : neverEnds(turns.limit, at: leaf.range)
    }
    if isSingle, let expression = leaf.input?.wholeExpression, expression.isTurn,
      case .integer(let bound)? = leaf.value?.fixedScalar, ConditionLeaf.compare(0, leaf.name, bound) != nil
    {
      guard let limit = turns.limit, limit > 0 else { return nil }
      let last = (0..<min(limit, 1_000_000)).first {
        ConditionLeaf.compare($0, leaf.name, bound) == turns.endsWhenTrue
      }
      guard let last else { return neverEnds(limit, at: leaf.range) }
      return last == 0 && limit > 1 ? endsAtOnce(at: leaf.range) : nil
    }
    let roots = Set(entry.value.expressions.map(\.root.value))
    guard !roots.isEmpty, roots.isDisjoint(with: ["output", "iteration"]) else { return nil }
    return Diagnostic(single, "the condition is the same after every turn", at: entry.key.range)
      .help("read what the turn gave as ${output}, or its number as ${iteration}")
      .upstream("ends after the first turn, or fails after 'max_iteration_count' turns")
  }

  private static func neverEnds(_ turns: Int?, at range: SourceRange) -> Diagnostic {
    let limit = turns.map { " within \($0) turns" } ?? ""
    return Diagnostic(endless, "the condition never ends the loop\(limit)", at: range)
      .help("the turns are counted from 0, and 'max_iteration_count' limits them")
      .upstream("fails after 'max_iteration_count' turns")
  }

  private static func endsAtOnce(at range: SourceRange) -> Diagnostic {
    Diagnostic(single, "the condition ends the loop after its first turn", at: range)
      .help("the condition is looked at after each turn, and the first has the number 0")
      .upstream("runs the body once")
  }
}

extension Expression {
  /// Whether it is the number of the turn, as it is.
  fileprivate var isTurn: Bool {
    root.value == "iteration" && path.isEmpty && index == nil && cast == nil && fallback == nil
  }
}
