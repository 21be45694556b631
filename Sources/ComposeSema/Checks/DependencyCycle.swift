package import ComposeBasic
import ComposeSyntax

/// Reports jobs that wait for each other, or for themselves.
package enum DependencyCycle: Check {
  private static let code = DiagnosticCode(
    "dependency-cycle", .error, "Jobs that wait for each other",
    explanation: """
      None of the jobs can start. The reference stops with a message that does not name the cycle.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: start, component: c}
          - {id: first, component: c, depends_on: [start, second]}
          - {id: second, component: c, depends_on: [first]}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: start, component: c}
          - {id: first, component: c, depends_on: [start]}
          - {id: second, component: c, depends_on: [first]}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      let cycle = JobGraph(workflow.decl).cycle.map { workflow.decl.jobs[$0] }
      guard let first = cycle.first else { continue }
      let next = cycle.count > 1 ? cycle[1].name : first.name
      let edge = first.dependsOn.joined().first { $0.value == next }
      diagnostics.emit(.cycle(cycle, at: edge?.range ?? first.node.range))
    }
  }
}

extension Diagnostic {
  fileprivate static func cycle(_ jobs: [JobDecl], at range: SourceRange) -> Diagnostic {
    let upstream = "stops with a message that does not name the cycle"
    if jobs.count == 1 {
      return Diagnostic(DependencyCycle.codes[0], "job '\(jobs[0].name)' waits for itself", at: range)
        .help("remove it from its own 'depends_on'").upstream(upstream)
    }
    let path = (jobs.map(\.name) + [jobs[0].name]).joined(separator: " → ")
    return Diagnostic(DependencyCycle.codes[0], "dependency cycle: \(path)", at: range)
      .help("remove one of these dependencies").upstream(upstream)
  }
}
