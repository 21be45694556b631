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
      let graph = JobGraph(workflow.decl)
      let routed = Set(graph.routes.joined())
      let hasEntry = graph.dependencies.indices.contains {
        graph.dependencies[$0].isEmpty && workflow.decl.jobs[$0].dependsOn.isEmpty && !routed.contains($0)
      }
      // A dependency that names no job is reported as such.
      let isResolved = workflow.decl.jobs.flatMap { $0.dependsOn.joined() }.allSatisfy {
        graph.index(of: $0.value) != nil
      }
      guard !hasEntry, isResolved, graph.cycle.isEmpty else { continue }
      let place = workflow.decl.id?.range ?? workflow.decl.jobs[0].id?.range ?? workflow.decl.jobs[0].node.range
      diagnostics.emit(
        Diagnostic(code, "no job starts the workflow: each waits for another or is only routed to", at: place)
          .help("one job must have no 'depends_on' and be no routing target")
          .upstream("stops with 'no runnable jobs'"))
    }
  }
}
