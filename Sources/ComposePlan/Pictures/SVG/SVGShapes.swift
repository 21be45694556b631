import ComposeBasic

/// The elements of boxes and arrows.
enum SVGShapes {
  private static let headLength = 8
  private static let headWidth = 8

  // MARK: Boxes

  static func rectangle(_ box: Box, radius: Int, class name: String) -> String {
    #"<rect class="\#(name)" x="\#(box.left)" y="\#(box.top)" width="\#(box.size.width)" "#
      + #"height="\#(box.size.height)" rx="\#(radius)"/>"#
  }

  static func outline(of shape: PlanGraph.Node.Shape, _ box: Box) -> String {
    switch shape {
    case .step: return rectangle(box, radius: 8, class: "box")
    case .container: return rectangle(box, radius: 12, class: "box")
    case .wait, .start, .end: return rectangle(box, radius: min(20, box.size.height / 2), class: "box")
    case .choice:
      let inset = 14
      let path =
        "M\(box.left + inset) \(box.top)H\(box.right - inset)L\(box.right) \(box.middle.y)"
        + "L\(box.right - inset) \(box.bottom)H\(box.left + inset)L\(box.left) \(box.middle.y)Z"
      return #"<path class="box" d="\#(path)" stroke-linejoin="round"/>"#
    }
  }

  // MARK: Arrows

  /// The line of an arrow with its head; a stream's line is hollow.
  static func line(of arrow: PictureLevel.Arrow, _ direction: LayeredLayout.Direction, at origin: Point) -> String {
    let points = arrow.route.points.map { $0 + origin }
    let head = ArrowHead(points, direction)
    let isLoop = arrow.edge.from == arrow.edge.to
    let path = isLoop ? loop(points, direction) : path(points.dropLast() + [head.base], direction)
    var elements = "<g \(attributes(of: arrow))><title>\(xmlText(tooltip(of: arrow.edge)))</title>"
    elements += #"<path class="edge\#(arrow.edge.isStreaming ? " stream" : "")" d="\#(path)"/>"#
    if arrow.edge.isStreaming { elements += #"<path class="edge core" d="\#(path)"/>"# }
    return elements + #"<path class="head" d="\#(head.path)"/></g>"#
  }

  /// The text of an arrow, on a ground that hides the line behind it.
  static func label(of arrow: PictureLevel.Arrow, at origin: Point) -> [String] {
    guard let label = arrow.label, let box = arrow.route.label?.moved(by: origin) else { return [] }
    let place = #"x="\#(box.middle.x)" y="\#(box.middle.y + 4)" text-anchor="middle""#
    return [
      "<g \(attributes(of: arrow))>" + rectangle(box, radius: 8, class: "pill")
        + #"<text class="label" \#(place)>\#(xmlText(label))</text></g>"#
    ]
  }

  /// What style sheets and programs find it by.
  private static func attributes(of arrow: PictureLevel.Arrow) -> String {
    let from = arrow.fromJob.map { " data-from=\(xmlAttribute($0))" } ?? ""
    let to = arrow.toJob.map { " data-to=\(xmlAttribute($0))" } ?? ""
    return #"class="\#(classes(of: arrow.edge))""# + from + to
  }

  static func classes(of edge: PlanGraph.Edge) -> String {
    let marks = (edge.isStreaming ? ["flow"] : []) + (edge.isCritical ? ["critical"] : [])
    return (["arrow", name(of: edge.kind)] + marks).joined(separator: " ")
  }

  private static func name(of kind: PlanGraph.Edge.Kind) -> String {
    switch kind {
    case .dependency: "dependency"
    case .anyOf: "any-of"
    case .route: "route"
    case .failure: "failure"
    }
  }

  private static func tooltip(of edge: PlanGraph.Edge) -> String {
    let label = edge.label.map { ": " + pictureText($0) } ?? ""
    return "\(pictureText(edge.from)) → \(pictureText(edge.to))\(label)"
  }

  /// Straight lines, and a curve between two points that differ in both coordinates.
  private static func path(_ points: some Collection<Point>, _ direction: LayeredLayout.Direction) -> String {
    guard let first = points.first else { return "" }
    var path = "M\(first.x) \(first.y)"
    for (from, to) in zip(points, points.dropFirst()) {
      if from.x == to.x {
        path += "V\(to.y)"
      } else if from.y == to.y {
        path += "H\(to.x)"
      } else if direction == .down {
        let middle = (from.y + to.y) / 2
        path += "C\(from.x) \(middle) \(to.x) \(middle) \(to.x) \(to.y)"
      } else {
        let middle = (from.x + to.x) / 2
        path += "C\(middle) \(from.y) \(middle) \(to.y) \(to.x) \(to.y)"
      }
    }
    return path
  }

  /// One curve through the four corners of a loop; its belly is three quarters of the way to its control points.
  private static func loop(_ corners: [Point], _ direction: LayeredLayout.Direction) -> String {
    guard corners.count == 4 else { return path(corners, direction) }
    let (start, end) = (corners[0], corners[3])
    let reach = Point(x: (corners[1].x - start.x) * 4 / 3, y: (corners[1].y - start.y) * 4 / 3)
    let (first, second) = (start + reach, end + reach)
    return "M\(start.x) \(start.y)C\(first.x) \(first.y) \(second.x) \(second.y) \(end.x) \(end.y)"
  }

  /// The triangle at the end of an arrow.
  private struct ArrowHead {
    /// Where the line ends, inside the triangle.
    let base: Point
    let path: String

    init(_ points: [Point], _ direction: LayeredLayout.Direction) {
      guard let tip = points.last, points.count > 1 else {
        (base, path) = (.zero, "")
        return
      }
      let before = points[points.count - 2]
      let half = headWidth / 2
      // A curve arrives along the direction of the picture.
      let isVertical = before.x == tip.x || before.y != tip.y && direction == .down
      let sign = isVertical ? (before.y < tip.y ? 1 : -1) : (before.x < tip.x ? 1 : -1)
      let foot = isVertical ? tip.y - sign * headLength : tip.x - sign * headLength
      base = isVertical ? Point(x: tip.x, y: foot + sign * 2) : Point(x: foot + sign * 2, y: tip.y)
      path =
        isVertical
        ? "M\(tip.x) \(tip.y)L\(tip.x - half) \(foot)H\(tip.x + half)Z"
        : "M\(tip.x) \(tip.y)L\(foot) \(tip.y - half)V\(tip.y + half)Z"
    }
  }
}
