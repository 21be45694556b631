package import ComposeBasic
import ComposeSyntax

/// Reports workflows that run themselves in every run.
package enum EndlessWorkflow: Check {
  private static func example(_ workflow: String) -> String {
    """
    component: {id: again, type: workflow, action: {workflow: \(workflow)}}
    workflows:
      - {id: main, job: {component: again}}
      - {id: once, job: {type: delay, duration: 1s}}
    """
  }

  private static let code = DiagnosticCode(
    "endless-workflow", .error, "A workflow that runs itself without end",
    explanation: """
      A job that always runs calls the workflow that it belongs to, directly or through others. Recursion needs a job
      that is only sometimes routed to.

      ```yaml bad
      \(example("main"))
      ```

      ```yaml good
      \(example("once"))
      ```
      """)

  package static let codes = [code]

  /// A call of another workflow that happens in every run.
  private struct Call {
    let target: Int
    let place: SourceRange
  }

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let workflows = program.file.workflows
    let catalog = program.catalog
    guard program.file.allComponents.contains(where: { catalog.traits(of: $0)?.workflowField != nil }) else { return }
    let calls = calls(in: program)
    for start in workflows.indices where !calls[start].isEmpty {
      guard let path = cycle(from: start, calls), path.min() == start,
        let first = calls[start].first(where: { $0.target == path[path.count > 1 ? 1 : 0] })
      else { continue }
      let names = (path + [start]).map { workflows[$0].name }.joined(separator: " → ")
      let message =
        path.count == 1
        ? "workflow '\(workflows[start].name)' runs itself in every run"
        : "workflows run each other in every run: \(names)"
      diagnostics.emit(
        Diagnostic(code, message, at: first.place)
          .note("the workflow is here", at: workflows[start].id?.range)
          .help("call another workflow, or let an 'if' job decide whether to go on")
          .upstream("ends with a RecursionError"))
    }
  }

  /// For each workflow the workflows that it surely calls, of those that can lead back to it.
  private static func calls(in program: borrowing TypedProgram) -> [[Call]] {
    let workflows = program.file.workflows
    let symbols = program.symbols
    let catalog = program.catalog
    var indices: [SourceRange: Int] = [:]
    for (index, workflow) in workflows.enumerated() { indices[workflow.node.range] = index }
    let calls = workflows.map { workflow in
      workflow.surelyRunJobs(catalog).compactMap { job -> Call? in
        let call = ComponentCall(job)
        guard catalog.callsComponent(jobKind: job.kind.value), let component = symbols.component(of: call),
          let field = catalog.traits(of: component)?.workflowField,
          let action = symbols.action(of: call, in: component)
        else { return nil }
        let name = action.fields[field]
        let target = name.map { $0.constantText } ?? "__default__"
        let found =
          target == "__default__" ? symbols.defaultWorkflow : target.flatMap { symbols.workflow(named: $0) }
        guard let index = found.flatMap({ indices[$0.node.range] }) else { return nil }
        return Call(target: index, place: name?.range ?? component.type?.range ?? job.place)
      }
    }
    return withoutDeadEnds(calls)
  }

  /// Takes away, again and again, the calls of workflows that call nothing, so that a long chain costs no search.
  private static func withoutDeadEnds(_ calls: [[Call]]) -> [[Call]] {
    var callers = [[Int]](repeating: [], count: calls.count)
    for (index, targets) in calls.enumerated() {
      for call in targets { callers[call.target].append(index) }
    }
    var left = calls.map(\.count)
    var ends = calls.indices.filter { left[$0] == 0 }
    var isEnd = left.map { $0 == 0 }
    while let end = ends.popLast() {
      for caller in callers[end] {
        left[caller] -= 1
        if left[caller] == 0 {
          isEnd[caller] = true
          ends.append(caller)
        }
      }
    }
    return calls.map { targets in targets.filter { !isEnd[$0.target] } }
  }

  /// The workflows of the shortest cycle through one of them, which comes first.
  private static func cycle(from start: Int, _ calls: [[Call]]) -> [Int]? {
    var origin: [Int: Int] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let current = queue[next]
      next += 1
      for call in calls[current] {
        if call.target == start {
          var path = [current]
          while let last = path.last, last != start, let before = origin[last] { path.append(before) }
          return path.reversed()
        }
        guard origin[call.target] == nil else { continue }
        origin[call.target] = current
        queue.append(call.target)
      }
    }
    return nil
  }
}

extension WorkflowDecl {
  /// The jobs that run in every run that does not fail before, the steps of others included.
  fileprivate func surelyRunJobs(_ catalog: Catalog) -> [JobDecl] {
    let graph = JobGraph(self, catalog)
    var skippable = Set(graph.targets.joined().map(\.value))
    // What waits for a job that may be skipped may be skipped too.
    for job in graph.order.map({ jobs[$0] })
    where job.dependsOn.joined().contains(where: { skippable.contains($0.value) }) {
      skippable.insert(job.name)
    }
    return jobs.filter { !skippable.contains($0.name) && $0.node.entry("interrupt") == nil }
      .flatMap { catalog.jobKind(of: $0)?.body?.isSequence == true ? $0.bodies : [$0] }
  }
}
