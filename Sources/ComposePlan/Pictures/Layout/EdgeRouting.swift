extension LayerGraph {
  /// Gives boxes and edges their coordinates.
  ///
  /// Edges are straight where they pass a layer, at places that were kept free for them, and bend between the layers,
  /// where no box is. So no edge runs through a box.
  func placed() -> LayeredLayout.Result {
    let middles = straightened(middles())
    let rows = rows(middles)
    let boxes = nodes.indices.map { index in
      let size = nodes[index].size
      return Box(
        origin: Point(x: middles[index] - size.width / 2, y: rows[vertices[index].layer].lowerBound), size: size)
    }
    let ports = PortOffsets(self, middles)
    let routes = edges.indices.map { index in
      chains[index].isEmpty
        ? selfLoop(index, boxes) : route(index, boxes, middles, rows, offsets: ports.offsets(of: index))
    }
    let right = vertices.indices.map { middles[$0] + vertices[$0].width / 2 }.max() ?? 0
    return LayeredLayout.Result(
      size: Size(width: right, height: rows.last?.upperBound ?? 0), boxes: boxes, routes: routes)
  }

  /// The top and the bottom of each layer. Layers whose edges go far to the side are further apart, so that the
  /// curves stay steep enough to be followed.
  private func rows(_ middles: [Int]) -> [ClosedRange<Int>] {
    var rows: [ClosedRange<Int>] = []
    var top = 0
    for layer in layers {
      let height = layer.map { vertices[$0].height }.max() ?? 0
      rows.append(top...(top + height))
      let reach =
        layer.flatMap { vertex in
          vertices[vertex].below.map { abs(middles[$0] - middles[vertex]) }
        }.max() ?? 0
      let hasText = layer.contains { vertices[$0].occupant == .label }
      top += height + (hasText ? spacing.layers - 10 : spacing.layers) + min(54, reach / 10)
    }
    return rows
  }

  private func selfLoop(_ index: Int, _ boxes: [Box]) -> LayeredLayout.Route {
    let edge = edges[index]
    let nested = edges[..<index].filter { $0.from == edge.from && $0.to == edge.to }
    return SelfLoop.route(of: edge, at: boxes[edge.from], nested: nested)
  }

  private func route(
    _ index: Int, _ boxes: [Box], _ middles: [Int], _ rows: [ClosedRange<Int>], offsets: (upper: Int, lower: Int)
  ) -> LayeredLayout.Route {
    let chain = chains[index]
    var points: [Point] = []
    var label: Box?
    for (place, vertex) in chain.enumerated() {
      let row = rows[vertices[vertex].layer]
      switch place {
      case 0:
        let x = middles[vertex] + offsets.upper
        points += [Point(x: x, y: boxes[vertex].bottom), Point(x: x, y: row.upperBound)]
      case chain.count - 1:
        points.append(Point(x: middles[vertex] + offsets.lower, y: row.lowerBound))
      default:
        let x = middles[vertex]
        points += [Point(x: x, y: row.lowerBound), Point(x: x, y: row.upperBound)]
        if vertices[vertex].occupant == .label, let size = edges[index].label {
          let top = (row.lowerBound + row.upperBound - size.height) / 2
          label = Box(origin: Point(x: x - size.width / 2, y: top), size: size)
        }
      }
    }
    let shown = withoutNeedless(points)
    return LayeredLayout.Route(points: isReversed[index] ? shown.reversed() : shown, label: label)
  }

  /// Without points that stand twice or in the middle of a vertical line.
  private func withoutNeedless(_ points: [Point]) -> [Point] {
    var kept: [Point] = []
    for point in points where point != kept.last {
      if kept.count > 1, kept[kept.count - 1].x == point.x, kept[kept.count - 2].x == point.x { kept.removeLast() }
      kept.append(point)
    }
    return kept
  }
}
