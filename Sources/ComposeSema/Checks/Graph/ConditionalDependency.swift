package import ComposeBasic
import ComposeSyntax

/// Reports a job that waits for one that runs only when it is routed to.
package enum ConditionalDependency: Check {
  private static let code = DiagnosticCode(
    "conditional-dependency", .error, "Waiting for a job that may not run",
    explanation: """
      A routed job runs only when the router chooses it. When it does not, the job that waits for it can never start, and
      the run fails. A nested list waits for one of several ways.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - id: pick
            type: if
            input: ${input.x}
            conditions: [{operator: eq, value: "1", if_true: first}]
            otherwise: second
          - {id: first, component: c}
          - {id: second, component: c}
          - {id: last, component: c, depends_on: [first]}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - id: pick
            type: if
            input: ${input.x}
            conditions: [{operator: eq, value: "1", if_true: first}]
            otherwise: second
          - {id: first, component: c}
          - {id: second, component: c}
          - {id: last, component: c, depends_on: [[first, second]]}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      let (graph, jobs) = (workflow.graph, workflow.decl.jobs)
      guard graph.routers.contains(where: { !$0.isEmpty }), graph.cycles.isEmpty, !workflow.hasFaultyEdges(program)
      else { continue }
      let runs = JobRuns(graph, of: workflow.decl)
      for (index, job) in jobs.enumerated() where !graph.isRouted(index) {
        for (group, names) in zip(graph.groups[index], job.dependsOn) {
          // That another dependency fails is reported there.
          guard group.allSatisfy(graph.isRouted), group.contains(where: { runs.isPossible[$0] }),
            !runs.isSure(oneOf: group)
          else { continue }
          diagnostics.emit(finding(names, group, of: job, in: workflow))
        }
      }
    }
  }

  private static func finding(
    _ names: [Located<String>], _ group: [Int], of job: JobDecl, in workflow: TypedWorkflow
  ) -> Diagnostic {
    let graph = workflow.graph
    let router = graph.routers[group[0]][0]
    let ways = Set(graph.routes[router]).sorted().map { graph.names[$0] }
    let target = graph.targets[router].first { $0.value == names[0].value }
    let what = names.count == 1 ? "'\(names[0].value)', which runs" : "jobs that run"
    let missing = ways.filter { way in !names.contains { $0.value == way } }
    return Diagnostic(
      code, "'\(job.name)' waits for \(what) only when routed to: otherwise the run fails", at: names[0].range
    )
    .note("'\(graph.names[router])' routes to it here", at: target?.range)
    .help(
      missing.isEmpty
        ? "give '\(graph.names[router])' a way for every case, or do the rest in a job that is routed to"
        : "wait for one of all ways: depends_on: [[\(ways.joined(separator: ", "))]]"
    )
    .upstream("stops with 'No runnable jobs but pending jobs remain.'")
  }
}
