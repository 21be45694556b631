import ComposeBasic
package import ComposePlan

/// Everything of workflows, and of those that they run, that this program does not run: in file order, each place once.
package func refusals(of workflows: [WorkflowPlan], in plan: Plan, host: some ComponentHost) -> [Refusal] {
  let reach = plan.reach(of: workflows)
  var found = reach.invocations.flatMap { host.refusals(of: $0) }
  for job in reach.jobs {
    found += job.hooks.map {
      Refusal("the hook is Python, which this program checks and shows but does not run", at: $0.range)
    }
    if case .fail(let message) = job.operation { found.append(Refusal(message, at: job.range)) }
  }
  var seen: Set<Refusal> = []
  return found.filter { seen.insert($0).inserted }.sorted { $0.range < $1.range }
}
