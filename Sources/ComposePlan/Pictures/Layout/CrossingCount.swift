extension LayerGraph {
  /// How many pairs of edges cross, over all layers.
  ///
  /// Counts inversions with an accumulator tree, as in Barth, Jünger and Mutzel, "Simple and Efficient Bilayer Cross
  /// Counting" (2002).
  func crossingCount(_ positions: [Int]) -> Int {
    layers.dropLast().reduce(0) { $0 + crossingCount(below: $1, positions) }
  }

  private func crossingCount(below layer: [Int], _ positions: [Int]) -> Int {
    guard let first = layer.first else { return 0 }
    let ends = layer.flatMap { vertex in vertices[vertex].below.map { positions[$0] }.sorted() }
    let lower = layers[vertices[first].layer + 1].count
    var leaf = 1
    while leaf < lower { leaf *= 2 }
    var tree = [Int](repeating: 0, count: 2 * leaf)
    var count = 0
    for end in ends {
      var index = end + leaf
      tree[index] += 1
      while index > 1 {
        // Ends to the right that were there before belong to edges that begin further left.
        if index % 2 == 0 { count += tree[index + 1] }
        index /= 2
        tree[index] += 1
      }
    }
    return count
  }

  /// How many pairs of edges cross between two vertices of a layer when the first stands left.
  func crossingCount(_ left: Int, _ right: Int, _ positions: [Int]) -> Int {
    inversions(vertices[left].above, vertices[right].above, positions)
      + inversions(vertices[left].below, vertices[right].below, positions)
  }

  private func inversions(_ left: [Int], _ right: [Int], _ positions: [Int]) -> Int {
    var count = 0
    for one in left {
      for other in right where positions[one] > positions[other] { count += 1 }
    }
    return count
  }
}
