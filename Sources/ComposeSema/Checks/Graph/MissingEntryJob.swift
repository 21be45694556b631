package import ComposeBasic
import ComposeSyntax

/// Reports a workflow in which no job can start: each waits for another or is only routed to.
package enum MissingEntryJob: Check {
  private static let code = DiagnosticCode(
    "missing-entry-job", .error, "A workflow in which no job can start",
    explanation: """
      A job starts by itself when it waits for nothing and no other job routes to it. Here there is no such job.

      ```yaml bad
      workflow:
        jobs:
          - {id: a, type: if, input: "${input.x}", operator: eq, value: "1", if_true: b}
          - {id: b, type: if, input: "${input.x}", operator: eq, value: "2", if_true: a}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: a, type: if, input: "${input.x}", operator: eq, value: "1", if_true: b}
          - {id: b, component: c}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows where !workflow.decl.jobs.isEmpty {
      let graph = workflow.graph
      let hasEntry = graph.names.indices.contains { graph.groups[$0].isEmpty && !graph.isRouted($0) }
      // A job that routes to itself is reported as such.
      let hasSelfRoute = graph.routes.indices.contains { graph.routes[$0].contains($0) }
      guard !hasEntry, !hasSelfRoute, graph.cycles.isEmpty, !workflow.hasFaultyEdges(program) else { continue }
      diagnostics.emit(finding(in: workflow))
    }
  }

  /// A route back to an earlier job is most likely the one that should not be there.
  private static func finding(in workflow: TypedWorkflow) -> Diagnostic {
    let jobs = workflow.decl.jobs
    let help = "one job must have no 'depends_on' and be no routing target"
    let upstream = "stops with 'No runnable jobs but pending jobs remain.', or runs nothing and returns nothing"
    for index in jobs.indices {
      for target in workflow.graph.targets[index] {
        guard let other = workflow.graph.index(of: target.value), other < index else { continue }
        return Diagnostic(
          code, "no job starts the workflow: this route makes '\(target.value)' wait until it is routed to",
          at: target.range
        )
        .note("'\(target.value)' is declared here", at: jobs[other].id?.range)
        .help(help)
        .upstream(upstream)
      }
    }
    let place = workflow.decl.id?.range ?? jobs[0].id?.range ?? jobs[0].node.range
    return Diagnostic(code, "no job starts the workflow: each waits for another or is only routed to", at: place)
      .help(help)
      .upstream(upstream)
  }
}
