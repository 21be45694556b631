import ComposeBasic
package import ComposePlan

/// Everything of a workflow that this program does not run, in file order, each place once.
package func refusals(of workflow: WorkflowPlan, host: some ComponentHost) -> [Refusal] {
  var found: [Refusal] = []
  for node in workflow.nodes {
    switch node.operation {
    case .unlowered(let kind):
      found.append(Refusal("job '\(node.job)' is of type '\(kind)', which this version does not run", at: node.range))
    case .invoke(let invocation):
      found += host.refusals(of: invocation)
      let fields = invocation.componentFields + invocation.actionFields
      let templates = fields.map(\.value) + [invocation.input, invocation.output].compactMap { $0 }
      found += templates.flatMap(refusals)
    }
    found += node.refused.map {
      Refusal("the job option '\($0.value)' is not carried out by this version", at: $0.range)
    }
    found += node.output.map(refusals) ?? []
  }
  found += workflow.output.map(refusals) ?? []
  var seen: Set<Refusal> = []
  return found.filter { seen.insert($0).inserted }.sorted { $0.range < $1.range }
}

private func refusals(of template: PlanTemplate) -> [Refusal] {
  template.references.compactMap { reference in
    reference.cast.flatMap { cast in cast.refusal.map { Refusal($0, at: cast.range) } }
  }
}
