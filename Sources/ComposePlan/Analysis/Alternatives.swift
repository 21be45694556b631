/// Jobs that exclude each other: a router that runs once leads to one of them.
struct Alternatives {
  /// A way that a router can take.
  private struct Choice: Hashable {
    let router: Int
    let target: Int
  }

  /// For each node the last choice without which it cannot run; `nil` for one that runs whatever is chosen.
  private let owners: [Choice?]
  private let nodes: [Node]

  /// - Parameter runs: how often each node can run. What follows the ways of a router that runs again is not excluded by
  ///   each other; the jobs to which it leads directly share its runs.
  init(_ workflow: WorkflowPlan, runs: [Int]) {
    let graph = WorkflowGraph(workflow)
    var needed = [Set<Choice>?](repeating: nil, count: workflow.nodes.count)
    for node in workflow.nodes {
      let index = node.id.index
      // What comes later in the plan leads back, and decides nothing the first time.
      func choices(_ cause: Int) -> Set<Choice> { needed[cause] ?? [] }
      if node.isRouted {
        let ways = graph.routers[index].map { router in
          let isExclusive = router < index && runs[router] == 1 && workflow.nodes[router].job.isRouter
          return choices(router).union(isExclusive ? [Choice(router: router, target: index)] : [])
        }
        needed[index] = ways.dropFirst().reduce(ways.first ?? []) { $0.intersection($1) }
      } else {
        needed[index] = node.after.reduce(into: Set()) { all, group in
          let ways = group.map { choices($0.index) }
          all.formUnion(ways.dropFirst().reduce(ways.first ?? []) { $0.intersection($1) })
        }
      }
    }
    owners = workflow.nodes.map { node in
      let index = node.id.index
      let choice = needed[index]?.max { ($0.router, $0.target) < ($1.router, $1.target) }
      guard graph.causes[index].count == 1, let router = graph.routers[index].first, router < index,
        runs[router] > 1, runs[index] == runs[router], workflow.nodes[router].job.isRouter
      else { return choice }
      return Choice(router: router, target: index)
    }
    nodes = workflow.nodes
  }

  /// The largest sum that one run can reach.
  func total(of bounds: [UpperBound]) -> UpperBound {
    var sums: [Choice: UpperBound] = [:]
    var result = UpperBound.zero
    // A choice stands behind its router in the plan, so that its sum is complete when the router is reached.
    for index in nodes.indices.reversed() {
      var targets: Set<Int> = []
      let ways = nodes[index].job.targets.map(\.node.index).filter { targets.insert($0).inserted }
      let dearest = ways.compactMap { sums[Choice(router: index, target: $0)] }.reduce(.zero, UpperBound.larger)
      let own = bounds[index] + dearest
      if let owner = owners[index] {
        sums[owner] = own + (sums[owner] ?? .zero)
      } else {
        result = own + result
      }
    }
    return result
  }
}
