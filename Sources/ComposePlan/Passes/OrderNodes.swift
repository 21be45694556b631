/// Puts the nodes of each workflow into an order in which they can run, and numbers the stages.
///
/// A node comes after those it waits for; one that is routed to comes after the nodes that lead to it. Where nothing is
/// decided the order of the file stays. A route back to an earlier job is the one edge of its cycle that does not count.
enum OrderNodes: PlanPass {
  static let name = "order-nodes"

  static func run(on plan: Plan) -> Plan {
    var copy = plan
    copy.workflows = plan.workflows.map(order)
    return copy
  }

  private static func order(_ workflow: WorkflowPlan) -> WorkflowPlan {
    let predecessors = predecessors(in: workflow)
    let order = sort(predecessors)
    var positions = [Int](repeating: 0, count: order.count)
    for (position, index) in order.enumerated() { positions[index] = position }
    func moved(_ id: NodeID) -> NodeID { NodeID(positions[id.index]) }
    var stages = [Int](repeating: 0, count: order.count)
    var copy = workflow
    copy.nodes = order.enumerated().map { position, index in
      var node = workflow.nodes[index]
      let earlier = predecessors[index].filter { positions[$0] < position }
      stages[index] = (earlier.map { stages[$0] }.max() ?? -1) + 1
      node.stage = stages[index]
      node.id = NodeID(position)
      node.after = node.after.map { $0.map(moved) }
      node.job = node.job.renumbered(moved)
      return node
    }
    return copy
  }

  /// For each node, by its index, those after which it can start: its routers, or else what it waits for.
  private static func predecessors(in workflow: WorkflowPlan) -> [[Int]] {
    var routers = [[Int]](repeating: [], count: workflow.nodes.count)
    for node in workflow.nodes {
      for target in node.job.targets where routers[target.node.index].last != node.id.index {
        routers[target.node.index].append(node.id.index)
      }
    }
    return workflow.nodes.map { node in
      node.isRouted ? routers[node.id.index] : Array(Set(node.after.joined().map(\.index))).sorted()
    }
  }

  /// Kahn's algorithm (1962), always with the first node of the file that is ready. On a cycle the first one goes on that
  /// follows a node which is placed already.
  private static func sort(_ predecessors: [[Int]]) -> [Int] {
    var waiting = predecessors.map(\.count)
    var followers = [[Int]](repeating: [], count: predecessors.count)
    for (index, earlier) in predecessors.enumerated() {
      for predecessor in earlier { followers[predecessor].append(index) }
    }
    var order: [Int] = []
    order.reserveCapacity(predecessors.count)
    var isPlaced = [Bool](repeating: false, count: predecessors.count)
    var next = 0
    func place(_ index: Int) {
      isPlaced[index] = true
      order.append(index)
    }
    for index in predecessors.indices where waiting[index] == 0 { place(index) }
    while order.count < predecessors.count {
      while next < order.count {
        for follower in followers[order[next]] {
          waiting[follower] -= 1
          if waiting[follower] == 0, !isPlaced[follower] { place(follower) }
        }
        next += 1
      }
      guard order.count < predecessors.count else { break }
      let open = predecessors.indices.filter { !isPlaced[$0] }
      place(open.first { predecessors[$0].contains { isPlaced[$0] } } ?? open[0])
    }
    return order
  }
}
