import ComposeTestSupport
import Testing

@testable import ComposePlan

/// What holds for every drawn picture.
@Suite struct SVGPrinterTests {
  /// A picture inside a page has none.
  private let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  @Test(arguments: GraphFixture.all)
  func isWellFormed(_ fixture: Fixture) throws {
    let picture = try PictureElement.read(SVGPrinter(try GraphFixture.graph(fixture)).print())
    #expect(picture.name == "svg")
    #expect(picture.attributes["role"] == "img")
    #expect(picture.children.prefix(2).map(\.name) == ["title", "desc"])
  }

  /// A picture is shown as it is, wherever it is put: it loads nothing and runs nothing.
  @Test(arguments: GraphFixture.all)
  func needsNothingElse(_ fixture: Fixture) throws {
    let elements = try PictureElement.read(SVGPrinter(try GraphFixture.graph(fixture)).print()).all
    #expect(Set(elements.map(\.name)).isSubset(of: ["svg", "title", "desc", "style", "g", "rect", "path", "text"]))
    let attributes = Set(elements.flatMap(\.attributes.keys))
    #expect(attributes.filter { $0.hasPrefix("on") || $0.contains("href") } == [])
    let styles = elements.filter { $0.name == "style" }.map(\.text).joined()
    #expect(!styles.contains("url(") && !styles.contains("@import"))
  }

  @Test(arguments: GraphFixture.all)
  func everythingIsInTheView(_ fixture: Fixture) throws {
    let picture = try PictureElement.read(SVGPrinter(try GraphFixture.graph(fixture)).print())
    let width = try #require(picture.integer("width"))
    let height = try #require(picture.integer("height"))
    #expect(picture.attributes["viewBox"] == "0 0 \(width) \(height)")
    for element in picture.all where element.name == "rect" || element.name == "text" {
      let x = element.integer("x") ?? 0
      let y = element.integer("y") ?? 0
      #expect(x >= 0 && x + (element.integer("width") ?? 0) <= width)
      #expect(y >= 0 && y + (element.integer("height") ?? 0) <= height)
    }
  }

