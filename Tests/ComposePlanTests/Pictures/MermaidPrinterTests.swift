import ComposeTestSupport
import Testing

@testable import ComposePlan

@Suite struct MermaidPrinterTests {
  /// What Mermaid would not take for text is written as one of its entities.
  @Test(arguments: [
    ("plain text, 3 attempts", "plain text, 3 attempts"),
    ("say \"hi\"", "say #34;hi#34;"),
    ("#quot;", "#35;quot#59;"),
    ("<b>&amp;", "#60;b#62;#38;amp#59;"),
    ("`code`", "#96;code#96;"),
    ("job_name _it_", "job_name #95;it#95;"),
    ("*x* ~y~", "#42;x#42; #126;y#126;"),
    ("a[0] {b} |c|", "a#91;0#93; #123;b#125; #124;c#124;"),
    ("1. one", "1#46; one"),
    ("2) two, 1.5", "2#41; two, 1.5"),
    ("- dash", "#45; dash"),
    ("a-b --> c", "a-b #45;#45;#62; c"),
    ("https://example.com:80/x", "https#58;//example.com:80/x"),
    ("www.example.com", "www#46;example.com"),
    ("a@example.com", "a#64;example.com"),
    ("style a:b", "style a#58;b"),
    ("two\nlines\tand  blanks", "two lines and blanks"),
    ("\u{1B}[0m", "␛#91;0m"),
    ("한국어 日本語", "한국어 日本語"),
    ("${x} 100%", "#36;#123;x#125; 100#37;"),
  ])
  func text(_ text: String, _ expected: String) {
    #expect(mermaidText(text) == expected)
  }

  /// Labels are the only texts between quotes, so a quote inside of one would end it.
  @Test(arguments: GraphFixture.all)
  func quotesArePaired(_ fixture: Fixture) throws {
    for line in MermaidPrinter(try GraphFixture.graph(fixture)).print().split(separator: "\n") {
      #expect([0, 2].contains(line.count { $0 == "\"" }), "\(line)")
    }
  }

  /// Mermaid numbers edges in the order in which they stand.
  @Test func edgesAreStyledByNumber() {
    let nodes = ["a", "b"].map { PlanGraph.Node(id: $0, title: $0) }
    let kinds: [PlanGraph.Edge.Kind] = [.dependency, .failure, .route, .failure]
    let edges = [PlanGraph.Edge(from: "a", to: "gone")] + kinds.map { PlanGraph.Edge(from: "a", to: "b", kind: $0) }
    let level = PlanGraph.Level(nodes: nodes, edges: edges)
    let graph = PlanGraph(title: "", groups: [PlanGraph.Group(title: "", level: level)])
    let lines = MermaidPrinter(graph).print().split(separator: "\n")
    let expected = ["default stroke:#818b98", "1,3 stroke:#cf222e", "2 stroke:#8250df"].map { "  linkStyle " + $0 }
    #expect(lines.filter { $0.contains("linkStyle") }.map(String.init) == expected)
  }

  @Test func identifiersAreUnlike() {
    var identifiers = PictureIdentifiers()
    let names = ["end", "a-b", "a_b", "a b", "한", "글", "", "a_b_2"].map { identifiers.identifier(for: $0, prefix: "j") }
    #expect(names == ["j_end", "j_a_b", "j_a_b_2", "j_a_b_3", "j__", "j___2", "j_", "j_a_b_2_2"])
  }
}
