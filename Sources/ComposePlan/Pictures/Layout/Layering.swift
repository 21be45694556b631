/// The layer of each node: below all that it follows, and with the others of its stage where that is possible.
///
/// Longest paths from the sources (Sugiyama, Tagawa and Toda, 1981), over the nodes and one helper for each stage: the
/// nodes of a stage are not above their helper, and a helper is below all nodes of the stage before and below what else
/// nodes of its stage follow.
func layerNumbers(
  of nodes: [LayeredLayout.Node], _ edges: [LayeredLayout.Edge], _ cycles: CycleRemoval
) -> [Int] {
  let stages = Set(nodes.compactMap(\.stage)).sorted()
  var following = [[(to: Int, distance: Int)]](repeating: [], count: nodes.count + stages.count)
  for (index, edge) in edges.enumerated() where edge.from != edge.to {
    let (from, to) = cycles.isReversed[index] ? (edge.to, edge.from) : (edge.from, edge.to)
    following[from].append((to, 1))
    if let stage = nodes[to].stage, cycles.stages[from] < stage, let place = stages.firstIndex(of: stage) {
      following[from].append((nodes.count + place, 1))
    }
  }
  for (place, stage) in stages.enumerated() {
    let helper = nodes.count + place
    for node in nodes.indices where nodes[node].stage == stage {
      following[helper].append((node, 0))
      if place + 1 < stages.count { following[node].append((helper + 1, 1)) }
    }
  }
  return compacted(Array(longestPaths(following)[..<nodes.count]))
}

/// The longest distance to each node from any source, in topological order (Kahn, 1962).
private func longestPaths(_ following: [[(to: Int, distance: Int)]]) -> [Int] {
  var waiting = [Int](repeating: 0, count: following.count)
  for next in following.joined() { waiting[next.to] += 1 }
  var ready = following.indices.filter { waiting[$0] == 0 }
  var layers = [Int](repeating: 0, count: following.count)
  var position = 0
  while position < ready.count {
    let node = ready[position]
    position += 1
    for next in following[node] {
      layers[next.to] = max(layers[next.to], layers[node] + next.distance)
      waiting[next.to] -= 1
      if waiting[next.to] == 0 { ready.append(next.to) }
    }
  }
  return layers
}

/// The same order without empty layers.
private func compacted(_ layers: [Int]) -> [Int] {
  let used = Set(layers).sorted()
  var numbers: [Int: Int] = [:]
  for (number, layer) in used.enumerated() { numbers[layer] = number }
  return layers.map { numbers[$0] ?? 0 }
}
