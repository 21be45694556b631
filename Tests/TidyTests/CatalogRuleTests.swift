import ComposeSema
import ComposeTestSupport
import Testing

/// The checker names no component type, and no kind of adapter, listener, gateway and the like: what it knows about
/// one stands in its shape, so that a new type needs no change of the checker.
@Suite struct CatalogRuleTests {
  /// Names that are also words of the language itself, and what the checker means by them.
  private static let homonyms: [String: String] = [
    "docker": "a runtime",
    "file": "a type of values",
    "model": "a field whose text often looks like a number",
    "workflow": "the section, and what `ref(workflow)` names",
  ]

  private static let names: Set<String> = {
    let catalog = Catalog.builtIn
    let sections = ["adapter", "listener", "gateway", "system", "tracer", "logger"]
    return Set(catalog.componentTypes + sections.flatMap { catalog.shape($0)?.variants?.names ?? [] })
  }()

  @Test func noTypeIsNamed() {
    #expect(Self.names.count > 75)
    for literal in Self.literals where Self.names.contains(literal.text) && Self.homonyms[literal.text] == nil {
      literal.file.fail("'\(literal.text)' is a type: say in its shape what is special about it", line: literal.line)
    }
  }

  /// A name that also means something else must not be compared with the type of a declaration all the same.
  @Test func typesAreNotCompared() {
    for file in Self.files {
      for (index, line) in file.lines.enumerated() {
        for text in ["type?.value == \"", "type?.value != \"", "switch type?.value", "switch component.type?.value"]
        where line.contains(text) && !line.contains("sub\(text)") {
          file.fail("a type is compared: say in its shape what is special about it", line: index + 1)
        }
      }
    }
  }

  @Test func exceptionsAreNeeded() {
    let texts = Set(Self.literals.map(\.text))
    for name in Self.homonyms.keys.sorted() {
      #expect(Self.names.contains(name), "'\(name)' is no type")
      #expect(texts.contains(name), "nothing is called '\(name)' any more")
    }
  }

  // MARK: Literals

  private static let files = RepositoryFile.sources.filter { $0.path.hasPrefix("Sources/ComposeSema/") }

  private struct Literal {
    let file: RepositoryFile
    /// 1-based.
    let line: Int
    let text: String
  }

  /// The literals that stand on one line; those of several lines are explanations and examples.
  private static let literals: [Literal] = files.flatMap { file in
    var found: [Literal] = []
    var isInside = false
    for (index, line) in file.lines.enumerated() {
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      let isEnd = line.contains("\"\"\"")
      if !isInside, !isEnd, !line.trimmed.hasPrefix("//") {
        for position in stride(from: 1, to: parts.count, by: 2) {
          found.append(Literal(file: file, line: index + 1, text: String(parts[position])))
        }
      }
      if isEnd { isInside.toggle() }
    }
    return found
  }
}
