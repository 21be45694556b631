import ComposeTestSupport
import Testing

@testable import ComposePlan

/// The pictures of each graph under `Fixtures/pictures`.
@Suite struct PictureFixtureTests {
  @Test(arguments: GraphFixture.all)
  func svg(_ fixture: Fixture) throws {
    expectGolden(SVGPrinter(try GraphFixture.graph(fixture)).print(), at: fixture.sibling("svg"))
  }

  @Test(arguments: GraphFixture.all)
  func mermaid(_ fixture: Fixture) throws {
    expectGolden(MermaidPrinter(try GraphFixture.graph(fixture)).print(), at: fixture.sibling("mmd"))
  }

  @Test(arguments: GraphFixture.all)
  func dot(_ fixture: Fixture) throws {
    expectGolden(DOTPrinter(try GraphFixture.graph(fixture)).print(), at: fixture.sibling("dot"))
  }

  /// Dictionaries have another order in each instance, so many pictures would show one that leaks out.
  @Test(arguments: GraphFixture.all)
  func isDeterministic(_ fixture: Fixture) throws {
    let graph = try GraphFixture.graph(fixture)
    let pictures = Set(
      (0..<20).map { _ in SVGPrinter(graph).print() + MermaidPrinter(graph).print() + DOTPrinter(graph).print() })
    #expect(pictures.count == 1)
  }
}
