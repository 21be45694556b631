/// The way of an edge from a box to itself, on its right side.
struct SelfLoop {
  private static let reach = 20
  private static let gap = 6

  /// What the loops of a box need beside it.
  static func extent(of node: Int, in edges: [LayeredLayout.Edge]) -> Int {
    edges.reduce(0) { $1.from == node && $1.to == node ? $0 + extent(of: $1) : $0 }
  }

  /// The height of the highest text of the loops of a box.
  static func height(of node: Int, in edges: [LayeredLayout.Edge]) -> Int {
    edges.reduce(0) { $1.from == node && $1.to == node ? max($0, $1.label?.height ?? 0) : $0 }
  }

  private static func extent(of edge: LayeredLayout.Edge) -> Int {
    reach + gap + (edge.label.map { $0.width + gap } ?? 0)
  }

  /// The route of one loop; `nested` are those of the same box that lie further in.
  static func route(of edge: LayeredLayout.Edge, at box: Box, nested: [LayeredLayout.Edge]) -> LayeredLayout.Route {
    let far = nested.reduce(box.right) { $0 + extent(of: $1) } + reach
    let middle = box.middle.y
    let rise = max(0, min(10 + 6 * nested.count, box.size.height / 2 - 1))
    // Text that is higher than the box begins with it, and the layer makes room below.
    let label = edge.label.map {
      Box(origin: Point(x: far + gap, y: max(box.top, middle - $0.height / 2)), size: $0)
    }
    let points = [
      Point(x: box.right, y: middle + rise), Point(x: far, y: middle + rise), Point(x: far, y: middle - rise),
      Point(x: box.right, y: middle - rise),
    ]
    return LayeredLayout.Route(points: points, label: label)
  }
}
