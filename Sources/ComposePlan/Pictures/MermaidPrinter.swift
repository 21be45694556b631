/// Writes a graph as a flowchart of Mermaid, which GitHub, GitLab and many editors draw inside of Markdown.
struct MermaidPrinter {
  private let graph: PlanGraph
  private var lines: [String] = []
  private var identifiers = PictureIdentifiers()
  /// The nodes of each class.
  private var members: [String: [String]] = [:]
  private var edgeCount = 0
  /// The numbers of edges of each look; Mermaid counts edges from 0.
  private var styled: [EdgeStyle: [Int]] = [:]

  init(_ graph: PlanGraph) { self.graph = graph }

  /// The diagram without a Markdown fence.
  func print() -> String {
    var printer = self
    printer.printGraph()
    return printer.lines.joined(separator: "\n") + "\n"
  }

  private mutating func printGraph() {
    // Room for a request's line, and for the titles of subgraphs, which Mermaid gives none by itself.
    lines += ["---", "config:", "  flowchart:", "    wrappingWidth: 360", "    subGraphTitleMargin:"]
    lines += ["      top: 4", "      bottom: 12", "---"]
    lines += ["flowchart TD", "  accTitle: \(statementText(graph.title))"]
    lines.append("  accDescr: \(statementText(PictureDescription(graph).text))")
    for group in graph.groups {
      guard graph.groups.count > 1 else {
        printLevel(group.level, depth: 1)
        continue
      }
      let identifier = identifiers.identifier(for: group.title, prefix: "w")
      lines.append("  subgraph \(identifier)[\"\(mermaidText(group.title))\"]")
      lines.append("    direction TB")
      printLevel(group.level, depth: 2)
      lines.append("  end")
      members["workflow", default: []].append(identifier)
    }
    printStyles()
  }

  // MARK: One level

  private mutating func printLevel(_ level: PlanGraph.Level, depth: Int) {
    let indent = String(repeating: "  ", count: depth)
    var known: [String: String] = [:]
    for node in level.nodes {
      let identifier = identifiers.identifier(for: node.id, prefix: "j")
      if known[node.id] == nil { known[node.id] = identifier }
      members[node.shape.rawValue, default: []].append(identifier)
      if node.isCritical { members["critical", default: []].append(identifier) }
      if node.body.nodes.isEmpty {
        lines.append(indent + identifier + outline(of: node))
      } else {
        lines.append("\(indent)subgraph \(identifier)[\"\(label(of: node, separator: " · "))\"]")
        lines.append("\(indent)  direction TB")
        printLevel(node.body, depth: depth + 1)
        lines.append("\(indent)end")
      }
    }
    for edge in level.edges {
      guard let from = known[edge.from], let to = known[edge.to] else { continue }
      printEdge(edge, from, to, indent)
    }
  }

  /// The titles of subgraphs have room for one line only.
  private func label(of node: PlanGraph.Node, separator: String = "<br/>") -> String {
    let title = "<b>\(mermaidText(node.title))</b>" + (node.isStreaming ? " · stream" : "")
    return ([title] + node.lines.map(mermaidText)).joined(separator: separator)
  }

  private func outline(of node: PlanGraph.Node) -> String {
    let label = label(of: node)
    return switch node.shape {
    case .step: "[\"\(label)\"]"
    case .choice: "{{\"\(label)\"}}"
    case .wait: "(\"\(label)\")"
    case .container: "[[\"\(label)\"]]"
    case .start, .end: "([\"\(label)\"])"
    }
  }

  private mutating func printEdge(_ edge: PlanGraph.Edge, _ from: String, _ to: String, _ indent: String) {
    let arrow =
      switch edge.kind {
      case .dependency, .route: edge.isStreaming || edge.isCritical ? "==>" : "-->"
      case .anyOf, .failure: "-.->"
      }
    let words = (edge.label.map { [mermaidText($0)] } ?? []) + (edge.isStreaming ? ["stream"] : [])
    let label = words.filter { !$0.isEmpty }.joined(separator: " · ")
    lines.append("\(indent)\(from) \(arrow)\(label.isEmpty ? "" : "|\"\(label)\"|") \(to)")
    if let style = EdgeStyle(edge) { styled[style, default: []].append(edgeCount) }
    edgeCount += 1
  }

  // MARK: Styles

  /// What is told by colour, strongest first.
  private enum EdgeStyle: String, CaseIterable {
    case critical = "stroke:#d1570a,stroke-width:3px"
    case failure = "stroke:#cf222e"
    case route = "stroke:#8250df"
    case stream = "stroke:#0b7a8f"

    init?(_ edge: PlanGraph.Edge) {
      if edge.isCritical {
        self = .critical
      } else if edge.kind == .failure {
        self = .failure
      } else if edge.kind == .route {
        self = .route
      } else if edge.isStreaming {
        self = .stream
      } else {
        return nil
      }
    }
  }

  /// Insides and texts have colours of their own, so that they can be read on light and on dark pages.
  private static let classes: [(name: String, style: String)] = [
    ("step", "fill:#ffffff,stroke:#818b98,color:#1f2328"),
    ("choice", "fill:#fbefff,stroke:#8250df,color:#1f2328"),
    ("wait", "fill:#fff8c5,stroke:#9a6700,color:#1f2328"),
    ("container", "fill:#f6f8fa,stroke:#818b98,color:#1f2328"),
    ("start", "fill:#ddf4ff,stroke:#0969da,color:#1f2328"),
    ("end", "fill:#dafbe1,stroke:#1a7f37,color:#1f2328"),
    ("workflow", "fill:none,stroke:#818b98"),
    ("critical", "stroke:#d1570a,stroke-width:3px"),
  ]

  private mutating func printStyles() {
    for (name, style) in Self.classes {
      guard let nodes = members[name] else { continue }
      // The suffix keeps a class from being a word of the notation.
      lines.append("  classDef \(name)Node \(style)")
      lines.append("  class \(nodes.joined(separator: ",")) \(name)Node")
    }
    // Light enough for dark pages and dark enough for light ones.
    if edgeCount > 0 { lines.append("  linkStyle default stroke:#818b98") }
    for style in EdgeStyle.allCases {
      guard let numbers = styled[style] else { continue }
      lines.append("  linkStyle \(numbers.map(String.init).joined(separator: ",")) \(style.rawValue)")
    }
  }

  /// Text of a statement, which ends with the line, or at a semicolon or a number sign.
  private func statementText(_ text: String) -> String {
    String(pictureText(text).map { "#;{}%<>\"".contains($0) ? " " : $0 })
  }
}
