/// Vertices that are to stand exactly above each other.
///
/// Follows Brandes and Köpf, "Fast and Simple Horizontal Coordinate Assignment" (2001), 4.1: each vertex is joined
/// with a median neighbour of the layer before. The four runs differ in where they begin.
struct BlockAlignment {
  /// Where a run begins: layers from the top or the bottom, vertices from the left or the right.
  struct Corner: CaseIterable {
    let isTop: Bool
    let isLeft: Bool

    static let allCases = [true, false].flatMap { isTop in
      [true, false].map { Corner(isTop: isTop, isLeft: $0) }
    }
  }

  /// The vertex that stands for each vertex's block.
  private(set) var roots: [Int]

  init(_ graph: LayerGraph, _ positions: [Int], conflicts: Set<Conflict>, from corner: Corner) {
    roots = Array(graph.vertices.indices)
    var isJoined = [Bool](repeating: false, count: graph.vertices.count)
    for layer in corner.isTop ? graph.layers : graph.layers.reversed() {
      var border = corner.isLeft ? -1 : Int.max
      for vertex in corner.isLeft ? layer : layer.reversed() {
        let found = corner.isTop ? graph.vertices[vertex].above : graph.vertices[vertex].below
        let neighbours = found.sorted { positions[$0] < positions[$1] }
        if neighbours.isEmpty { continue }
        var medians = [(neighbours.count - 1) / 2, neighbours.count / 2]
        if !corner.isLeft { medians.reverse() }
        for median in medians where roots[vertex] == vertex {
          let other = neighbours[median]
          let isFree = corner.isLeft ? border < positions[other] : border > positions[other]
          let conflict = corner.isTop ? Conflict(upper: other, lower: vertex) : Conflict(upper: vertex, lower: other)
          guard isFree, !isJoined[other], !conflicts.contains(conflict) else { continue }
          isJoined[other] = true
          roots[vertex] = roots[other]
          border = positions[other]
        }
      }
    }
  }
}

/// An edge between two layers that must not be straight, because it crosses a part of a long edge that should be.
struct Conflict: Hashable {
  let upper: Int
  let lower: Int

  /// All of a graph (Brandes and Köpf, 2001, algorithm 1).
  static func all(in graph: LayerGraph, _ positions: [Int]) -> Set<Conflict> {
    var conflicts: Set<Conflict> = []
    for (upper, lower) in zip(graph.layers, graph.layers.dropFirst()) {
      var leftEnd = -1
      var scanned = 0
      for (index, vertex) in lower.enumerated() {
        let inner = graph.vertices[vertex].above.first { isInner($0, vertex, graph) }
        guard inner != nil || index == lower.count - 1 else { continue }
        let rightEnd = inner.map { positions[$0] } ?? upper.count
        for other in lower[scanned...index] {
          for above in graph.vertices[other].above where !isInner(above, other, graph) {
            if positions[above] < leftEnd || positions[above] > rightEnd {
              conflicts.insert(Conflict(upper: above, lower: other))
            }
          }
        }
        scanned = index + 1
        leftEnd = rightEnd
      }
    }
    return conflicts
  }

  private static func isInner(_ upper: Int, _ lower: Int, _ graph: LayerGraph) -> Bool {
    !graph.vertices[upper].isBox && !graph.vertices[lower].isBox
  }
}
