/// How far from the middle of its boxes an edge begins and ends.
///
/// Edges that lead back have places of their own, and so have further edges between the same two boxes.
struct PortOffsets {
  private let graph: LayerGraph
  private let middles: [Int]
  /// For each edge, how many edges before it lie on the same line.
  private let copies: [Int]

  init(_ graph: LayerGraph, _ middles: [Int]) {
    self.graph = graph
    self.middles = middles
    var counts: [[Int]: Int] = [:]
    copies = graph.chains.enumerated().map { index, chain in
      guard chain.count == 2, !graph.isReversed[index] else { return 0 }
      counts[chain, default: -1] += 1
      return counts[chain, default: 0]
    }
  }

  func offsets(of index: Int) -> (upper: Int, lower: Int) {
    let chain = graph.chains[index]
    guard graph.isReversed[index] else {
      let copy = copies[index]
      let offset = (copy % 2 == 0 ? -1 : 1) * 8 * ((copy + 1) / 2)
      return (limited(offset, at: chain[0]), limited(offset, at: chain[chain.count - 1]))
    }
    return (
      side(of: chain[0], towards: chain[1]), side(of: chain[chain.count - 1], towards: chain[chain.count - 2])
    )
  }

  private func limited(_ offset: Int, at box: Int) -> Int {
    let limit = max(0, graph.nodes[box].size.width / 2 - 10)
    return min(max(offset, -limit), limit)
  }

  private func side(of box: Int, towards other: Int) -> Int {
    let offset = min(28, graph.nodes[box].size.width / 4)
    return middles[other] < middles[box] ? -offset : offset
  }
}
