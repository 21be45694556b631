import ComposeTestSupport

@testable import ComposePlan

/// Reads the graphs under `Fixtures/pictures`.
enum GraphFixture {
  static let all = Fixture.all(in: "pictures", extension: "json")

  static func graph(_ fixture: Fixture) throws -> PlanGraph {
    let document = try TestJSON(try fixture.text)
    let groups = (document["groups"]?.array ?? []).map { group in
      PlanGraph.Group(title: group["title"]?.string ?? "", level: level(group))
    }
    return PlanGraph(title: document["title"]?.string ?? "", groups: groups)
  }

  private static func level(_ value: TestJSON?) -> PlanGraph.Level {
    let nodes = (value?["nodes"]?.array ?? []).map { node in
      PlanGraph.Node(
        id: node["id"]?.string ?? "", title: node["title"]?.string ?? node["id"]?.string ?? "",
        lines: (node["lines"]?.array ?? []).compactMap(\.string),
        shape: node["shape"]?.string.flatMap(PlanGraph.Node.Shape.init) ?? .step, stage: node["stage"]?.integer,
        isCritical: node["critical"]?.boolean ?? false, isStreaming: node["streaming"]?.boolean ?? false,
        tooltip: node["tooltip"]?.string, job: node["job"]?.string, body: level(node["body"]))
    }
    let edges = (value?["edges"]?.array ?? []).map { edge in
      PlanGraph.Edge(
        from: edge["from"]?.string ?? "", to: edge["to"]?.string ?? "",
        kind: edge["kind"]?.string.flatMap(PlanGraph.Edge.Kind.init) ?? .dependency, label: edge["label"]?.string,
        isCritical: edge["critical"]?.boolean ?? false, isStreaming: edge["streaming"]?.boolean ?? false)
    }
    return PlanGraph.Level(nodes: nodes, edges: edges)
  }
}
