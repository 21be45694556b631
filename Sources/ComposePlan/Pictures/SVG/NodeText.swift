/// What stands in the box of a node, cut to a readable width.
struct NodeText {
  static let titleHeight = 20
  static let lineHeight = 17
  static let padding = 10
  /// The word in the corner of a node that streams.
  static let badge = "stream"
  private static let widest = 280

  let title: String
  let lines: [String]
  let badgeWidth: Int
  private let node: PlanGraph.Node

  init(_ node: PlanGraph.Node) {
    self.node = node
    let whole = [pictureText(node.title)] + node.lines.map(pictureText)
    let corner = node.isStreaming ? TextMetrics.label.width(of: Self.badge) + 12 : 0
    badgeWidth = corner
    let cut = whole.enumerated().map { index, text in
      (index == 0 ? TextMetrics.title : .line).shortened(text, to: Self.widest - (index == 0 ? corner : 0))
    }
    title = cut[0]
    lines = Array(cut.dropFirst())
  }

  /// What a tooltip shows and a screen reader says: all of the text, and what the node wants said.
  var tooltip: String {
    ([node.title] + node.lines + [node.tooltip].compactMap { $0 }).map(pictureText).joined(separator: "\n")
  }

  /// The height of title and lines together.
  var height: Int { Self.titleHeight + lines.count * Self.lineHeight }

  /// How far text stays away from the sides.
  var margin: Int {
    switch node.shape {
    case .choice: 24
    case .wait, .start, .end: 20
    case .step, .container: 14
    }
  }

  /// The size of a box that holds the text and, below it, a body; and where the body begins.
  func boxSize(with body: Size) -> (size: Size, bodyOrigin: Point) {
    let widths = [TextMetrics.title.width(of: title) + (badgeWidth > 0 ? badgeWidth + 8 : 0)]
    let widest = (widths + lines.map { TextMetrics.line.width(of: $0) }).max() ?? 0
    let least = node.shape == .start || node.shape == .end ? 80 : 120
    // Widths in steps of twenty make columns of like boxes.
    let width = (max(least, widest + 2 * margin) + 19) / 20 * 20
    let height = self.height + 2 * Self.padding
    guard body != .zero else { return (Size(width: width, height: height), .zero) }
    let inset = 18
    let outer = max(width, body.width + 2 * inset)
    let origin = Point(x: (outer - body.width) / 2, y: height + 8)
    return (Size(width: outer, height: origin.y + body.height + inset), origin)
  }
}
