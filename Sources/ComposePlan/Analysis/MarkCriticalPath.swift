/// Marks the jobs of the longest chain of each workflow.
enum MarkCriticalPath: PlanPass {
  static let name = "mark-critical-path"

  static func run(on plan: Plan) -> Plan {
    var copy = plan
    for index in plan.workflows.indices {
      let nodes = Set(criticalPath(of: plan.workflows[index], in: plan).nodes)
      for position in copy.workflows[index].nodes.indices {
        copy.workflows[index].nodes[position].isCritical = nodes.contains(copy.workflows[index].nodes[position].id)
      }
    }
    return copy
  }
}
