import ComposePlan
import ComposeSema
import Testing

/// What kinds of job say about themselves fits to what their shapes say.
@Suite struct JobKindTests {
  private static let shapes = Catalog.builtIn.shape("job")?.variants?.names ?? []

  @Test func everyShapeHasAKind() {
    #expect(Self.shapes.count == 11)
    #expect(Set(Self.shapes) == Set(Catalog.builtIn.jobKinds.keys))
  }

  @Test(arguments: shapes) func kindsFitToTheirShapes(_ name: String) throws {
    let kind = try #require(Catalog.builtIn.jobKind(name))
    #expect(kind.keyword == name)
    let shape = try #require(Catalog.builtIn.shape("job:" + name))
    let variants = (shape.variants?.names ?? []).compactMap { Catalog.builtIn.variant($0, of: shape) }
    func has(_ field: String) -> Bool { ([shape] + variants).contains { $0.field(field) != nil } }
    for field in kind.scopedFields.union(kind.textFields) { #expect(has(field), "\(field)") }
    #expect(has("output") == (kind.result != .route))
    let bodies = shape.fields.filter { "\($0.type)".contains("inline-job") }
    #expect(bodies.map(\.name) == (kind.body.map { [$0.field] } ?? []))
  }

  /// A catalogue of shapes alone says nothing about what jobs give.
  @Test func withoutKindsNothingIsKnown() {
    #expect(Catalog.embedded(jobKinds: []).jobKind("delay") == nil)
  }
}
