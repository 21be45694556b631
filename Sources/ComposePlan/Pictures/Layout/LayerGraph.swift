/// A graph whose edges join neighbouring layers only: an edge that passes a layer has a vertex there.
struct LayerGraph {
  /// What stands at one place of a layer.
  enum Occupant: Hashable {
    /// The node of that index.
    case box(Int)
    /// An edge passes.
    case bend
    /// An edge passes, and its text stands there.
    case label
  }

  struct Vertex {
    var occupant: Occupant
    /// Even, so that halves are whole.
    var width: Int
    var height: Int
    var layer: Int
    /// Vertices of the layer above that an edge comes from.
    var above: [Int] = []
    /// Vertices of the layer below that an edge goes to.
    var below: [Int] = []

    var isBox: Bool { if case .box = occupant { true } else { false } }
  }

  let nodes: [LayeredLayout.Node]
  let edges: [LayeredLayout.Edge]
  let isReversed: [Bool]
  let spacing: LayeredLayout.Spacing
  /// The nodes come first, with the same indices.
  private(set) var vertices: [Vertex]
  /// The vertices of each edge from the upper node to the lower; empty for an edge from a node to itself.
  private(set) var chains: [[Int]] = []
  /// The vertices of each layer from left to right.
  var layers: [[Int]] = []

  init(
    nodes: [LayeredLayout.Node], edges: [LayeredLayout.Edge], isReversed: [Bool], layers numbers: [Int],
    spacing: LayeredLayout.Spacing
  ) {
    self.spacing = spacing
    self.nodes = nodes
    self.edges = edges
    self.isReversed = isReversed
    let spaced = SpacedLayers(edges: edges, isReversed: isReversed, numbers: numbers)
    vertices = nodes.indices.map { index in
      let width = nodes[index].size.width + 2 * SelfLoop.extent(of: index, in: edges)
      let height = max(nodes[index].size.height, SelfLoop.height(of: index, in: edges))
      return Vertex(occupant: .box(index), width: even(width), height: height, layer: spaced.layer(of: index))
    }
    for index in edges.indices { chains.append(addChain(of: index, spaced)) }
    layers = initialOrder()
  }

  private mutating func addChain(of index: Int, _ spaced: SpacedLayers) -> [Int] {
    let edge = edges[index]
    guard edge.from != edge.to else { return [] }
    let (upper, lower) = isReversed[index] ? (edge.to, edge.from) : (edge.from, edge.to)
    var chain = [upper]
    for layer in (vertices[upper].layer + 1)..<max(vertices[lower].layer, vertices[upper].layer + 1) {
      if let label = edge.label, spaced.labelLayer(of: index) == layer {
        vertices.append(Vertex(occupant: .label, width: even(label.width), height: label.height, layer: layer))
      } else {
        vertices.append(Vertex(occupant: .bend, width: 0, height: 0, layer: layer))
      }
      chain.append(vertices.count - 1)
    }
    chain.append(lower)
    for (above, below) in zip(chain, chain.dropFirst()) {
      vertices[above].below.append(below)
      vertices[below].above.append(above)
    }
    return chain
  }

  /// A depth-first search from the top puts what belongs together side by side.
  private func initialOrder() -> [[Int]] {
    let count = (vertices.map(\.layer).max() ?? -1) + 1
    var order = [[Int]](repeating: [], count: count)
    var isSeen = [Bool](repeating: false, count: vertices.count)
    let starts = nodes.indices.sorted { (vertices[$0].layer, $0) < (vertices[$1].layer, $1) }
    for start in starts {
      var stack = [start]
      while let vertex = stack.popLast() {
        if isSeen[vertex] { continue }
        isSeen[vertex] = true
        order[vertices[vertex].layer].append(vertex)
        stack += vertices[vertex].below.reversed()
      }
    }
    return order
  }
}

/// The layers with more between them for the texts of edges.
private struct SpacedLayers {
  private let numbers: [Int]
  /// The number of a layer and how many layers for texts are above it.
  private let shifts: [Int]
  /// The layer under which the text of each edge stands.
  private let labelGaps: [Int?]

  init(edges: [LayeredLayout.Edge], isReversed: [Bool], numbers: [Int]) {
    self.numbers = numbers
    // The text stands where the edge begins, at the box that takes the decision.
    labelGaps = edges.indices.map { index in
      let edge = edges[index]
      guard edge.label != nil, edge.from != edge.to else { return nil }
      return isReversed[index] ? numbers[edge.from] - 1 : numbers[edge.from]
    }
    let used = Set(labelGaps.compactMap(\.self))
    var shift = 0
    shifts = (0...(numbers.max() ?? 0)).map { layer in
      if used.contains(layer - 1) { shift += 1 }
      return layer + shift
    }
  }

  func layer(of node: Int) -> Int { shifts[numbers[node]] }

  func labelLayer(of edge: Int) -> Int? { labelGaps[edge].map { shifts[$0] + 1 } }
}

private func even(_ length: Int) -> Int { length + length % 2 }
