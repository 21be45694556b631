/// One level of a graph with everything measured and placed.
struct PictureLevel {
  /// A node with its place inside the level.
  struct Item {
    var node: PlanGraph.Node
    var text: NodeText
    var box: Box
    /// The jobs inside, with their own origin.
    var body: PictureLevel
    var bodyOrigin: Point
  }

  /// An edge with its way inside the level.
  struct Arrow {
    var edge: PlanGraph.Edge
    var label: String?
    var route: LayeredLayout.Route
    /// The jobs at its ends, as events name them.
    var fromJob: String?
    var toJob: String?
  }

  var size: Size
  var items: [Item]
  var arrows: [Arrow]
  let direction: LayeredLayout.Direction

  /// Places what is inside of containers first, then the containers as boxes of that size.
  init(_ level: PlanGraph.Level, direction: LayeredLayout.Direction) {
    self.direction = direction
    items = level.nodes.map { node in
      let text = NodeText(node)
      let body = PictureLevel(node.body, direction: direction)
      let (size, bodyOrigin) = text.boxSize(with: body.size)
      return Item(node: node, text: text, box: Box(origin: .zero, size: size), body: body, bodyOrigin: bodyOrigin)
    }
    var indices: [String: Int] = [:]
    for (index, node) in level.nodes.enumerated() where indices[node.id] == nil { indices[node.id] = index }
    let known = level.edges.compactMap { edge in
      indices[edge.from].flatMap { from in indices[edge.to].map { (edge: edge, from: from, to: $0) } }
    }
    let labels = known.map { Self.label(of: $0.edge) }
    let result = LayeredLayout(
      nodes: zip(level.nodes, items).map { LayeredLayout.Node(size: $1.box.size, stage: $0.stage) },
      edges: zip(known, labels).map { LayeredLayout.Edge(from: $0.from, to: $0.to, label: $1.map(Self.size)) },
      direction: direction
    ).result()
    size = result.size
    for index in items.indices { items[index].box = result.boxes[index] }
    arrows = known.indices.map { index in
      Arrow(
        edge: known[index].edge, label: labels[index], route: result.routes[index],
        fromJob: level.nodes[known[index].from].job, toJob: level.nodes[known[index].to].job)
    }
  }

  /// The same level with arrows down or to the right, whichever is larger when the whole fits on a screen.
  static func fitting(_ level: PlanGraph.Level) -> PictureLevel {
    let down = PictureLevel(level, direction: .down)
    let right = PictureLevel(level, direction: .right)
    return right.scale * 100 > down.scale * 115 ? right : down
  }

  /// How much smaller a screen makes it; 1 is not at all.
  private var scale: Double {
    min(1, 1400 / Double(max(1, size.width)), 1000 / Double(max(1, size.height)))
  }

  private static func label(of edge: PlanGraph.Edge) -> String? {
    guard let label = edge.label.map(pictureText), !label.isEmpty else { return nil }
    return TextMetrics.label.shortened(label, to: 170)
  }

  private static func size(of label: String) -> Size {
    Size(width: TextMetrics.label.width(of: label) + 12, height: 18)
  }
}
