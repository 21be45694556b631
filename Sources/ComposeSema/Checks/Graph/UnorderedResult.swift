package import ComposeBasic
import ComposeSyntax

/// Reports a workflow whose result depends on which of its jobs finishes last.
package enum UnorderedResult: Check {
  private static func example(_ output: String) -> String {
    """
    component: {id: c, type: http-client, action: {endpoint: https://api.example.com, output: "${response as text}"}}
    workflow:
      jobs:
        - {id: first, component: c}
        - {id: second, component: c}\(output)
    """
  }

  private static let code = DiagnosticCode(
    "unordered-result", .error, "A result that depends on which job finishes last",
    explanation: """
      Nothing waits for these jobs, so their outputs are the workflow's result. Objects are put together. Any other value
      replaces what was there, and the last job to finish wins. `output` says what the result is.

      ```yaml bad
      \(example(""))
      ```

      ```yaml good
      \(example("\n  output: \"${jobs.first.output}\""))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows where workflow.decl.output == nil && workflow.decl.node.entry("output") == nil {
      let last = workflow.jobs.indices.filter { index in
        let job = workflow.jobs[index]
        return job.isTerminal && job.kind?.result != .route && job.kind?.result != .branches
      }
      guard last.count > 1, last.contains(where: { workflow.jobs[$0].isSurelyNoObject }),
        workflow.graph.cycles.isEmpty, !workflow.hasFaultyEdges(program)
      else { continue }
      let runs = JobRuns(workflow.graph, of: workflow.decl)
      let sure = last.filter { runs.isSure[$0] && !workflow.graph.isRouted($0) }.map { workflow.jobs[$0] }
      guard sure.count > 1, sure.contains(where: \.isSurelyNoObject), !sure.allSatisfy(\.givesNothing) else { continue }
      // What a faulty job gives is not known.
      let isFaulty = diagnostics.all.contains { finding in
        // With the edge that is missing the order may be another.
        finding.code.id == UnorderedJob.codes[0].id && workflow.decl.node.range.contains(finding.range)
          || finding.severity == .error && sure.contains { $0.decl.node.range.contains(finding.range) }
      }
      guard !isFaulty else { continue }
      diagnostics.emit(.unordered(sure.map(\.decl), in: workflow.decl))
    }
  }
}

extension TypedJob {
  /// Whether the job's output is null in any case.
  var givesNothing: Bool { kind?.result == .nothing && decl.output == nil || outputType == .null }

  /// Whether what the job gives surely replaces the result of other jobs.
  fileprivate var isSurelyNoObject: Bool {
    givesNothing || outputType.surely { !$0.isObject }
  }
}

extension Diagnostic {
  fileprivate static func unordered(_ jobs: [JobDecl], in workflow: WorkflowDecl) -> Diagnostic {
    let names = jobs.map { "'\($0.name)'" }
    let shown = names.count > 4 ? names.prefix(3).joined(separator: ", ") + ", …" : names.joined(separator: ", ")
    var diagnostic = Diagnostic(
      UnorderedResult.codes[0], "the result is that of the job that finishes last: \(shown)", at: jobs[1].place)
    for job in jobs.prefix(4) where job.place != jobs[1].place {
      diagnostic = diagnostic.note("nothing waits for '\(job.name)' either", at: job.place)
    }
    let members = jobs.map { "\($0.name): \"${jobs.\($0.name).output}\"" }.joined(separator: ", ")
    diagnostic = diagnostic.help("add an 'output' to the workflow, such as ${jobs.\(jobs[0].name).output}")
      .upstream("returns what the last job to finish gives")
    guard jobs.allSatisfy({ $0.id != nil }), let place = workflow.node.entry("jobs")?.key.range else {
      return diagnostic
    }
    return diagnostic.fix(.addEntry("output: {\(members)}", before: place))
  }
}
