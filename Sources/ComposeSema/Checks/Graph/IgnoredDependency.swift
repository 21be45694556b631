package import ComposeBasic
import ComposeSyntax

/// Reports a routing target with dependencies that may not have finished when it is routed to.
package enum IgnoredDependency: Check {
  private static let code = DiagnosticCode(
    "ignored-dependency", .error, "A dependency that a routed job does not wait for",
    explanation: """
      A job that is routed to starts at once. What it lists under `depends_on` may still run.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: pick, type: if, input: "${input.x}", operator: eq, value: "1", if_true: ask}
          - {id: load, component: c}
          - {id: ask, component: c, depends_on: [load]}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: load, component: c}
          - {id: pick, type: if, input: "${input.x}", operator: eq, value: "1", if_true: ask, depends_on: [load]}
          - {id: ask, component: c}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      let (graph, jobs) = (workflow.graph, workflow.decl.jobs)
      let routed = graph.names.indices.filter { graph.isRouted($0) && !graph.groups[$0].isEmpty }
      guard !routed.isEmpty, graph.cycles.isEmpty, !workflow.hasFaultyEdges(program) else { continue }
      var order = JobOrder(graph)
      let runs = JobRuns(graph, of: workflow.decl)
      for index in routed where runs.isPossible[index] {
        for (group, names) in zip(graph.groups[index], jobs[index].dependsOn) {
          // A router that comes after one of them has waited for it.
          let isAwaited = graph.routers[index].allSatisfy { router in
            group.contains { $0 == router || order.mayFinish($0, before: router) }
          }
          guard !isAwaited, let router = graph.routers[index].first else { continue }
          let target = graph.targets[router].first { $0.value == jobs[index].name }
          diagnostics.emit(
            Diagnostic(
              code, "'\(jobs[index].name)' is routed to and does not wait for '\(names[0].value)'", at: names[0].range
            )
            .note("'\(jobs[router].name)' routes to it here", at: target?.range)
            .help("let '\(jobs[router].name)' wait for '\(names[0].value)'")
            .upstream("starts the job as soon as it is routed to"))
        }
      }
    }
  }
}
