extension LayerGraph {
  /// The middle of each vertex from the left border, so that long edges are straight and nodes are near to what they
  /// are joined with (Brandes and Köpf, 2001, 4.2 and 4.3, with the order of blocks as one graph in the place of the
  /// classes, which the authors' erratum of 2020 corrects).
  func middles() -> [Int] {
    var positions = [Int](repeating: 0, count: vertices.count)
    for layer in layers {
      for (position, vertex) in layer.enumerated() { positions[vertex] = position }
    }
    let conflicts = Conflict.all(in: self, positions)
    let runs = BlockAlignment.Corner.allCases.map { corner in
      let alignment = BlockAlignment(self, positions, conflicts: conflicts, from: corner)
      return (corner: corner, places: places(of: alignment, isLeft: corner.isLeft))
    }
    return balanced(runs)
  }

  /// The distance that the middles of two neighbours keep.
  func distance(_ left: Int, _ right: Int) -> Int {
    let (first, second) = (vertices[left], vertices[right])
    let gap =
      first.isBox && second.isBox ? spacing.boxes : first.isBox || second.isBox ? spacing.edgeToBox : spacing.edges
    return (first.width + second.width) / 2 + gap
  }

  /// Places blocks as far to one side as their neighbours let them, then pulls those that have room to the other.
  private func places(of alignment: BlockAlignment, isLeft: Bool) -> [Int] {
    let roots = alignment.roots
    var following = [[(block: Int, distance: Int)]](repeating: [], count: vertices.count)
    var waiting = [Int](repeating: 0, count: vertices.count)
    for layer in layers {
      let row = isLeft ? layer : layer.reversed()
      for (first, second) in zip(row, row.dropFirst()) {
        following[roots[first]].append((roots[second], distance(first, second)))
        waiting[roots[second]] += 1
      }
    }
    var order = vertices.indices.filter { roots[$0] == $0 && waiting[$0] == 0 }
    var places = [Int](repeating: 0, count: vertices.count)
    var position = 0
    while position < order.count {
      let block = order[position]
      position += 1
      for next in following[block] {
        places[next.block] = max(places[next.block], places[block] + next.distance)
        waiting[next.block] -= 1
        if waiting[next.block] == 0 { order.append(next.block) }
      }
    }
    for block in order.reversed() {
      if let limit = following[block].map({ places[$0.block] - $0.distance }).min() {
        places[block] = max(places[block], limit)
      }
    }
    return vertices.indices.map { isLeft ? places[roots[$0]] : -places[roots[$0]] }
  }

  /// The mean of the two middle ones of the four places of each vertex, with the runs moved to the narrowest.
  private func balanced(_ runs: [(corner: BlockAlignment.Corner, places: [Int])]) -> [Int] {
    let spans = runs.map { run in span(of: run.places) }
    guard let narrowest = spans.indices.min(by: { spans[$0].count < spans[$1].count }) else { return [] }
    let moved = runs.enumerated().map { index, run in
      let shift =
        run.corner.isLeft
        ? spans[narrowest].lowerBound - spans[index].lowerBound
        : spans[narrowest].upperBound - spans[index].upperBound
      return run.places.map { $0 + shift }
    }
    let places = vertices.indices.map { vertex in
      let four = moved.map { $0[vertex] }.sorted()
      // The division rounds towards minus infinity, so that distances are kept.
      return (four[1] + four[2]) >> 1
    }
    let left = span(of: places).lowerBound
    return places.map { $0 - left }
  }

  /// From the leftmost border to the rightmost.
  private func span(of places: [Int]) -> ClosedRange<Int> {
    let left = vertices.indices.map { places[$0] - vertices[$0].width / 2 }.min() ?? 0
    let right = vertices.indices.map { places[$0] + vertices[$0].width / 2 }.max() ?? 0
    return left...max(left, right)
  }
}
