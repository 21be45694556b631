package import ComposeBasic
import ComposeSyntax

/// Reports conditions of jobs that do not depend on anything.
package enum ConstantCondition: Check {
  private static let code = DiagnosticCode(
    "constant-condition", .warning, "A condition that is always the same",
    explanation: """
      Both sides of the comparison are fixed, so that the run always takes the same way.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: pick, type: if, input: full, operator: eq, value: full, if_true: ask}
          - {id: ask, component: c}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: pick, type: if, input: "${input.mode}", operator: eq, value: full, if_true: ask}
          - {id: ask, component: c}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let catalog = program.catalog
    for job in program.workflows.flatMap(\.decl.jobs) {
      for job in job.family {
        let kind = catalog.jobKind(of: job)
        for leaf in (kind?.conditions(of: job) ?? []) + interruptConditions(of: job) {
          guard let result = leaf.constantResult else { continue }
          diagnostics.emit(finding("the condition is always \(result)", at: leaf.range))
        }
        if kind?.cases(of: job) != nil, let input = job.input, input.fixedScalar != nil {
          diagnostics.emit(finding("the \(job.kind.value) always compares the same value", at: input.range))
        }
      }
    }
  }

  private static func finding(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(code, message, at: range)
      .help("compare something that changes, such as ${input.…} or ${jobs.….output}")
      .upstream("takes the same way in every run")
  }

  private static func interruptConditions(of job: JobDecl) -> [ConditionLeaf] {
    ["before", "after"].compactMap { phase in
      job.fields["interrupt"]?[phase]?["condition"].map { ConditionLeaf($0) }
    }
  }
}
