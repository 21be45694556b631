import ComposeBasic

/// Says what the lines and outlines of a picture mean; only those that occur and do not explain themselves.
struct SVGLegend {
  private enum Sample: Equatable {
    case edge(PlanGraph.Edge)
    case shape(PlanGraph.Node.Shape)
  }

  private struct Entry {
    let sample: Sample
    let text: String
    let origin: Point
  }

  private static let rowHeight = 24
  private static let sampleWidth = 36

  private var entries: [Entry] = []
  private(set) var size = Size.zero

  var isEmpty: Bool { entries.isEmpty }

  init(_ graph: PlanGraph, width: Int) {
    var found = Found()
    for group in graph.groups { found.add(group.level) }
    var corner = Point.zero
    for (sample, text) in found.samples {
      let extent = Self.sampleWidth + 8 + TextMetrics.line.width(of: text) + 24
      if corner.x > 0, corner.x + extent > width { corner = Point(x: 0, y: corner.y + Self.rowHeight) }
      entries.append(Entry(sample: sample, text: text, origin: corner))
      corner.x += extent
      size = Size(width: max(size.width, corner.x), height: corner.y + Self.rowHeight)
    }
  }

  /// The elements, with the legend's top left corner at the point.
  func elements(at origin: Point) -> [String] {
    if entries.isEmpty { return [] }
    let rows = entries.map { entry in
      let place = entry.origin + origin
      let y = place.y + 12
      let label = xmlText(entry.text)
      return sample(entry.sample, at: Point(x: place.x, y: y))
        + #"<text class="line" x="\#(place.x + Self.sampleWidth + 8)" y="\#(y + 4)">\#(label)</text>"#
    }
    return [#"<g class="legend">"#] + rows + ["</g>"]
  }

  private func sample(_ sample: Sample, at point: Point) -> String {
    switch sample {
    case .edge(let edge):
      let points = [point, Point(x: point.x + Self.sampleWidth, y: point.y)]
      let route = LayeredLayout.Route(points: points, label: nil)
      return SVGShapes.line(of: PictureLevel.Arrow(edge: edge, label: nil, route: route), .right, at: .zero)
    case .shape(let shape):
      let box = Box(origin: Point(x: point.x + 2, y: point.y - 8), size: Size(width: 32, height: 16))
      return #"<g class="node \#(shape.rawValue)">"# + SVGShapes.outline(of: shape, box) + "</g>"
    }
  }

  /// What occurs in a graph.
  private struct Found {
    private var shapes: Set<PlanGraph.Node.Shape> = []
    private var kinds: Set<PlanGraph.Edge.Kind> = []
    private var hasCritical = false
    private var hasStream = false

    mutating func add(_ level: PlanGraph.Level) {
      for node in level.nodes {
        shapes.insert(node.shape)
        hasCritical = hasCritical || node.isCritical
        add(node.body)
      }
      for edge in level.edges {
        kinds.insert(edge.kind)
        hasStream = hasStream || edge.isStreaming
      }
    }

    /// In an order of their own, most common first.
    var samples: [(Sample, String)] {
      var samples: [(Sample, String)] = []
      if hasCritical { samples.append((.edge(edge(isCritical: true)), "critical path")) }
      let names: [(PlanGraph.Edge.Kind, String)] = [
        (.anyOf, "needs one of several"), (.route, "decided at run time"), (.failure, "after an error"),
      ]
      for (kind, name) in names where kinds.contains(kind) { samples.append((.edge(edge(kind)), name)) }
      if hasStream { samples.append((.edge(edge(isStreaming: true)), "stream")) }
      let outlines: [(PlanGraph.Node.Shape, String)] = [(.choice, "decides"), (.wait, "waits")]
      for (shape, name) in outlines where shapes.contains(shape) { samples.append((.shape(shape), name)) }
      return samples
    }

    private func edge(
      _ kind: PlanGraph.Edge.Kind = .dependency, isCritical: Bool = false, isStreaming: Bool = false
    ) -> PlanGraph.Edge {
      PlanGraph.Edge(from: "this", to: "that", kind: kind, isCritical: isCritical, isStreaming: isStreaming)
    }
  }
}
