import ComposeBasic

/// Draws a graph as a picture that needs nothing else: no script, no font and no file beside it (SVG 1.1).
///
/// It follows the reader's choice of light or dark, has a tooltip on each box and each arrow, and can be read by a
/// screen reader. Equal graphs give equal bytes.
struct SVGPrinter {
  /// Where a picture is shown.
  enum Place {
    /// In a file of its own, which brings its style sheet.
    case file
    /// Inside a page, whose style sheet gives the colours. Without one the picture is drawn in the colour of text.
    case page
  }

  private static let margin = 24
  private static let gap = 32

  private let graph: PlanGraph
  private let place: Place
  private var lines: [String] = []

  init(_ graph: PlanGraph, for place: Place = .file) {
    self.graph = graph
    self.place = place
  }

  /// The picture as an XML document.
  func print() -> String {
    var printer = self
    printer.draw()
    let picture = printer.lines.joined(separator: "\n") + "\n"
    // Without a style sheet everything is outlined but texts. Only elements begin like this: texts are escaped.
    return place == .file ? picture : picture.replacing("<text ", with: #"<text fill="currentColor" stroke="none" "#)
  }

  private mutating func draw() {
    let frames = FrameArrangement(graph)
    // A page has a heading of its own.
    let top = place == .file ? Self.margin + 38 : Self.margin
    let legend = SVGLegend(graph, width: max(frames.size.width, 640))
    let heading = TextMetrics.heading.shortened(pictureText(graph.title), to: 900)
    let headingWidth = place == .file ? TextMetrics.heading.width(of: heading) : 0
    let width = max(frames.size.width, legend.size.width, headingWidth, 240)
    let legendTop = top + frames.size.height + Self.gap
    let bottom = legend.isEmpty ? top + frames.size.height : legendTop + legend.size.height
    let size = Size(width: width + 2 * Self.margin, height: bottom + Self.margin)

    open(size)
    if place == .file { lines.append(text(heading, at: Point(x: Self.margin, y: Self.margin + 16), class: "heading")) }
    // Pictures that are narrower than their heading or legend stand in the middle.
    let left = Self.margin + (width - frames.size.width) / 2
    for (group, frame) in zip(graph.groups, frames.frames) {
      draw(group, frame, at: Point(x: left, y: top) + frame.box.origin)
    }
    lines += legend.elements(at: Point(x: Self.margin, y: legendTop))
    lines.append("</svg>")
  }

  private mutating func open(_ size: Size) {
    let extent = #"viewBox="0 0 \#(size.width) \#(size.height)" width="\#(size.width)" height="\#(size.height)""#
    guard place == .file else {
      // An image has no parts for a screen reader, a group has.
      let look = #"fill="none" stroke="currentColor" font-family="system-ui, sans-serif" font-size="12""#
      lines.append(#"<svg xmlns="http://www.w3.org/2000/svg" class="workflow-graph" \#(extent) role="group" \#(look)>"#)
      lines.append("<title>\(xmlText(pictureText(graph.title)))</title>")
      lines.append("<desc>\(xmlText(PictureDescription(graph).text))</desc>")
      return
    }
    lines.append(#"<?xml version="1.0" encoding="UTF-8"?>"#)
    lines.append(#"<svg xmlns="http://www.w3.org/2000/svg" \#(extent) role="img" aria-labelledby="title desc">"#)
    lines.append(#"<title id="title">\#(xmlText(pictureText(graph.title)))</title>"#)
    lines.append(#"<desc id="desc">\#(xmlText(PictureDescription(graph).text))</desc>"#)
    lines.append("<style>\n\(SVGStyle.sheet)\n</style>")
    lines.append(#"<rect class="page" width="\#(size.width)" height="\#(size.height)"/>"#)
  }

  private mutating func draw(_ group: PlanGraph.Group, _ frame: FrameArrangement.Frame, at origin: Point) {
    lines.append(#"<g class="workflow">"#)
    if frame.hasBorder {
      lines.append(SVGShapes.rectangle(Box(origin: origin, size: frame.box.size), radius: 10, class: "frame"))
      lines.append(text(frame.title, at: origin + Point(x: 16, y: 26), class: "name"))
    }
    draw(frame.level, at: origin + frame.levelOrigin)
    lines.append("</g>")
  }

  // MARK: One level

  private mutating func draw(_ level: PictureLevel, at origin: Point) {
    // What is highlighted lies on top of what is not.
    let order = level.arrows.filter { !$0.edge.isCritical } + level.arrows.filter(\.edge.isCritical)
    for arrow in order { lines.append(SVGShapes.line(of: arrow, level.direction, at: origin)) }
    for item in level.items { draw(item, at: origin) }
    for arrow in order { lines += SVGShapes.label(of: arrow, at: origin) }
  }

  private mutating func draw(_ item: PictureLevel.Item, at origin: Point) {
    let box = item.box.moved(by: origin)
    let classes = ["node", item.node.shape.rawValue] + (item.node.isCritical ? ["critical"] : [])
    let job = item.node.job.map { " data-job=\(xmlAttribute($0))" } ?? ""
    let role = place == .page ? #" role="img""# : ""
    let names = #"class="\#(classes.joined(separator: " "))" data-id=\#(xmlAttribute(item.node.id))"#
    lines.append("<g \(names)\(job)\(role)>")
    lines.append("<title>\(xmlText(item.text.tooltip))</title>")
    lines.append(SVGShapes.outline(of: item.node.shape, box))
    let left = box.left + item.text.margin
    var y = box.top + NodeText.padding
    lines.append(text(item.text.title, at: Point(x: left, y: y + 15), class: "name"))
    if item.text.badgeWidth > 0 { drawBadge(item, rightOf: box.right - item.text.margin + 6, y: y + 1) }
    y += NodeText.titleHeight
    for line in item.text.lines {
      lines.append(text(line, at: Point(x: left, y: y + 12), class: "line"))
      y += NodeText.lineHeight
    }
    lines.append("</g>")
    guard !item.body.items.isEmpty else { return }
    lines.append(#"<g class="body">"#)
    draw(item.body, at: box.origin + item.bodyOrigin)
    lines.append("</g>")
  }

  private mutating func drawBadge(_ item: PictureLevel.Item, rightOf right: Int, y: Int) {
    let width = item.text.badgeWidth
    let box = Box(origin: Point(x: right - width, y: y), size: Size(width: width, height: 17))
    lines.append(SVGShapes.rectangle(box, radius: 8, class: "badge-box"))
    lines.append(text(NodeText.badge, at: Point(x: box.left + 6, y: y + 12), class: "badge"))
  }

  private func text(_ text: String, at point: Point, class name: String) -> String {
    #"<text class="\#(name)" x="\#(point.x)" y="\#(point.y)">\#(xmlText(text))</text>"#
  }
}
