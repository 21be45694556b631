import ComposeBasic
import ComposeSyntax
import Testing

@Suite struct YAMLErrorTests {
  @Test(arguments: [
    // Indentation
    ("a:\n\tb: 1\n", "2:1 yaml-syntax", "tab used for indentation"),
    ("a:\n  b: 1\n \tc: 2\n", "3:2 yaml-syntax", "tab used for indentation"),
    ("a:\n    b: 1\n   c: 2\n", "3:4 yaml-syntax", "indented by 3, the line above by 4"),
    ("a:\n  type: x\n    url: y\n", "3:5 yaml-syntax", "unexpected indentation"),
    ("a:\n  - b: 1\n  c: 2\n", "3:3 yaml-syntax", "must start with '- '"),
    ("a: - b\n", "1:4 yaml-syntax", "list item cannot start here"),
    // Quotes
    ("a: 'b\nc: d\n", "1:4 yaml-syntax", "single quote opened here is never closed"),
    ("a: \"b\nc: d\n", "1:4 yaml-syntax", "double quote opened here is never closed"),
    ("a: \"C:\\models\"\n", "1:7 yaml-syntax", "unknown escape '\\m'"),
    ("a: 'it's'\n", "1:8 yaml-syntax", "expected a key or the end of the line"),
    // Brackets
    ("a: [ b\nc: d\n", "1:4 yaml-syntax", "'[' opened here is never closed"),
    ("a: [\"]\", {b: c\n", "1:10 yaml-syntax", "'{' opened here is never closed"),
    ("a: [b", "1:4 yaml-syntax", "'[' opened here is never closed"),
    ("a: [\"b\" \"c\"]\n", "1:9 yaml-syntax", "expected ',' or the end of the list"),
    ("a: {b: \"c\" d: e}\n", "1:12 yaml-syntax", "expected ',' or the end of the mapping"),
    ("a: [b,, c]\n", "1:7 yaml-syntax", "empty entry before ','"),
    // Text that is not text
    ("a: b: c\n", "1:5 yaml-syntax", "': ' inside an unquoted text"),
    ("a:\n  b:c\n  d: e\n", "2:3 yaml-syntax", "missing space behind ':'"),
    ("a:\n  z: 1\n  b:c\n  d: e\n", "3:3 yaml-syntax", "missing space behind ':'"),
    ("a:\n  http://x\n  d: e\n", "3:3 yaml-syntax", "unexpected indentation"),
    ("a: 1\nb\nc: 2\n", "2:1 yaml-syntax", "expected ': ' behind this key"),
    ("a: `b`\n", "1:4 yaml-syntax", "'`' cannot start an unquoted value"),
    ("a: @b\n", "1:4 yaml-syntax", "'@' cannot start an unquoted value"),
    ("a: %b\n", "1:4 yaml-syntax", "'%' cannot start an unquoted value"),
    ("a:\n  *: b\n", "2:3 yaml-syntax", "starts an alias"),
    ("é: 漢 字\nb: `\n", "2:4 yaml-syntax", "cannot start"),
    // Characters
    ("a: b\u{7}\n", "1:5 yaml-syntax", "control character U+0007"),
    ("é: \u{0}b\n", "1:5 yaml-syntax", "control character U+0000"),
    ("a: \u{7F}\n", "1:4 yaml-syntax", "control character U+007F"),
    // Structure
    ("a: 1\n'a': 2\n", "2:1 duplicate-key", "duplicate key 'a'"),
    ("{a: 1, b: 2, a: 3}\n", "1:14 duplicate-key", "duplicate key 'a'"),
    ("yes: 1\ntrue: 2\n", "2:1 duplicate-key", "duplicate key 'true'"),
    ("a: 1\n---\nb: 2\n", "2:1 multiple-documents", "second document"),
    ("a: 1\n...\n---\nb: 2\n", "3:1 multiple-documents", "second document"),
    ("a: !env PORT\n", "1:4 unsupported-tag", "unknown YAML tag '!env'"),
    ("a: &x !!python/name:os.system b\n", "1:7 unsupported-tag", "unsafe YAML tag"),
    ("a: !!binary aGk=\n", "1:4 unsupported-tag", "unknown YAML tag"),
    ("a: !!int b\n", "1:10 unsupported-tag", "does not have the form"),
    ("a: !!map [b]\n", "1:4 unsupported-tag", "does not fit the kind"),
    ("a: *b\n", "1:4 undefined-alias", "alias '*b' has no anchor"),
    ("a: &b [*b]\n", "1:8 undefined-alias", "inside the node that it repeats"),
    ("a:\n  <<: *b\n", "2:7 undefined-alias", "no anchor"),
    ("a: &b [c]\nd:\n  <<: *b\n", "3:7 invalid-merge", "needs a mapping"),
    ("d:\n  <<: b\n", "2:7 invalid-merge", "needs a mapping"),
    ("a: {{ b }}\n", "1:4 complex-key", "opens a mapping in a mapping"),
  ])
  func finds(_ text: String, _ finding: String, _ message: String) {
    let parsed = ParsedYAML(text)
    #expect(parsed.findings == [finding])
    #expect(parsed.diagnostics.first?.message.contains(message) == true, "\(parsed.tree)")
  }

