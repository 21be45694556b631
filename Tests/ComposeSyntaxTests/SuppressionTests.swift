import ComposeBasic
import ComposeSyntax
import Testing

/// Which comments are suppressions, and which lines they speak of.
@Suite struct SuppressionTests {
  private func read(_ text: String) -> (all: [Suppression], codes: [String]) {
    var sources = SourceSet()
    let file = sources.add(path: "a.yml", bytes: Array(text.utf8))
    var diagnostics = Diagnostics()
    let suppressions = Suppressions(of: file, into: &diagnostics)
    return (suppressions.all, diagnostics.all.map(\.code.id))
  }

  static let directive = "# model-compose: ignore[a]"

  /// A text with `@` for a suppression, and the lines that are spoken of.
  @Test(arguments: [
    ("a: 1 @\n", [1]),
    ("@\na: 1\n", [2]),
    ("@", [2]),
    ("  @\n\n", [2]),
    ("@\n@\n# more\na: 1", [4, 4]),
    ("@\n\na: 1", [2]),
    ("a: 1 # b @", [1]),
    ("a: 1 @ @", [1, 1]),
    // Texts, whatever stands in them.
    ("a: '@'", []), ("a: \"@\"", []), ("a: '\n  @\n  '", []), ("a: |\n  @\n", []), ("a: >-\n  x\n  @\nb: 1", []),
    ("a: x@", []), ("a:\n- |\n @\n-\n   @", [6]), ("? '@'\n: 1", []), ("a: 'it''s @'", []), ("a: \"\\\" @\"", []),
    // The header of a block text, and what is behind its end.
    ("a: | @\n  x\n", [1]), ("a: |2- @\n   x\n", [1]), ("a: !!str | @\n  x\n", [1]), ("a: |\n  x\n@\n", [4]),
    ("a: |\n  x\n @\nb: 1\n", [4]), ("a: |\n  x\n  \n\nb: 1 @\n", [5]),
    // Flow collections, anchors, tags, documents and directives.
    ("a: [1, @\n  2]", [1]), ("a: {b: 1 @\n}", [1]), ("a: &x @\n  b: 1", [1]), ("a: !!map @\n  b: 1", [1]),
    ("a: &x\n  b\nc: *x @", [3]), ("%YAML 1.1 @\n---\na: 1\n... @\n", [1, 4]), ("--- @\na: 1", [1]),
    // Text over several lines ends before the comment.
    ("a: x\n  y @\n", [2]), ("a: 'x\n  y' @\n", [2]), ("a:\n  - b\n  @\n  - c", [4]),
    // Environment references may hold what looks like a comment.
    ("a: ${env.A | x @}\n", []), ("a: ${env.A | x} @\n", [1]), ("@\na: ${env.A}\n", [2]), ("# ${env.A} @\na: 1", [2]),
    // Line ends and marks.
    ("a: 1 @\r\n@\r\nb: 2\r\n", [1, 3]), ("a: 1 @\rb: 2 @\r", [1, 2]), ("\u{FEFF}@\na: 1", [2]),
    ("\u{FEFF}a: 1 @", [1]), ("ä: ö @\n", [1]),
  ])
  func findsComments(_ pattern: String, _ lines: [Int]) {
    let text = pattern.replacing("@", with: Self.directive)
    let found = read(text)
    #expect(found.all.map(\.targetLine) == lines, "\(text)")
    #expect(found.codes == [], "\(text)")
    for suppression in found.all { #expect(suppression.codes.map(\.value) == ["a"]) }
  }

  @Test(arguments: [
    ("ignore[a]", ["a"]), ("ignore[a,b]", ["a", "b"]), ("ignore [ a , b ] because", ["a", "b"]),
    ("ignore[a,a]", ["a"]), ("ignore[,a,]", ["a"]), ("ignore[a] ignore[b]", ["a"]),
  ])
  func readsCodes(_ directive: String, _ codes: [String]) {
    let found = read("a: 1 #model-compose:\(directive)\n")
    #expect(found.all.map { $0.codes.map(\.value) } == [codes])
    #expect(found.codes == [])
  }

  @Test(arguments: [
    ("model-compose: ignore", 1), ("model-compose: ignore a", 1), ("model-compose: ignore[]", 1),
    ("model-compose: ignore[a", 1), ("model-compose: ignored[a]", 1), ("model-compose: noqa[a]", 1),
    ("model-compose ignore[a]", 1), ("model-compose: runs[a]", 0), ("model-compose: ignored", 0),
    ("model-compose ignores a", 0), ("my-model-compose: ignore[a]", 0), ("model-compose-x: ignore[a]", 0),
    ("model-compose:", 0), ("model-compose", 0), ("see model-compose: ignore[a]", 0),
  ])
  func reportsWhatIsNone(_ comment: String, _ count: Int) {
    let found = read("a: 1 # \(comment)\n")
    #expect(found.all.isEmpty)
    #expect(found.codes == [String](repeating: "invalid-suppression", count: count))
  }

  /// Behind a syntax error nothing is known.
  @Test func stopsAtASyntaxError() {
    #expect(read("a: 1 # model-compose: ignore[a]\nb: [\n# model-compose: ignore[a]\n}\n").all.count <= 2)
    #expect(read("\u{0} # model-compose: ignore[a]").all.isEmpty)
  }

  @Test(arguments: [
    ("a: 1  # model-compose: ignore[a]\nb: 2", "a: 1\nb: 2"),
    ("a: 1  # model-compose: ignore[a]\r\nb: 2", "a: 1\r\nb: 2"),
    ("  # model-compose: ignore[a] why\nb: 2", "b: 2"),
    ("b: 2\n# model-compose: ignore[a]", "b: 2\n"),
    ("\u{FEFF}# model-compose: ignore[a]\nb: 2", "\u{FEFF}b: 2"),
    ("# note # model-compose: ignore[a]\nb: 2", "# note\nb: 2"),
    ("a: 1 # note # model-compose: ignore[a]\nb: 2", "a: 1 # note\nb: 2"),
  ])
  func removalLeavesTheRest(_ text: String, _ expected: String) throws {
    let suppression = try #require(read(text).all.first)
    let edit = Diagnostic.Fix.Edit(suppression.removal, "")
    #expect(applyEdits([edit], to: Array(text.utf8)) == Array(expected.utf8))
  }

  @Test(arguments: [(0, "[b, c]"), (1, "[a, c]"), (2, "[a, b]")])
  func removalOfOneCode(_ index: Int, _ expected: String) throws {
    let text = "a: 1 # model-compose: ignore[a, b, c]"
    let suppression = try #require(read(text).all.first)
    let edit = Diagnostic.Fix.Edit(suppression.removal(ofCode: index), "")
    #expect(String(decoding: applyEdits([edit], to: Array(text.utf8)), as: UTF8.self).hasSuffix("ignore" + expected))
  }
}
