import ComposeBasic
package import ComposePlan

/// Everything of a workflow that this program does not run, in file order, each place once.
package func refusals(of workflow: WorkflowPlan, host: some ComponentHost) -> [Refusal] {
  var found: [Refusal] = []
  for node in workflow.nodes {
    switch node.operation {
    case .unlowered(let kind):
      found.append(Refusal("job '\(node.job)' is of type '\(kind)', which this version does not run", at: node.range))
    case .invoke(let invocation): found += host.refusals(of: invocation)
    }
    found += node.refused.map {
      Refusal("the job option '\($0.value)' is not carried out by this version", at: $0.range)
    }
  }
  var seen: Set<Refusal> = []
  return found.filter { seen.insert($0).inserted }.sorted { $0.range < $1.range }
}
