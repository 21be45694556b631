/// Which edges are turned round so that the rest has no cycle.
///
/// A depth-first search from the sources finds the edges that lead back, as in Gansner, Koutsofios, North and Vo,
/// "A Technique for Drawing Directed Graphs" (1993), 2.1. An edge from a later stage to an earlier one leads back too.
/// Edges from a node to itself are never turned.
struct CycleRemoval {
  /// For each edge.
  let isReversed: [Bool]
  /// The stage of each node, or the latest of those before it that have one; `Int.min` when there is none. No edge
  /// leads to an earlier stage.
  let stages: [Int]

  init(_ nodes: [LayeredLayout.Node], _ edges: [LayeredLayout.Edge]) {
    var outgoing = [[Int]](repeating: [], count: nodes.count)
    var incoming = [[Int]](repeating: [], count: nodes.count)
    for (index, edge) in edges.enumerated() where edge.from != edge.to && !goesBack(edge, in: nodes) {
      outgoing[edge.from].append(index)
      incoming[edge.to].append(index)
    }
    let sources = nodes.indices.filter { incoming[$0].isEmpty } + nodes.indices.filter { !incoming[$0].isEmpty }
    let order = depthFirstOrder(from: sources, outgoing: outgoing, edges: edges)

    // A node without a stage comes after those that it follows, so all edges agree with one order of the nodes.
    var stages = nodes.map { $0.stage ?? Int.min }
    for node in nodes.indices.sorted(by: { order[$0] < order[$1] }) where nodes[node].stage == nil {
      for index in incoming[node] where order[edges[index].from] < order[node] {
        stages[node] = max(stages[node], stages[edges[index].from])
      }
    }
    isReversed = edges.map { [stages] edge in
      edge.from != edge.to && (stages[edge.from], order[edge.from]) > (stages[edge.to], order[edge.to])
    }
    self.stages = stages
  }
}

private func goesBack(_ edge: LayeredLayout.Edge, in nodes: [LayeredLayout.Node]) -> Bool {
  guard let from = nodes[edge.from].stage, let to = nodes[edge.to].stage else { return false }
  return from > to
}

/// The place of each node in the reverse of the order in which the search leaves them: every edge but those that
/// lead back goes to a higher place. The stack is explicit, for chains of any length.
private func depthFirstOrder(from sources: [Int], outgoing: [[Int]], edges: [LayeredLayout.Edge]) -> [Int] {
  var isSeen = [Bool](repeating: false, count: outgoing.count)
  var order = [Int](repeating: 0, count: outgoing.count)
  var place = outgoing.count
  for source in sources where !isSeen[source] {
    isSeen[source] = true
    var stack = [(node: source, rest: outgoing[source][...])]
    while let top = stack.last {
      guard let edge = top.rest.first else {
        place -= 1
        order[top.node] = place
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].rest.removeFirst()
      let next = edges[edge].to
      if !isSeen[next] {
        isSeen[next] = true
        stack.append((next, outgoing[next][...]))
      }
    }
  }
  return order
}
