package import ComposeBasic
import ComposeSyntax

/// Reports jobs that nothing ever starts although the workflow has an entry job.
package enum UnreachableJob: Check {
  private static let code = DiagnosticCode(
    "unreachable-job", .error, "A job that can never run",
    explanation: """
      The job waits for, or is routed to by, jobs that can only run after it. Nothing outside starts any of them.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: start, component: c}
          - {id: ask, component: c}
          - {id: again, depends_on: [ask], type: if, input: "${input.x}", operator: eq, value: "1", if_true: ask}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: start, component: c}
          - {id: ask, component: c, depends_on: [start], retry: 2}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      let graph = workflow.graph
      let routers = graph.routes.indices.filter { !graph.routes[$0].isEmpty }
      guard !routers.isEmpty, graph.cycles.isEmpty, !routers.contains(where: { graph.routes[$0].contains($0) }),
        graph.names.indices.contains(where: { graph.groups[$0].isEmpty && !graph.isRouted($0) }),
        !workflow.hasFaultyEdges(program)
      else { continue }
      let runs = JobRuns(graph, of: workflow.decl)
      for cycle in deadCycles(graph, runs) { diagnostics.emit(finding(cycle, in: workflow)) }
    }
  }

  /// What keeps jobs from running: each waits for the next. What merely comes behind them follows from it.
  private static func deadCycles(_ graph: JobGraph, _ runs: JobRuns) -> [[Int]] {
    let waits = graph.names.indices.map { index -> [Int] in
      guard !runs.isPossible[index] else { return [] }
      let before = graph.isRouted(index) ? graph.routers[index] : graph.dependencies[index]
      return before.filter { !runs.isPossible[$0] }
    }
    return Knots.shortestCycles(in: waits)
  }

  private static func finding(_ cycle: [Int], in workflow: TypedWorkflow) -> Diagnostic {
    let (graph, jobs) = (workflow.graph, workflow.decl.jobs)
    let job = jobs[cycle[0]]
    var diagnostic = Diagnostic(
      UnreachableJob.codes[0], "job '\(job.name)' can never run: nothing outside starts it", at: job.place)
    for (index, earlier) in zip(cycle, cycle.dropFirst() + [cycle[0]]) {
      if graph.isRouted(index) {
        let target = graph.targets[earlier].first { $0.value == jobs[index].name }
        diagnostic = diagnostic.note(
          "'\(jobs[index].name)' starts only when '\(jobs[earlier].name)' routes to it", at: target?.range)
      } else {
        let edge = jobs[index].dependsOn.joined().first { $0.value == jobs[earlier].name }
        diagnostic = diagnostic.note(
          "'\(jobs[index].name)' waits for '\(jobs[earlier].name)'", at: edge?.range)
      }
    }
    return
      diagnostic
      .help("a routing target starts only when it is routed to: route to a job of its own, or use 'retry' or a 'loop'")
      .upstream("stops with 'No runnable jobs but pending jobs remain.', or never runs the jobs")
  }
}
