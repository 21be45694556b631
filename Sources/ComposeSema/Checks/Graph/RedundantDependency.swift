package import ComposeBasic
import ComposeSyntax

/// Reports an entry of `depends_on` that another one implies.
package enum RedundantDependency: Check {
  private static let code = DiagnosticCode(
    "redundant-dependency", .warning, "A dependency that another one implies",
    explanation: """
      The job waits for a job that has waited for this one already, and reads nothing of it. The entry changes nothing.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: "https://api.example.com/${input.id}"}}
      workflow:
        jobs:
          - {id: first, component: c}
          - {id: second, component: c, depends_on: [first]}
          - {id: third, component: c, depends_on: [second, first]}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: "https://api.example.com/${input.id}"}}
      workflow:
        jobs:
          - {id: first, component: c}
          - {id: second, component: c, depends_on: [first]}
          - {id: third, component: c, depends_on: [second]}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      let (graph, jobs) = (workflow.graph, workflow.decl.jobs)
      guard graph.cycles.isEmpty, graph.groups.contains(where: { $0.count > 1 }), !workflow.hasFaultyEdges(program)
      else { continue }
      let followers = graph.sureFollowers
      var order = JobOrder(followers, from: graph.order)
      for (index, job) in jobs.enumerated() where graph.groups[index].count > 1 && !graph.isRouted(index) {
        // What one of the others can imply: something else waits for it too.
        let singles = job.dependsOn.filter { $0.count == 1 }.compactMap { group in
          graph.index(of: group[0].value).map { (item: group[0], job: $0) }
        }
        let candidates = singles.filter { followers[$0.job].count > 1 }
        guard !candidates.isEmpty else { continue }
        // A job that is read is listed on purpose.
        let read = Set(job.fields.uses.compactMap { $0.expression.readJob?.value })
        for candidate in candidates where !read.contains(candidate.item.value) {
          let cause = singles.first { $0.job != candidate.job && order.mayFinish(candidate.job, before: $0.job) }
          guard let cause else { continue }
          diagnostics.emit(.redundant(candidate.item, cause.item.value, of: job))
        }
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func redundant(_ item: Located<String>, _ cause: String, of job: JobDecl) -> Diagnostic {
    Diagnostic(RedundantDependency.codes[0], "'\(item.value)' is already implied by '\(cause)'", at: item.range)
      .note("'\(cause)' is waited for here", at: job.dependsOn.joined().first { $0.value == cause }?.range)
      .help("remove it")
      .upstream("starts the job at the same moment without it")
      .fix(job.fixRemovingDependency(at: item.range, .safe))
  }
}
