package import ComposeBasic
import ComposeSyntax

/// Reports a job that routes to itself.
package enum SelfRoute: Check {
  private static let code = DiagnosticCode(
    "self-route", .error, "A job that routes to itself",
    explanation: """
      A job that is routed to never starts by itself. When its only way in is its own route, it never runs, and neither
      does anything behind it.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: pick, type: if, input: "${input.x}", operator: eq, value: "1", if_true: ask, otherwise: pick}
          - {id: ask, component: c}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: pick, type: if, input: "${input.x}", operator: eq, value: "1", if_true: ask}
          - {id: ask, component: c}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      for (index, job) in workflow.decl.jobs.enumerated() where workflow.graph.routes[index].contains(index) {
        guard let target = workflow.graph.targets[index].first(where: { $0.value == job.name }) else { continue }
        let isOnlyWay = workflow.graph.routers[index] == [index]
        diagnostics.emit(
          Diagnostic(
            code,
            isOnlyWay
              ? "job '\(job.name)' is its own routing target: it waits to be routed to, and never runs"
              : "job '\(job.name)' routes to itself",
            at: target.range
          )
          .note("the job is declared here", at: job.id?.range)
          .help("route to another job, or repeat work with a 'loop' job")
          .upstream(isOnlyWay ? "never starts the job" : "runs the job again and again, at most 'max_run_count' times"))
      }
    }
  }
}
