import ComposePlan

/// A workflow with what every run of it needs, computed once.
final class PreparedWorkflow: Sendable {
  let plan: WorkflowPlan
  let topology: JobTopology
  /// For each node the jobs whose outputs it can see.
  let reads: [JobReads]
  /// The jobs whose outputs `workflow.output` can see.
  let outputReads: JobReads

  init(_ plan: WorkflowPlan) {
    self.plan = plan
    topology = JobTopology(
      after: plan.nodes.map { $0.after.map { $0.map(\.index) } }, isRouted: plan.nodes.map(\.isRouted),
      runLimits: plan.nodes.map(\.maxRunCount))
    var indices: [String: Int] = [:]
    for node in plan.nodes { indices[node.name] = node.id.index }
    reads = plan.nodes.map { JobReads($0.job.templates, indices) }
    outputReads = JobReads(plan.output.map { [$0] } ?? [], indices)
  }
}

/// Which outputs templates look at: only these are put into their scope, so that a long chain of jobs stays cheap.
enum JobReads: Sendable {
  case all
  /// Indices of nodes, in order.
  case some([Int])

  init(_ templates: [PlanTemplate], _ indices: [String: Int]) {
    var found: Set<Int> = []
    for reference in templates.flatMap(\.references) where reference.root == "jobs" {
      guard case .key(let name)? = reference.steps.first else {
        self = .all
        return
      }
      if let index = indices[name] { found.insert(index) }
    }
    self = .some(found.sorted())
  }
}
