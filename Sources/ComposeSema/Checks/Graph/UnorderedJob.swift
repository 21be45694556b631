package import ComposeBasic
import ComposeSyntax

/// Reports a job that reads the output of another without waiting for it.
package enum UnorderedJob: Check {
  private static let code = DiagnosticCode(
    "unordered-job", .error, "A job's output that may not be there yet",
    explanation: """
      Only `depends_on` makes a job wait. Without it both jobs start together, and the reference reads nothing.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: "https://api.example.com/${input.id}"}}
      workflow:
        jobs:
          - {id: first, component: c}
          - {id: second, component: c, input: {id: "${jobs.first.output}"}}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: "https://api.example.com/${input.id}"}}
      workflow:
        jobs:
          - {id: first, component: c}
          - {id: second, component: c, depends_on: [first], input: {id: "${jobs.first.output}"}}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.workflows {
      let graph = workflow.graph
      guard !graph.hasDuplicates else { continue }
      // A route to a job that is not there, or is called otherwise, may be what the order hangs on.
      guard !workflow.hasUnknownRoute else { continue }
      var order = JobOrder(graph)
      for (index, job) in workflow.decl.jobs.enumerated() {
        // What the job waits for could not be read; that is reported.
        let hasFaultyOrder =
          program.misspelt.contains(job.node.range) || graph.groups[index].contains { $0.isEmpty }
          || job.node.entry("depends_on")?.value.mapping != nil
          || job.dependsOn.joined().contains { graph.index(of: $0.value) == nil }
        guard !hasFaultyOrder else { continue }
        let missing = missingJobs(of: job, at: index, in: workflow, &order)
        for (other, uses) in missing {
          let pair = Pair(workflow: workflow, reader: index, read: other, uses: uses)
          diagnostics.emit(pair.finding(missing.map(\.job), &order))
        }
      }
    }
  }

  /// The jobs that the job reads and that may not have finished, in the order in which it reads them.
  private static func missingJobs(
    of job: JobDecl, at index: Int, in workflow: TypedWorkflow, _ order: inout JobOrder
  ) -> [(job: Int, uses: [ExpressionUse])] {
    let graph = workflow.graph
    var missing: [(job: Int, uses: [ExpressionUse])] = []
    for use in job.fields.uses {
      guard let name = use.expression.readJob, let other = graph.index(of: name.value), other != index else { continue }
      // A router has no output; that is reported.
      guard !graph.isRouter(other) else { continue }
      if let known = missing.firstIndex(where: { $0.job == other }) {
        missing[known].uses.append(use)
      } else if !order.mayFinish(other, before: index) {
        missing.append((other, [use]))
      }
    }
    return missing
  }
}

/// One job that reads another without an edge between them.
private struct Pair {
  let workflow: TypedWorkflow
  let reader: Int
  let read: Int
  /// Where it reads; never empty.
  let uses: [ExpressionUse]

  private var graph: JobGraph { workflow.graph }
  private var readerName: String { graph.names[reader] }
  private var name: String { graph.names[read] }

  /// - Parameter all: every job that the reader does not wait for, so that one fix adds all edges.
  func finding(_ all: [Int], _ order: inout JobOrder) -> Diagnostic {
    let token = uses[0].expression.readJob?.range ?? uses[0].place
    if let router = graph.routers[read].first(where: graph.routers[reader].contains) {
      return alternative(router, at: token)
    }
    let job = workflow.decl.jobs[reader]
    var diagnostic = Diagnostic(
      UnorderedJob.codes[0], "job '\(readerName)' reads job '\(name)' but does not wait for it", at: uses[0].place)
    if uses[0].key != nil { diagnostic = diagnostic.note("it is read here", at: token) }
    for use in uses.dropFirst().prefix(3) {
      diagnostic = diagnostic.note("and here", at: use.expression.readJob?.range)
    }
    diagnostic = diagnostic.note("'\(name)' is declared here", at: workflow.decl.jobs[read].id?.range)
      .upstream(
        uses[0].isOutput
          ? "renders the output when its own job ends, whether '\(name)' has finished or not"
          : "starts both jobs together and reads nothing")
    if order.mayFinish(reader, before: read) {
      return diagnostic.help("'\(name)' itself runs after '\(readerName)': one of them must not need the other")
    }
    if graph.isRouted(reader) {
      let routers = graph.routers[reader].map { "'\(graph.names[$0])'" }.joined(separator: ", ")
      return diagnostic.help("a routed job starts at once: let \(routers) wait for '\(name)'")
    }
    if graph.isRouted(read) {
      return diagnostic.help("'\(name)' runs only when it is routed to: wait for a job that runs in any case")
    }
    let fix = all.allSatisfy { !graph.isRouted($0) } ? job.fixWaiting(for: all.map { graph.names[$0] }) : nil
    return diagnostic.help("add '\(name)' to 'depends_on' of '\(readerName)'").fix(fix)
  }

  /// Of the jobs that a router chooses from only one runs.
  private func alternative(_ router: Int, at range: SourceRange) -> Diagnostic {
    let routes = graph.targets[router]
    return Diagnostic(
      UnorderedJob.codes[0], "'\(name)' has not run when '\(graph.names[router])' routes to '\(readerName)'",
      at: range
    )
    .note("'\(name)' is the other way here", at: routes.first { $0.value == name }?.range)
    .help("read a job that runs before '\(graph.names[router])'")
    .upstream("reads nothing, silently")
  }
}