  @Test func duplicateKeyNamesTheFirst() throws {
    let parsed = ParsedYAML("a: 1\na: 2\n")
    let finding = try #require(parsed.diagnostics.first)
    #expect(finding.notes.map { parsed.place($0.range) } == ["1:1-1:2"])
    #expect(finding.upstream != nil)
    #expect(parsed["a"]?.scalar?.value == .integer(2))
    #expect(parsed.document.root?.mapping?.count == 1)
  }

  @Test(arguments: [
    ([0x61, 0x3A, 0x20, 0xFF], "1:4"), ([0x61, 0x0A, 0xC3], "2:1"), ([0xC3, 0xA9, 0xE2, 0x82], "1:3"),
    ([0xED, 0xA0, 0x80], "1:1"), ([0xC0, 0x80], "1:1"), ([0xFF, 0xFE, 0x61, 0x00], "1:1"),
  ])
  func invalidEncoding(_ bytes: [UInt8], _ place: String) {
    let parsed = ParsedYAML(bytes)
    #expect(parsed.findings == ["\(place) yaml-syntax"])
    #expect(parsed.document.root == nil)
  }

  @Test(arguments: ["", "\n", "# only a comment\n", "\u{FEFF}", "---\n", "---\n# comment\n...\n"])
  func emptyFileHasNoRootAndNoFinding(_ text: String) {
    let parsed = ParsedYAML(text)
    #expect(parsed.document.root == nil)
    #expect(parsed.findings.isEmpty)
  }

  @Test func deepFlowNesting() {
    #expect(ParsedYAML(String(repeating: "[", count: 100_000)).findings == ["1:257 deep-nesting"])
    let allowed = String(repeating: "[", count: 255) + "x" + String(repeating: "]", count: 255)
    #expect(ParsedYAML(allowed).findings.isEmpty)
  }

  @Test func deepNestingThroughAliases() {
    let nested = String(repeating: "[", count: 200) + "x" + String(repeating: "]", count: 200)
    let outer = String(repeating: "[", count: 100) + "*a" + String(repeating: "]", count: 100)
    #expect(ParsedYAML("a: &a \(nested)\nb: \(outer)\n").findings == ["2:104 deep-nesting"])
  }

  @Test func aliasesDoNotGrowWithoutBound() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      text += "a\(level): &a\(level) [" + repeatElement("*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    #expect(ParsedYAML(text).diagnostics.map(\.code) == [YAMLCodes.aliasExpansion])
  }

  @Test func everyCodeIsExplainedWithTwoExamples() {
    let codes = YAMLCodes.all + EnvironmentCodes.all
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(code.explanation.components(of: "```yaml") == 2, "\(code.id)")
      #expect(!code.summary.hasSuffix("."))
    }
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