  @Test(arguments: GraphFixture.all)
  func everyJobIsThereOnce(_ fixture: Fixture) throws {
    let graph = try GraphFixture.graph(fixture)
    let elements = try PictureElement.read(SVGPrinter(graph).print()).all
    let shown = elements.compactMap { $0.attributes["data-id"] }
    // Control characters cannot stand in XML.
    let wanted = graph.groups.flatMap { ids(in: $0.level) }.map { id in
      String(String.UnicodeScalarView(id.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }))
    }
    #expect(shown.sorted() == wanted.sorted())
  }

  /// No text reaches beyond its box, by the widths that we know.
  @Test(arguments: GraphFixture.all)
  func textsFitTheirBoxes(_ fixture: Fixture) throws {
    for group in try GraphFixture.graph(fixture).groups { expectFit(PictureLevel.fitting(group.level)) }
  }

  private func expectFit(_ level: PictureLevel) {
    for item in level.items {
      let room = item.box.size.width - 2 * item.text.margin
      #expect(TextMetrics.title.width(of: item.text.title) + item.text.badgeWidth <= room)
      for line in item.text.lines { #expect(TextMetrics.line.width(of: line) <= room) }
      expectFit(item.body)
      guard !item.body.items.isEmpty else { continue }
      let inner = Box(origin: item.box.origin + item.bodyOrigin, size: item.body.size)
      #expect(item.box.contains(inner))
      #expect(inner.top >= item.box.top + item.text.height)
    }
  }

  private func ids(in level: PlanGraph.Level) -> [String] {
    level.nodes.flatMap { [$0.id] + ids(in: $0.body) }
  }

  @Test func whatIsCutStandsInTheTooltip() throws {
    let long = "POST example.com/" + String(repeating: "segment/", count: 20)
    let node = PlanGraph.Node(id: "a", title: "a", lines: [long], tooltip: "a.yml:3")
    let level = PlanGraph.Level(nodes: [node])
    let picture = SVGPrinter(PlanGraph(title: "a.yml", groups: [PlanGraph.Group(title: "a", level: level)])).print()
    let elements = try PictureElement.read(picture).all
    let titles = elements.filter { $0.name == "title" }.map(\.text)
    #expect(titles == ["a.yml", "a\n\(long)\na.yml:3"])
    #expect(elements.contains { $0.name == "text" && $0.text.hasSuffix("…") })
  }

  /// A page that allows no inline styles and scripts shows it, and finds every job and arrow by what events say.
  @Test(arguments: GraphFixture.all)
  func aPageBringsItsOwnStyle(_ fixture: Fixture) throws {
    let graph = try GraphFixture.graph(fixture)
    let picture = try PictureElement.read(declaration + SVGPrinter(graph, for: .page).print())
    #expect(picture.attributes["class"] == "workflow-graph")
    #expect(picture.children.prefix(2).map(\.name) == ["title", "desc"])
    let elements = picture.all
    #expect(Set(elements.map(\.name)).isSubset(of: ["svg", "title", "desc", "g", "rect", "path", "text"]))
    let attributes = Set(elements.flatMap(\.attributes.keys))
    #expect(attributes.filter { $0 == "style" || $0 == "id" || $0.hasPrefix("on") || $0.contains("href") } == [])
    for node in elements where node.attributes["data-id"] != nil {
      #expect(node.attributes["role"] == "img")
      #expect(node.children.first?.name == "title")
    }
  }

  @Test func jobsAndArrowsSayTheirIDs() throws {
    let inner = PlanGraph.Node(id: "job0.0", title: "Ask", job: #"each["do"]"#)
    let nodes = [
      PlanGraph.Node(id: "inputs", title: "inputs", shape: .start),
      PlanGraph.Node(id: "job0", title: "All", shape: .container, job: "each", body: PlanGraph.Level(nodes: [inner])),
      PlanGraph.Node(id: "job1", title: "Sum", job: "sum"),
    ]
    let edges = [
      PlanGraph.Edge(from: "inputs", to: "job0"), PlanGraph.Edge(from: "job0", to: "job1", kind: .route, label: "x"),
    ]
    let level = PlanGraph.Level(nodes: nodes, edges: edges)
    let graph = PlanGraph(title: "w", groups: [PlanGraph.Group(title: "w", level: level)])
    for place in [SVGPrinter.Place.file, .page] {
      let elements = try PictureElement.read(
        (place == .page ? declaration : "") + SVGPrinter(graph, for: place).print()
      ).all
      #expect(elements.compactMap { $0.attributes["data-job"] } == ["each", #"each["do"]"#, "sum"])
      let arrows = elements.filter { $0.attributes["class"]?.hasPrefix("arrow") == true }
      let ends = arrows.map { [$0.attributes["data-from"], $0.attributes["data-to"]] }
      // The arrow from the inputs, the one between the jobs, its label, and the sample in the legend.
      #expect(ends == [[nil, "each"], ["each", "sum"], ["each", "sum"], [nil, nil]])
    }
  }

  @Test func theLegendNamesWhatOccurs() throws {
    #expect(try legend([PlanGraph.Edge(from: "a", to: "b")]) == [])
    #expect(try legend([PlanGraph.Edge(from: "a", to: "b", kind: .failure)]) == ["after an error"])
    let stream = PlanGraph.Edge(from: "a", to: "b", kind: .anyOf, isStreaming: true)
    #expect(try legend([stream]) == ["needs one of several", "stream"])
  }

  private func legend(_ edges: [PlanGraph.Edge]) throws -> [String] {
    let nodes = ["a", "b"].map { PlanGraph.Node(id: $0, title: $0) }
    let level = PlanGraph.Level(nodes: nodes, edges: edges)
    let graph = PlanGraph(title: "", groups: [PlanGraph.Group(title: "", level: level)])
    let found = try PictureElement.read(SVGPrinter(graph).print()).all.filter { $0.attributes["class"] == "legend" }
    return found.flatMap(\.all).filter { $0.name == "text" }.map(\.text)
  }
}
