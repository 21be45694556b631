extension LayerGraph {
  /// The same middles with fewer bends: where an edge bends twice, the straight part between the bends is moved above
  /// or below the box where the edge ends, if its neighbours leave the room.
  func straightened(_ middles: [Int]) -> [Int] {
    var middles = middles
    let ports = PortOffsets(self, middles)
    let neighbours = Neighbours(layers, count: vertices.count)
    for _ in 0..<2 {
      for (index, chain) in chains.enumerated() where chain.count > 2 {
        let offsets = ports.offsets(of: index)
        let ends = (middles[chain[0]] + offsets.upper, middles[chain[chain.count - 1]] + offsets.lower)
        for run in runs(of: chain, middles) {
          let place = middles[chain[run.lowerBound]]
          let above = run.lowerBound == 1 ? ends.0 : middles[chain[run.lowerBound - 1]]
          let below = run.upperBound == chain.count - 1 ? ends.1 : middles[chain[run.upperBound]]
          guard place != above, place != below else { continue }
          let room = room(for: chain[run], middles, neighbours)
          let nearest = [above, below].sorted { abs($0 - place) < abs($1 - place) }
          guard let target = nearest.first(where: room.contains) else { continue }
          for vertex in chain[run] { middles[vertex] = target }
        }
      }
    }
    return middles
  }

  /// The parts of a chain between its ends that stand exactly above each other.
  private func runs(of chain: [Int], _ middles: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 1
    for place in 2..<chain.count where place == chain.count - 1 || middles[chain[place]] != middles[chain[start]] {
      runs.append(start..<place)
      start = place
    }
    return runs
  }

  /// Where the vertices could stand without coming too near to any neighbour, nor beyond the outermost vertices.
  private func room(for run: ArraySlice<Int>, _ middles: [Int], _ neighbours: Neighbours) -> ClosedRange<Int> {
    var lowest = Int.min
    var highest = Int.max
    for vertex in run {
      if let left = neighbours.left[vertex] { lowest = max(lowest, middles[left] + distance(left, vertex)) }
      if let right = neighbours.right[vertex] { highest = min(highest, middles[right] - distance(vertex, right)) }
      lowest = max(lowest, vertices[vertex].width / 2)
    }
    return lowest...max(lowest, highest)
  }

  /// Who stands beside each vertex.
  private struct Neighbours {
    var left: [Int?]
    var right: [Int?]

    init(_ layers: [[Int]], count: Int) {
      left = Array(repeating: nil, count: count)
      right = left
      for layer in layers {
        for (first, second) in zip(layer, layer.dropFirst()) {
          right[first] = second
          left[second] = first
        }
      }
    }
  }
}
