import Testing

@testable import ComposePlan

@Suite struct DOTPrinterTests {
  private func lines(_ nodes: [PlanGraph.Node], _ edges: [PlanGraph.Edge] = [], title: String = "t") -> [String] {
    let level = PlanGraph.Level(nodes: nodes, edges: edges)
    let graph = PlanGraph(title: title, groups: [PlanGraph.Group(title: "", level: level)])
    return DOTPrinter(graph).print().split(separator: "\n").map(String.init)
  }

  /// Graphviz knows `\"` in quoted texts, and takes other letters behind a backslash for its own escapes.
  @Test func textsAreQuoted() {
    #expect(lines([], title: #"a "b" \N"# + "\n;").first == #"digraph "a \"b\" \\N ;" {"#)
  }

  @Test func markupIsEscaped() throws {
    let node = PlanGraph.Node(id: "x", title: "<a> & \"b\"", lines: ["]]>"])
    let line = try #require(lines([node]).first { $0.contains("j_x") })
    #expect(line.contains("label=<<b>&lt;a&gt; &amp; \"b\"</b><br/>]]&gt;>"))
  }

  /// Edges join nodes, so an edge of a container ends at a node inside and is cut at the container's border.
  @Test func edgesOfContainersEndAtTheirBorder() {
    let inside = PlanGraph.Level(nodes: ["p", "q"].map { PlanGraph.Node(id: $0, title: $0) })
    let nodes = [
      PlanGraph.Node(id: "a", title: "a"),
      PlanGraph.Node(id: "b", title: "b", shape: .container, body: inside),
      PlanGraph.Node(id: "c", title: "c"),
    ]
    let edges = [PlanGraph.Edge(from: "a", to: "b"), PlanGraph.Edge(from: "b", to: "c")]
    let found = lines(nodes, edges).filter { $0.contains("->") }
    #expect(found == ["  j_a -> j_p [lhead=cluster_j_b]", "  j_q -> j_c [ltail=cluster_j_b]"])
  }
}
