/// Places boxes in layers so that most arrows point one way, after Sugiyama, Tagawa and Toda, "Methods for Visual
/// Understanding of Hierarchical System Structures" (1981).
///
/// The steps are one file each: edges that point back are turned round, nodes get layers, long edges get a bend in
/// each layer that they pass, layers are sorted against crossings, and coordinates follow. Equal inputs give equal
/// pictures: nothing depends on chance or on the order of a dictionary.
struct LayeredLayout {
  /// A box to place.
  struct Node: Hashable {
    var size: Size
    /// Nodes of one stage share a layer as far as the edges let them.
    var stage: Int?
  }

  /// An arrow between two boxes, by their indices.
  struct Edge: Hashable {
    var from: Int
    var to: Int
    /// The space that its text needs.
    var label: Size?
  }

  /// Where the arrows point.
  enum Direction: CaseIterable {
    case down
    case right
  }

  /// The way of an arrow.
  struct Route: Hashable {
    /// From the border of the first box to the border of the second. Between two points that differ in both
    /// coordinates the line is a curve that leaves and arrives along the direction of the picture.
    var points: [Point]
    /// Where its text stands.
    var label: Box?
  }

  /// Where everything is; the origin is at the top left, and no box lies outside.
  struct Result {
    var size: Size
    /// As many as there are nodes.
    var boxes: [Box]
    /// As many as there are edges.
    var routes: [Route]
  }

  /// The least distances in pixels.
  struct Spacing {
    /// Between two boxes of a layer.
    var boxes: Int
    /// Between a box and an edge that passes.
    var edgeToBox: Int
    /// Between two edges that pass.
    var edges: Int
    /// Between two layers.
    var layers: Int

    /// Text runs across, so boxes need less room between them when they stand in columns.
    static func of(_ direction: Direction) -> Spacing {
      switch direction {
      case .down: Spacing(boxes: 36, edgeToBox: 24, edges: 18, layers: 36)
      case .right: Spacing(boxes: 20, edgeToBox: 16, edges: 14, layers: 48)
      }
    }
  }

  private let nodes: [Node]
  private let edges: [Edge]
  private let direction: Direction

  init(nodes: [Node], edges: [Edge], direction: Direction) {
    self.nodes = nodes
    self.edges = edges
    self.direction = direction
  }

  func result() -> Result {
    guard direction == .right else { return Self.down(nodes, edges, .of(.down)) }
    // Across and down change places, there and back.
    let turned = Self.down(
      nodes.map { Node(size: $0.size.transposed, stage: $0.stage) },
      edges.map { Edge(from: $0.from, to: $0.to, label: $0.label?.transposed) }, .of(.right))
    return Result(
      size: turned.size.transposed, boxes: turned.boxes.map(\.transposed),
      routes: turned.routes.map { Route(points: $0.points.map(\.transposed), label: $0.label?.transposed) })
  }

  private static func down(_ nodes: [Node], _ edges: [Edge], _ spacing: Spacing) -> Result {
    let cycles = CycleRemoval(nodes, edges)
    let layers = layerNumbers(of: nodes, edges, cycles)
    var graph = LayerGraph(nodes: nodes, edges: edges, isReversed: cycles.isReversed, layers: layers, spacing: spacing)
    graph.reduceCrossings()
    return graph.placed()
  }
}
