import ComposePlan
import Testing

@Suite struct SemanticHashTests {
  /// Computed with another program, from the version, 01, and the canonical form, 83010203.
  private static let known = "sha256:41173f44a94f66a2c853547f627ff2d0e0acabff3cdbcb47ce2b1a23b9e7ef39"

  @Test func isStable() {
    let hash = SemanticHash(of: [1, 2, 3])
    #expect(hash.description == Self.known)
    #expect(hash.short == Self.known.dropFirst(7).prefix(12))
    #expect(SemanticHash { [1, 2, 3].write(into: &$0) } == hash)
  }

  @Test func isRead() {
    #expect(SemanticHash(Self.known) == SemanticHash(of: [1, 2, 3]))
  }

  @Test(arguments: [
    "", "sha256:", "sha1:" + known.dropFirst(7), known + "0", String(known.dropLast()), known.uppercased(),
    String(known.dropLast()) + "g", String(known.dropFirst(7)),
  ])
  func otherTextIsNone(_ text: String) {
    #expect(SemanticHash(text) == nil)
  }

  /// A hash inside of another passes a change on.
  @Test func nests() {
    let inner = SemanticHash(of: "a")
    #expect(SemanticHash(of: [inner]) == SemanticHash(of: [SemanticHash(of: "a")]))
    #expect(SemanticHash(of: [inner]) != SemanticHash(of: [SemanticHash(of: "b")]))
    #expect(SemanticHash(of: inner) != inner)
  }
}
