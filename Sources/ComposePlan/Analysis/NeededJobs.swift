/// What must have run before a job, as far as that is sure whatever routers choose.
struct NeededJobs {
  /// The jobs themselves, and those without which none of them runs.
  var sure: Set<Int>
  /// Jobs of which one is enough.
  var oneOf: [[Int]]
}

/// Follows jobs back to those that must have run before them.
struct NeedFinder {
  /// For each node groups of nodes; one of each group must have run. A node that is led to has one group: its routers.
  private let groups: [[[Int]]]
  private var known: [Int: Set<Int>] = [:]

  init(_ workflow: WorkflowPlan, _ graph: WorkflowGraph) {
    groups = workflow.nodes.map { node in
      let index = node.id.index
      let groups = node.isRouted ? [graph.routers[index]] : node.after.map { $0.map(\.index) }
      // A way back decides nothing the first time.
      return groups.map { $0.filter { $0 < index } }.filter { !$0.isEmpty }
    }
  }

  mutating func needs(of jobs: some Sequence<Int>) -> NeededJobs {
    var found = NeededJobs(sure: [], oneOf: [])
    var queue = Array(jobs)
    while let index = queue.popLast() {
      guard found.sure.insert(index).inserted else { continue }
      for group in groups[index] {
        if group.count == 1 {
          queue += group
        } else {
          if !found.oneOf.contains(group) { found.oneOf.append(group) }
          queue += common(group)
        }
      }
    }
    found.oneOf.removeAll { group in group.contains(where: found.sure.contains) }
    return found
  }

  /// What each job of a group needs.
  private mutating func common(_ group: [Int]) -> Set<Int> {
    var result: Set<Int>?
    for member in group {
      // Every member stands before the job that waits for the group, so that this ends.
      let needs = known[member] ?? self.needs(of: [member]).sure
      known[member] = needs
      result = result?.intersection(needs) ?? needs
    }
    return result ?? []
  }
}
