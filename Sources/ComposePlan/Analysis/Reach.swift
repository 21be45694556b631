/// What can happen in a run: the jobs of some workflows and of those that they run, and the calls that these make.
package struct Reach: Sendable {
  /// Each with the jobs inside it, workflow by workflow.
  package fileprivate(set) var jobs: [JobPlan] = []
  /// Those of jobs, each followed by what the component itself calls.
  package fileprivate(set) var invocations: [Invocation] = []
}

extension Plan {
  /// What runs of the workflows can reach.
  package func reach(of workflows: [WorkflowPlan]) -> Reach {
    var reach = Reach()
    var visited: Set<String> = []
    // Not by recursion: a long chain of workflows must not need a deep stack.
    var open = Array(workflows.reversed())
    while let workflow = open.popLast() {
      guard visited.insert(workflow.id).inserted else { continue }
      let jobs = workflow.nodes.flatMap(\.job.family)
      let invocations = jobs.flatMap { job -> [Invocation] in
        if case .invoke(let invocation) = job.operation { invocation.family } else { [] }
      }
      reach.jobs += jobs
      reach.invocations += invocations
      let called = invocations.flatMap { [$0.workflow].compactMap(\.self) + $0.toolWorkflows }
      open += called.reversed().compactMap(self.workflow(named:))
    }
    return reach
  }
}

extension Invocation {
  /// The call and those that the component makes itself.
  fileprivate var family: [Invocation] { [self] + calls.flatMap(\.family) }
}
