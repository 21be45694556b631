import ComposePlan

/// Which nodes of a run may start. It decides and does nothing itself.
struct Schedule {
  /// For each node how many of its groups are not satisfied yet.
  private var waiting: [Int]
  /// For each node the nodes, and the group there, that wait for it.
  private var dependents: [[(node: NodeID, group: Int)]]
  private var satisfied: [Set<Int>]
  private var ready: [NodeID]
  private var unfinished: Int

  init(_ workflow: WorkflowPlan) {
    waiting = workflow.nodes.map(\.after.count)
    satisfied = [Set<Int>](repeating: [], count: workflow.nodes.count)
    dependents = [[(node: NodeID, group: Int)]](repeating: [], count: workflow.nodes.count)
    for node in workflow.nodes {
      for (group, members) in node.after.enumerated() {
        for member in members { dependents[member.index].append((node.id, group)) }
      }
    }
    ready = workflow.nodes.filter(\.after.isEmpty).map(\.id)
    unfinished = workflow.nodes.count
  }

  /// The nodes that can start now; each is given out once.
  mutating func takeReady() -> [NodeID] {
    defer { ready = [] }
    return ready
  }

  mutating func finish(_ id: NodeID) {
    unfinished -= 1
    for (node, group) in dependents[id.index] where satisfied[node.index].insert(group).inserted {
      waiting[node.index] -= 1
      if waiting[node.index] == 0 { ready.append(node) }
    }
  }

  var isComplete: Bool { unfinished == 0 }
}
