import ComposeSema

/// Which job follows which: by waiting for it, or by being led to.
struct WorkflowGraph {
  /// For each node those that lead to it, each once.
  let routers: [[Int]]
  /// For each node the nodes after which it starts the first time: its routers, or what it waits for.
  let starts: [[Int]]
  /// For each node what may make it run: its routers, and what it waits for.
  let causes: [[Int]]
  /// For each node those of which it is a cause.
  let effects: [[Int]]

  init(_ workflow: WorkflowPlan) {
    var routers = [[Int]](repeating: [], count: workflow.nodes.count)
    for node in workflow.nodes {
      for target in node.job.targets where routers[target.node.index].last != node.id.index {
        routers[target.node.index].append(node.id.index)
      }
    }
    let awaited = workflow.nodes.map { Set($0.after.joined().map(\.index)).sorted() }
    self.routers = routers
    starts = workflow.nodes.map { $0.isRouted ? routers[$0.id.index] : awaited[$0.id.index] }
    causes = workflow.nodes.map { Set(routers[$0.id.index] + awaited[$0.id.index]).sorted() }
    var effects = [[Int]](repeating: [], count: workflow.nodes.count)
    for (index, causes) in causes.enumerated() {
      for cause in causes { effects[cause].append(index) }
    }
    self.effects = effects
  }

  /// The nodes that can lead back to themselves.
  var onCycle: Set<Int> {
    let knots = Knots.components(of: effects).filter { $0.count > 1 || effects[$0[0]].contains($0[0]) }
    return Set(knots.joined())
  }
}

/// How often each job of a workflow can run in one run.
struct RunCount {
  /// By the node's index.
  let counts: [Int]

  /// No job runs more often than it is allowed. A job runs once, again for each further run of what it waits for, and
  /// once for each run of a job that leads to it; on a cycle these limits hold for each other until none gets smaller.
  init(_ workflow: WorkflowPlan) {
    let graph = WorkflowGraph(workflow)
    var counts = workflow.nodes.map { max($0.maxRunCount, 1) }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for index in counts.indices {
        let routers = graph.routers[index]
        let again = graph.causes[index].filter { !routers.contains($0) }.map { counts[$0] - 1 }
        let sum = (again + routers.map { counts[$0] }).reduce(routers.isEmpty ? 1 : 0) { sum, more in
          sum.addingReportingOverflow(more).overflow ? Int.max : sum + more
        }
        let count = min(max(sum, 1), counts[index])
        if count < counts[index] { hasChanged = true }
        counts[index] = count
      }
    }
    self.counts = counts
  }
}
