import ComposeBasic
package import ComposePlan

/// Everything of a workflow, and of those that it runs, that this program does not run: in file order, each place once.
package func refusals(of workflow: WorkflowPlan, in plan: Plan, host: some ComponentHost) -> [Refusal] {
  var found: [Refusal] = []
  var visited: Set<String> = []
  func visit(_ workflow: WorkflowPlan) {
    guard visited.insert(workflow.id).inserted else { return }
    for job in workflow.nodes.flatMap(\.job.family) {
      found += job.hooks.map {
        Refusal("the hook is Python, which this program checks and shows but does not run", at: $0.range)
      }
      switch job.operation {
      case .invoke(let invocation):
        found += host.refusals(of: invocation)
        if let inner = invocation.workflow.flatMap(plan.workflow) { visit(inner) }
      case .fail(let message): found.append(Refusal(message, at: job.range))
      case .wait, .route, .draw, .filter, .map, .fold, .iterate, .sequence, .tee: break
      }
    }
  }
  visit(workflow)
  var seen: Set<Refusal> = []
  return found.filter { seen.insert($0).inserted }.sorted { $0.range < $1.range }
}
