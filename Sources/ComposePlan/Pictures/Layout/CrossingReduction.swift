extension LayerGraph {
  /// Sorts the layers so that few edges cross.
  ///
  /// Sweeps down and up with barycenters (Sugiyama, Tagawa and Toda, 1981), then exchanges neighbours (Gansner,
  /// Koutsofios, North and Vo, 1993, 2.3). The best order found is kept; the first one when none is better.
  mutating func reduceCrossings() {
    var positions = [Int](repeating: 0, count: vertices.count)
    for layer in layers { number(layer, &positions) }
    var best = layers
    var fewest = crossingCount(positions)
    var fruitless = 0
    // Large graphs get fewer sweeps: each costs time in proportion to their size.
    let sweeps = vertices.count > 4000 ? 6 : 24
    for sweep in 0..<sweeps where fewest > 0 && fruitless < 6 {
      let isDown = sweep % 2 == 0
      for layer in isDown ? Array(layers.indices.dropFirst()) : Array(layers.indices.dropLast().reversed()) {
        sort(layer, isDown: isDown, tiesTurn: sweep % 4 >= 2, &positions)
      }
      exchangeNeighbours(&positions)
      let count = crossingCount(positions)
      fruitless = count < fewest ? 0 : fruitless + 1
      if count < fewest { (best, fewest) = (layers, count) }
    }
    layers = best
  }

  private func number(_ layer: [Int], _ positions: inout [Int]) {
    for (position, vertex) in layer.enumerated() { positions[vertex] = position }
  }

  /// Sorts the vertices that have neighbours by the mean of their positions; the others keep their places.
  private mutating func sort(_ layer: Int, isDown: Bool, tiesTurn: Bool, _ positions: inout [Int]) {
    var means: [(vertex: Int, mean: Double)] = []
    for vertex in layers[layer] {
      let neighbours = isDown ? vertices[vertex].above : vertices[vertex].below
      if neighbours.isEmpty { continue }
      let sum = neighbours.reduce(0) { $0 + positions[$1] }
      means.append((vertex, Double(sum) / Double(neighbours.count)))
    }
    means.sort { left, right in
      if left.mean != right.mean { return left.mean < right.mean }
      return (positions[left.vertex] < positions[right.vertex]) != tiesTurn
    }
    var sorted = means[...]
    layers[layer] = layers[layer].map { vertex in
      let neighbours = isDown ? vertices[vertex].above : vertices[vertex].below
      return neighbours.isEmpty ? vertex : sorted.popFirst()?.vertex ?? vertex
    }
    number(layers[layer], &positions)
  }

  /// Exchanges neighbours as long as that removes crossings.
  private mutating func exchangeNeighbours(_ positions: inout [Int]) {
    for _ in 0..<8 {
      var isBetter = false
      for layer in layers.indices {
        for index in layers[layer].indices.dropLast() {
          let (left, right) = (layers[layer][index], layers[layer][index + 1])
          guard crossingCount(left, right, positions) > crossingCount(right, left, positions) else { continue }
          layers[layer].swapAt(index, index + 1)
          positions[left] = index + 1
          positions[right] = index
          isBetter = true
        }
      }
      if !isBetter { return }
    }
  }
}
