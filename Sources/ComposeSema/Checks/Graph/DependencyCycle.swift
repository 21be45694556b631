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
      for cycle in workflow.graph.cycles { diagnostics.emit(.cycle(cycle.map { workflow.decl.jobs[$0] })) }
    }
  }
}

extension Diagnostic {
  fileprivate static func cycle(_ jobs: [JobDecl]) -> Diagnostic {
    let upstream = "refuses the file in 'validate'; 'run' stops with 'No runnable jobs but pending jobs remain.'"
    let next = jobs.dropFirst() + [jobs[0]]
    let edges = zip(jobs, next).map { job, other in
      job.dependsOn.joined().first { $0.value == other.name }?.range ?? job.node.range
    }
    if jobs.count == 1 {
      let diagnostic = Diagnostic(DependencyCycle.codes[0], "job '\(jobs[0].name)' waits for itself", at: edges[0])
        .help("remove it from its own 'depends_on'").upstream(upstream)
      return diagnostic.fix(jobs[0].fixRemovingDependency(at: edges[0], .suggested))
    }
    let path = (jobs.map(\.name) + [jobs[0].name]).joined(separator: " → ")
    var diagnostic = Diagnostic(DependencyCycle.codes[0], "dependency cycle: \(path)", at: edges[0])
      .help("remove one of these dependencies").upstream(upstream)
    for (index, (job, other)) in zip(jobs, next).enumerated().dropFirst() {
      diagnostic = diagnostic.note("'\(job.name)' waits for '\(other.name)'", at: edges[index])
    }
    return diagnostic
  }
}

extension Diagnostic {
  /// Adds a fix, if there is one.
  func fix(_ fix: Fix?) -> Diagnostic {
    guard let fix else { return self }
    var copy = self
    copy.fixes.append(fix)
    return copy
  }
}
