package import ComposeBasic
import ComposeSyntax

/// Reports a `switch` without `otherwise` on which the whole result depends.
package enum UnmatchedSwitch: Check {
  private static let code = DiagnosticCode(
    "unmatched-switch", .warning, "A switch without a way for other values",
    explanation: """
      A value that no case names ends the workflow. No job behind the switch runs, and the result is empty.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: pick, type: switch, input: "${input.language}", cases: [{value: en, then: english}]}
          - {id: english, component: c}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - id: pick
            type: switch
            input: ${input.language}
            cases: [{value: en, then: english}]
            otherwise: other
          - {id: english, component: c}
          - {id: other, component: c}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      let jobs = workflow.decl.jobs
      let switches = jobs.indices.compactMap { index -> (index: Int, cases: JobCases)? in
        guard let cases = workflow.graph.kinds[index]?.cases(of: jobs[index]), !cases.hasOtherwise else { return nil }
        return (index, cases)
      }
      guard !switches.isEmpty, !workflow.hasFaultyEdges(program) else { continue }
      let runs = JobRuns(workflow.graph, of: workflow.decl)
      // A result that comes from elsewhere does not depend on the switch.
      let hasOtherResult = jobs.indices.contains {
        runs.isSure[$0] && workflow.graph.isTerminal($0) && !workflow.graph.isRouter($0)
      }
      let hasResult = jobs.indices.contains {
        workflow.graph.isTerminal($0) && !workflow.graph.isRouter($0) && !workflow.jobs[$0].givesNothing
      }
      guard !hasOtherResult, hasResult else { continue }
      for (index, cases) in switches where !workflow.graph.targets[index].isEmpty {
        let job = jobs[index]
        if coversEveryChoice(job, cases) { continue }
        let place = job.node.entry("type")?.key.range ?? job.place
        diagnostics.emit(
          Diagnostic(code, "a value that no case names ends the workflow without a result", at: place)
            .note("the cases are here", at: cases.key)
            .help("add 'otherwise' with the job for all other values")
            .upstream("returns nothing, silently"))
      }
    }
  }

  /// Whether the input says which values it has, and each has its case.
  private static func coversEveryChoice(_ job: JobDecl, _ cases: JobCases) -> Bool {
    guard let cast = job.input?.wholeExpression?.cast, cast.type.value == "select", let subtype = cast.subtype else {
      return false
    }
    return Set(CastTable.options(in: subtype.value)).isSubset(of: cases.cases.compactMap(\.text))
  }
}
