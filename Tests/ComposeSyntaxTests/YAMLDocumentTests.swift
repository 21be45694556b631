import ComposeBasic
import ComposeSyntax
import Testing

@Suite struct YAMLDocumentTests {
  @Test(arguments: [
    ("a: 1\nb: [x, {c: 2}]\n", "2:12", "/b/1/c"),
    ("a: 1\nb: [x, {c: 2}]\n", "2:9", "/b/1/c"),
    ("a: 1\nb: [x, {c: 2}]\n", "2:5", "/b/0"),
    ("a: 1\nb: [x, {c: 2}]\n", "1:1", "/a"),
    ("a/b~c: 1\n", "1:8", "/a~1b~0c"),
    ("a:\n  - b\n  - c: d\n", "3:8", "/a/1/c"),
    ("a: 1\n\n", "2:1", nil),
  ])
  func pointers(_ text: String, _ place: String, _ expected: String?) throws {
    let parsed = ParsedYAML(text)
    let root = try #require(parsed.document.root)
    let offset = try #require((0...text.utf8.count).first { parsed.point(UInt32($0)) == place })
    var finder = PointerFinder(root)
    #expect(finder.pointer(at: SourceRange(file: parsed.file.id, start: offset, end: offset)) == expected)
  }

  /// Large collections are searched by halves. An alias among their entries, or an empty value, changes nothing.
  @Test(arguments: ["", "a50: &anchor {x: 1}\n", "late: *anchor\n"])
  func pointersIntoLargeCollections(_ extra: String) throws {
    var text = extra.hasPrefix("late") ? "first: &anchor {x: 1}\n" : ""
    var expected: [Int: String] = [:]
    for index in 0..<200 {
      expected[text.utf8.count + 1] = "/key\(index)"
      text += "key\(index):"
      if index % 3 > 0 {
        expected[text.utf8.count + 1] = "/key\(index)"
        text += " v\(index)"
      }
      text += "\n"
      if index == 100 { text += extra }
    }
    text += "list: ["
    for index in 0..<100 {
      expected[text.utf8.count] = "/list/\(index)"
      text += "i\(index), "
    }
    text += "{k: v}]\n"
    expected[text.utf8.count - 4] = "/list/100/k"
    let parsed = ParsedYAML(text)
    var finder = PointerFinder(try #require(parsed.document.root))
    for (offset, pointer) in expected {
      #expect(finder.pointer(at: SourceRange(file: parsed.file.id, start: offset, end: offset)) == pointer)
    }
  }

  @Test func subscriptFindsValues() {
    let parsed = ParsedYAML("a: {b: 1}\n")
    #expect(parsed.document.root?[key: "a"]?[key: "b"]?.scalar?.value == .integer(1))
    #expect(parsed.document.root?[key: "c"] == nil)
  }

  /// Own entries win over merged ones, and earlier merged mappings over later ones.
  @Test func mergeKeys() {
    let text = """
      one: &one {a: 1, b: 1}
      two: &two {b: 2, c: 2}
      use:
        <<: [*one, *two]
        a: own
      """
    let entries = ParsedYAML(text)["use"]?.mapping ?? []
    #expect(entries.map { "\($0.name ?? "?")=\($0.value.scalar?.text ?? "?")" }.sorted() == ["a=own", "b=1", "c=2"])
  }

  @Test func aliasStandsWhereItIsWritten() throws {
    let parsed = ParsedYAML("a: &x [1, 2]\nb: *x\n")
    let node = try #require(parsed["b"])
    #expect(parsed.place(node.range) == "2:4-2:6")
    #expect(node.sequence?.count == 2)
  }

  /// The same nodes have the same lines and columns whether lines end in LF or CRLF.
  @Test func lineBreaksAndByteOrderMark() {
    let text = "é: 'ü x'\nb:\n  - |\n    漢\n    y\n  - {c: d}\n"
    let plain = ParsedYAML(text)
    let windows = ParsedYAML("\u{FEFF}" + text.split(separator: "\n").map { $0 + "\r\n" }.joined())
    #expect(windows.findings.isEmpty)
    func ranges(_ parsed: ParsedYAML) -> [String] {
      var result: [String] = []
      func visit(_ node: YAMLNode) {
        result.append(parsed.place(node.range))
        for entry in node.mapping ?? [] {
          visit(entry.key)
          visit(entry.value)
        }
        for item in node.sequence ?? [] { visit(item) }
      }
      if let root = parsed.document.root { visit(root) }
      return result
    }
    #expect(ranges(windows) == ranges(plain))
    #expect(ranges(plain).count == 9)
    // A byte order mark takes no column, but it takes three bytes.
    #expect(windows.document.root?.range.start == 3)
  }

  /// YAML 1.1 also ends lines at NEL, LS and PS; positions behind them must not move.
  @Test(arguments: ["\u{85}", "\u{2028}", "\u{2029}"])
  func otherLineSeparators(_ separator: String) throws {
    let parsed = ParsedYAML("a: 'x\(separator)y'\nb: z\n")
    let node = try #require(parsed["b"])
    #expect(parsed.file.text(of: node.range) == "z")
    #expect(parsed.findings.isEmpty)
  }

  @Test func nonASCIITextOverManyCheckpoints() throws {
    let words = (0..<500).map { "\"é漢😀\($0)\"" }
    let parsed = ParsedYAML("[" + words.joined(separator: ", ") + "]")
    let items = try #require(parsed.document.root?.sequence)
    #expect(items.map { parsed.file.text(of: $0.range) } == words)
  }
}
