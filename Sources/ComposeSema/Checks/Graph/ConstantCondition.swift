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
    for job in program.workflows.flatMap(\.decl.jobs) {
      for job in job.family where job.hasConditions {
        for leaf in conditions(of: job) {
          guard let result = leaf.constantResult else { continue }
          diagnostics.emit(finding("the condition is always \(result)", at: leaf.range))
        }
        if job.kind.value == "switch", let input = job.input, input.fixedScalar != nil {
          diagnostics.emit(finding("the switch always compares the same value", at: input.range))
        }
      }
    }
  }

  private static func finding(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(code, message, at: range)
      .help("compare something that changes, such as ${input.…} or ${jobs.….output}")
      .upstream("takes the same way in every run")
  }

  private static func conditions(of job: JobDecl) -> [ConditionLeaf] {
    var leaves: [ConditionLeaf] = []
    switch job.kind.value {
    case "if":
      if case .list(let conditions)? = job.fields["conditions"]?.content {
        leaves = conditions.map { ConditionLeaf($0, input: job.input) }
      } else if let value = job.fields["value"] {
        let name = job.fields["operator"].map { $0.constantText ?? "" } ?? "eq"
        leaves = [ConditionLeaf(input: job.input, name: name, value: value, at: value.range)]
      }
    case "filter": leaves = job.fields["where"].map { ConditionLeaf.all(in: $0) } ?? []
    default: break
    }
    for phase in ["before", "after"] {
      if let condition = job.fields["interrupt"]?[phase]?["condition"] { leaves.append(ConditionLeaf(condition)) }
    }
    return leaves
  }
}

extension JobDecl {
  fileprivate var hasConditions: Bool {
    ["if", "switch", "filter"].contains(kind.value) || fields["interrupt"] != nil
  }
}
