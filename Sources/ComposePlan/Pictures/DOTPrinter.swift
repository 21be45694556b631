import ComposeBasic

/// Writes a graph in the language of Graphviz (graphviz.org/doc/info/lang.html).
struct DOTPrinter {
  private let graph: PlanGraph
  private var lines: [String] = []
  private var identifiers = PictureIdentifiers()

  init(_ graph: PlanGraph) { self.graph = graph }

  func print() -> String {
    var printer = self
    printer.printGraph()
    return printer.lines.joined(separator: "\n") + "\n"
  }

  private mutating func printGraph() {
    lines += [
      "digraph \(quoted(graph.title)) {",
      ##"  graph [compound=true, rankdir=TB, bgcolor="#ffffff", fontname="Helvetica", fontsize=12, nodesep=0.35,"##
        + " ranksep=0.5, labelloc=t, label=\(quoted(graph.title))]",
      ##"  node [fontname="Helvetica", fontsize=11, style="filled,rounded", shape=box, color="#818b98","##
        + ##" fillcolor="#ffffff", fontcolor="#1f2328"]"##,
      ##"  edge [fontname="Helvetica", fontsize=10, color="#818b98", fontcolor="#59636e"]"##,
    ]
    for group in graph.groups {
      guard graph.groups.count > 1 else {
        printLevel(group.level, depth: 1)
        continue
      }
      let identifier = identifiers.identifier(for: group.title, prefix: "w")
      lines.append("  subgraph cluster_\(identifier) {")
      lines.append("    graph [label=\(quoted(group.title)), style=rounded, color=\"#818b98\"]")
      printLevel(group.level, depth: 2)
      lines.append("  }")
    }
    lines.append("}")
  }

  // MARK: One level

  /// Where edges of a node begin and end: a cluster has none, so a node inside of it stands in.
  private struct Anchor {
    var first: String
    var last: String
    var cluster: String?
  }

  @discardableResult
  private mutating func printLevel(_ level: PlanGraph.Level, depth: Int) -> [Anchor] {
    let indent = String(repeating: "  ", count: depth)
    var anchors: [Anchor] = []
    var known: [String: Anchor] = [:]
    for node in level.nodes {
      let anchor = print(node, indent, depth)
      anchors.append(anchor)
      if known[node.id] == nil { known[node.id] = anchor }
    }
    for edge in level.edges {
      guard let from = known[edge.from], let to = known[edge.to] else { continue }
      lines.append("\(indent)\(from.last) -> \(to.first)\(attributes(of: edge, from, to))")
    }
    return anchors
  }

  private mutating func print(_ node: PlanGraph.Node, _ indent: String, _ depth: Int) -> Anchor {
    let identifier = identifiers.identifier(for: node.id, prefix: "j")
    guard !node.body.nodes.isEmpty else {
      lines.append("\(indent)\(identifier) [\(attributes(of: node))]")
      return Anchor(first: identifier, last: identifier)
    }
    lines.append("\(indent)subgraph cluster_\(identifier) {")
    lines.append("\(indent)  graph [\(attributes(of: node))]")
    let anchors = printLevel(node.body, depth: depth + 1)
    lines.append("\(indent)}")
    let first = anchors.first?.first ?? identifier
    return Anchor(first: first, last: anchors.last?.last ?? first, cluster: "cluster_\(identifier)")
  }

  // MARK: Attributes

  private func attributes(of node: PlanGraph.Node) -> String {
    let isCluster = !node.body.nodes.isEmpty
    let look =
      switch node.shape {
      case .step: ""
      case .choice: ##", shape=hexagon, style=filled, fillcolor="#fbefff", color="#8250df""##
      case .wait: ##", fillcolor="#fff8c5", color="#9a6700""##
      case .container where isCluster: ##", style="filled,rounded", fillcolor="#f6f8fa", color="#818b98""##
      case .container: ##", peripheries=2, fillcolor="#f6f8fa""##
      case .start: ##", fillcolor="#ddf4ff", color="#0969da""##
      case .end: ##", fillcolor="#dafbe1", color="#1a7f37""##
      }
    let critical = node.isCritical ? ##", color="#d1570a", penwidth=2.5"## : ""
    let tooltip = [node.title, node.tooltip ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    return "label=\(label(of: node)), tooltip=\(quoted(tooltip))\(look)\(critical)"
  }

  /// An HTML-like label, in which markup is escaped as in XML.
  private func label(of node: PlanGraph.Node) -> String {
    let title = pictureText(node.title) + (node.isStreaming ? " · stream" : "")
    // Graphviz refuses empty markup.
    let bold = title.isEmpty ? "" : "<b>\(xmlText(title))</b>"
    let lines = node.lines.map { "<br/>\(xmlText(pictureText($0)))" }
    return "<\(bold)\(lines.joined())>"
  }

  private func attributes(of edge: PlanGraph.Edge, _ from: Anchor, _ to: Anchor) -> String {
    var attributes: [String] = []
    if let label = edge.label { attributes.append("label=\(quoted(label))") }
    switch edge.kind {
    case .dependency: break
    case .anyOf: attributes.append("style=dashed")
    case .route: attributes.append(##"color="#8250df", fontcolor="#8250df""##)
    case .failure: attributes.append(##"style=dashed, color="#cf222e", fontcolor="#cf222e""##)
    }
    // A list of colours draws lines side by side.
    if edge.isStreaming { attributes.append(##"color="#0b7a8f:#0b7a8f""##) }
    if edge.isCritical { attributes.append(##"color="#d1570a", penwidth=2.5"##) }
    if from.cluster != to.cluster {
      if let cluster = from.cluster { attributes.append("ltail=\(cluster)") }
      if let cluster = to.cluster { attributes.append("lhead=\(cluster)") }
    }
    return attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
  }

  /// A quoted string; backslashes are doubled, because Graphviz has escapes such as `\N` in texts.
  private func quoted(_ text: String) -> String {
    let escaped = pictureText(text).map { character in
      character == "\\" ? "\\\\" : character == "\"" ? "\\\"" : String(character)
    }
    return "\"\(escaped.joined())\""
  }
}
