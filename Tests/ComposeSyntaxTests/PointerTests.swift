import ComposeBasic
import ComposeSyntax
import Testing

/// Every place of a document has its JSON Pointer, however many are asked for.
@Suite struct PointerTests {
  private func parse(_ texts: [String]) -> (sources: SourceSet, root: YAMLNode?) {
    var sources = SourceSet()
    var diagnostics = Diagnostics()
    var root: YAMLNode?
    for (index, text) in texts.enumerated() {
      let file = sources.add(path: "\(index).yml", bytes: Array(text.utf8))
      let node = parseYAML(file, environment: Environment(), into: &diagnostics).root
      root = root.map { old in node.map { merge(old, with: $0) } ?? old } ?? node
    }
    return (sources, root)
  }

  private func pointers(_ root: YAMLNode, _ ranges: [SourceRange]) -> [String?] {
    var finder = PointerFinder(root)
    return ranges.map { finder.pointer(at: $0) }
  }

  /// Every place of a text, together and one by one.
  @Test(arguments: [
    "a: 1\nb: {c: [1, {d: 2}], e: x}\nf:\n  - g\n  - h: [[], {}]\n",
    "a: &x {k: &y {m: 1, n: 2}, l: 3}\nb: *x\nc:\n  <<: [*x, *y]\n  o: 4\n",
    "? [a, b]\n: 1\n~/x: {a/b: 1}\n", "- - - 1\n  - 2\n- {a: 1,b: 2}\n", "", "text", "a:\n\n\nb: \n",
    (0..<50).map { "- a\($0): {b: [1,2]}\n" }.joined(),
    (0..<50).map { "k\($0): {b: [1,2]}\n" }.joined(),
  ])
  func everyPlace(_ text: String) {
    let parsed = parse([text])
    guard let root = parsed.root else { return }
    let file = parsed.sources.files[0]
    let ranges = (0...file.bytes.count).map { SourceRange(file: file.id, start: $0, end: $0) }
    let together = pointers(root, ranges)
    #expect(together == ranges.map { pointers(root, [$0])[0] })
    #expect(together == ranges.map { slowPointer(root, $0) })
    #expect(pointers(root, ranges.reversed()) == together.reversed())
  }

  @Test func overlays() throws {
    let parsed = parse(["a: {b: 1, c: {d: 2}}\nx: 1\n", "a: {c: {e: [3, 4]}, f: 5}\n", "y: {z: 6}\na: {c: {e: [7]}}\n"])
    let root = try #require(parsed.root)
    func pointer(_ file: Int, _ text: String) throws -> String? {
      let bytes = parsed.sources.files[file].bytes
      let start = try #require(bytes.firstIndex(of: Array(text.utf8)[0]))
      return pointers(root, [SourceRange(file: SourceFile.ID(index: UInt32(file)), start: start, end: start)])[0]
    }
    #expect(try pointer(0, "2") == "/a/c/d")
    #expect(try pointer(1, "5") == "/a/f")
    #expect(try pointer(2, "7") == "/a/c/e/0")
    #expect(try pointer(2, "6") == "/y/z")
    #expect(try pointer(2, "e") == "/a/c/e")
    // What another file replaced is nowhere.
    #expect(try pointer(1, "3") == nil)
  }

  @Test func manyPlacesInOneLongList() throws {
    let count = 20_000
    let parsed = parse([(0..<count).map { "- a\($0): {b: 1}\n" }.joined()])
    let root = try #require(parsed.root)
    let items = try #require(root.sequence)
    let ranges = items.compactMap { $0.mapping?.first?.value.range }
    // Compared outside the expectation, which would print all of them.
    let isRight = pointers(root, ranges) == (0..<count).map { "/\($0)/a\($0)" }
    #expect(isRight)
  }

  /// The same, node by node.
  private func slowPointer(_ node: YAMLNode, _ range: SourceRange) -> String? {
    func covers(_ other: SourceRange) -> Bool { other.start <= range.start && range.start <= other.end }
    switch node.content {
    case .scalar: break
    case .sequence(let items):
      for (index, item) in items.enumerated() where covers(item.range) {
        return "/\(index)" + (slowPointer(item, range) ?? "")
      }
    case .mapping(let entries):
      for entry in entries {
        guard let name = entry.name else { continue }
        let token = "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
        if covers(entry.key.range) { return token }
        if covers(entry.value.range) { return token + (slowPointer(entry.value, range) ?? "") }
      }
    }
    return covers(node.range) ? "" : nil
  }
}
