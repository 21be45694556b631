/// Places workflows side by side as far as a screen is wide, then below.
struct FrameArrangement {
  /// A workflow with its place.
  struct Frame {
    var title: String
    var level: PictureLevel
    /// A single workflow needs no frame.
    var hasBorder: Bool
    var box: Box
    /// Where the level begins inside of the box.
    var levelOrigin: Point
  }

  private static let screen = 1400
  private static let gap = 28
  private static let padding = 20

  private(set) var frames: [Frame]
  private(set) var size = Size.zero

  init(_ graph: PlanGraph) {
    let hasBorder = graph.groups.count > 1
    frames = graph.groups.map { Self.frame(of: $0, hasBorder: hasBorder) }
    let width = max(Self.screen, frames.map(\.box.size.width).max() ?? 0)
    var corner = Point.zero
    var rowHeight = 0
    for index in frames.indices {
      let extent = frames[index].box.size
      if corner.x > 0, corner.x + extent.width > width {
        corner = Point(x: 0, y: corner.y + rowHeight + Self.gap)
        rowHeight = 0
      }
      frames[index].box.origin = corner
      corner.x += extent.width + Self.gap
      rowHeight = max(rowHeight, extent.height)
      size = Size(width: max(size.width, corner.x - Self.gap), height: corner.y + rowHeight)
    }
  }

  private static func frame(of group: PlanGraph.Group, hasBorder: Bool) -> Frame {
    let level = PictureLevel.fitting(group.level)
    let title = TextMetrics.title.shortened(pictureText(group.title), to: 600)
    guard hasBorder else {
      return Frame(
        title: title, level: level, hasBorder: false, box: Box(origin: .zero, size: level.size), levelOrigin: .zero)
    }
    let inside = max(level.size.width, TextMetrics.title.width(of: title))
    let origin = Point(x: padding + (inside - level.size.width) / 2, y: padding + 24)
    let size = Size(width: inside + 2 * padding, height: origin.y + level.size.height + padding)
    return Frame(title: title, level: level, hasBorder: true, box: Box(origin: .zero, size: size), levelOrigin: origin)
  }
}
