import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// The checker names no component type, no kind of job, and no kind of adapter, listener, gateway and the like. What it
/// knows about one stands in its shape, or for jobs in the kind itself, so that a new one needs no change of the checker.
@Suite struct CatalogRuleTests {
  /// Names that are also words of the language itself, and what the checker means by them.
  private static let homonyms: [String: String] = [
    "component": "the section, and what `ref(component)` names",
    "delay": "a field of `retry`",
    "docker": "a runtime",
    "file": "a type of values",
    "if": "a word of JSON Schema, and of those who come from other languages",
    "model": "a field whose text often looks like a number",
    "workflow": "the section, and what `ref(workflow)` names",
  ]

  private static let names: Set<String> = {
    let catalog = Catalog.builtIn
    let sections = ["job", "adapter", "listener", "gateway", "system", "tracer", "logger"]
    return Set(catalog.componentTypes + sections.flatMap { catalog.shape($0)?.variants?.names ?? [] })
  }()

  @Test func noTypeIsNamed() {
    #expect(Self.names.count > 75)
    for literal in Self.literals where Self.names.contains(literal.text) && Self.homonyms[literal.text] == nil {
      literal.file.fail("'\(literal.text)' is a type or a kind: say there what is special about it", line: literal.line)
    }
  }

  /// A name that also means something else must not be compared with the type of a declaration all the same.
  @Test func typesAreNotCompared() {
    for file in Self.files {
      for (index, line) in file.lines.enumerated() {
        for text in [
          "type?.value == \"", "type?.value != \"", "switch type?.value", "switch component.type?.value",
          "kind.value == \"", "kind.value != \"", "switch job.kind.value", "].contains(job.kind.value)",
        ] where line.contains(text) && !line.contains("sub\(text)") {
          file.fail("a type or a kind is compared: say there what is special about it", line: index + 1)
        }
      }
    }
  }

  /// One file for each kind of job, and a line for each file.
  @Test func jobKindsAreRegistered() {
    let files = RepositoryFile.sources.filter { file in
      file.path.hasPrefix("Sources/ComposePlan/JobKinds/")
        && file.lines.contains { $0.contains(": LowerableJobKind {") }
    }
    let keywords = files.flatMap(\.lines).compactMap { line -> String? in
      guard line.contains("static let keyword = ") else { return nil }
      return line.split(separator: "\"").last.map { String($0) }
    }
    #expect(Set(keywords) == Set(Catalog.builtIn.jobKinds.keys))
    #expect(keywords.count == files.count)
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
