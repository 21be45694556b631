import Testing

@testable import ComposePlan

/// What holds for every layout, tried with random graphs.
@Suite struct LayeredLayoutTests {
  @Test(arguments: RandomLayout.all)
  func boxesKeepApart(_ layout: RandomLayout) {
    for result in layout.results {
      #expect(result.boxes.map(\.size) == layout.nodes.map(\.size))
      #expect(overlaps(among: result.boxes) == [])
    }
  }

  @Test(arguments: RandomLayout.all)
  func everythingIsInside(_ layout: RandomLayout) {
    for result in layout.results {
      let page = Box(origin: .zero, size: result.size)
      let all = result.boxes + result.routes.flatMap { segments(of: $0) + ($0.label.map { [$0] } ?? []) }
      #expect(all.filter { !page.contains($0) } == [])
    }
  }

  @Test(arguments: RandomLayout.all)
  func arrowsTouchTheirBoxes(_ layout: RandomLayout) throws {
    for result in layout.results {
      for (edge, route) in zip(layout.edges, result.routes) {
        #expect(route.points.count > 1)
        #expect(isOnBorder(try #require(route.points.first), of: result.boxes[edge.from]))
        #expect(isOnBorder(try #require(route.points.last), of: result.boxes[edge.to]))
      }
    }
  }

  /// A curve stays in the rectangle between its ends, so the rectangle is looked at in its place.
  @Test(arguments: RandomLayout.all)
  func arrowsRunThroughNoBox(_ layout: RandomLayout) {
    for result in layout.results {
      for route in result.routes {
        let hit = segments(of: route).filter { segment in
          result.boxes.contains { isThrough(segment, $0) }
        }
        #expect(hit == [])
      }
    }
  }

  @Test(arguments: RandomLayout.all)
  func labelsAreReadable(_ layout: RandomLayout) {
    for result in layout.results {
      let labels = result.routes.compactMap(\.label)
      #expect(labels.count == layout.edges.count { $0.label != nil })
      #expect(overlaps(among: result.boxes + labels) == [])
    }
  }

  @Test(arguments: RandomLayout.all.prefix(150))
  func isDeterministic(_ layout: RandomLayout) {
    let first = layout.results[0]
    let second = LayeredLayout(nodes: layout.nodes, edges: layout.edges, direction: .down).result()
    #expect(first.boxes == second.boxes)
    #expect(first.routes == second.routes)
    #expect(first.size == second.size)
  }

  /// Where no edge leads back, all arrows point down.
  @Test(arguments: 0..<40)
  func arrowsPointDown(_ seed: Int) throws {
    let layout = RandomLayout(seed: UInt64(seed), count: 5 + seed, hasCycles: false, hasStages: seed % 2 == 0)
    for route in layout.results[0].routes {
      #expect(try #require(route.points.first).y < #require(route.points.last).y)
    }
  }

  @Test func stagesStandSideBySide() {
    let size = Size(width: 100, height: 40)
    // Without stages, 1 would stand beside 0 and 3 beside 2.
    let nodes = [0, 1, 1, 2].map { LayeredLayout.Node(size: size, stage: $0) }
    let edges = [LayeredLayout.Edge(from: 0, to: 2)]
    let tops = LayeredLayout(nodes: nodes, edges: edges, direction: .down).result().boxes.map(\.top)
    #expect(tops[0] < tops[1])
    #expect(tops[1] == tops[2])
    #expect(tops[2] < tops[3])
  }

  /// What comes before one node of a stage stands above all of them.
  @Test func stagesStandSideBySideBelowTheStart() {
    let size = Size(width: 100, height: 40)
    let nodes = [nil, 0, 0, 1].map { LayeredLayout.Node(size: size, stage: $0) }
    let edges = [LayeredLayout.Edge(from: 0, to: 1), LayeredLayout.Edge(from: 3, to: 1)]
    let tops = LayeredLayout(nodes: nodes, edges: edges, direction: .down).result().boxes.map(\.top)
    #expect(tops[0] < tops[1])
    #expect(tops[1] == tops[2])
    #expect(tops[2] < tops[3])
  }

  /// A complete order of both layers without a crossing exists here, and is found.
  @Test func crossingsAreRemoved() {
    let size = Size(width: 60, height: 40)
    let nodes = (0..<8).map { LayeredLayout.Node(size: size, stage: $0 / 4) }
    let edges = [(0, 7), (1, 6), (2, 5), (3, 4)].map { LayeredLayout.Edge(from: $0, to: $1) }
    let boxes = LayeredLayout(nodes: nodes, edges: edges, direction: .down).result().boxes
    for (first, second) in zip(edges, edges.dropFirst()) {
      let isLeft = boxes[first.from].left < boxes[second.from].left
      #expect(isLeft == (boxes[first.to].left < boxes[second.to].left))
    }
  }

  @Test func chainsAreStraight() {
    let nodes = [100, 240, 60, 180].map { LayeredLayout.Node(size: Size(width: $0, height: 40)) }
    let edges = [(0, 1), (1, 2), (2, 3)].map { LayeredLayout.Edge(from: $0, to: $1) }
    let result = LayeredLayout(nodes: nodes, edges: edges, direction: .down).result()
    #expect(Set(result.boxes.map(\.middle.x)).count == 1)
    #expect(result.routes.allSatisfy { $0.points.count == 2 })
  }

  // MARK: Geometry

  private func overlaps(among boxes: [Box]) -> [[Box]] {
    boxes.indices.flatMap { index in
      boxes[(index + 1)...].filter { $0.overlaps(boxes[index]) }.map { [boxes[index], $0] }
    }
  }

  /// The rectangles around the pieces of a route; those of straight pieces have no width or no height.
  private func segments(of route: LayeredLayout.Route) -> [Box] {
    zip(route.points, route.points.dropFirst()).map { from, to in
      Box(
        origin: Point(x: min(from.x, to.x), y: min(from.y, to.y)),
        size: Size(width: abs(from.x - to.x), height: abs(from.y - to.y)))
    }
  }

  private func isThrough(_ segment: Box, _ box: Box) -> Bool {
    // Borders may be touched; a line on a border is none inside.
    max(segment.left, box.left) < min(segment.right, box.right)
      && max(segment.top, box.top) < min(segment.bottom, box.bottom)
      || segment.size.width == 0 && box.left < segment.left && segment.left < box.right
        && max(segment.top, box.top) < min(segment.bottom, box.bottom)
      || segment.size.height == 0 && box.top < segment.top && segment.top < box.bottom
        && max(segment.left, box.left) < min(segment.right, box.right)
  }

  private func isOnBorder(_ point: Point, of box: Box) -> Bool {
    let isInside = box.contains(Box(origin: point, size: .zero))
    return isInside && (point.x == box.left || point.x == box.right || point.y == box.top || point.y == box.bottom)
  }
}
