import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Every file under `Fixtures/check` says in its comments what is found in it, and where.
@Suite struct CheckFixtureTests {
  /// One or more files for each code.
  @Test(arguments: Fixture.all(in: "check", extension: "yml"))
  func mistakes(_ fixture: Fixture) throws { try verify(fixture) }

  /// The example with one mistake in each file.
  @Test(arguments: Fixture.all(in: "check/chat-stream", extension: "yml"))
  func chatStream(_ fixture: Fixture) throws {
    try verify(fixture)
    #expect(try DiagnosticMatcher(fixture).expectations.count == 1, "one mistake, said once")
  }

  @Test(arguments: Fixture.all(in: "check/ok", extension: "yml"))
  func silence(_ fixture: Fixture) throws {
    let compilation = try compile(fixture)
    try DiagnosticMatcher(fixture).verify(compilation.diagnostics)
    #expect(compilation.plan != nil)
  }

  /// Types of expressions, and what follows from them.
  @Test(arguments: Fixture.all(in: "check/types", extension: "yml"))
  func types(_ fixture: Fixture) throws {
    try verify(fixture)
    #expect(try !DiagnosticMatcher(fixture).revealed.isEmpty, "a type is asserted")
  }

  @Test func exampleIsSilent() throws {
    let path = "examples/openai-chat-completions-stream/model-compose.yml"
    let compilation = compile(try Files.read(Files.absolute(path)), path: path)
    #expect(compilation.diagnostics.all.map(\.message) == [])
    #expect(compilation.plan != nil)
  }

  private func verify(_ fixture: Fixture) throws {
    let matcher = try DiagnosticMatcher(fixture)
    let compilation = try compile(fixture)
    matcher.verify(compilation.diagnostics)
    matcher.verify(types: compilation.program.expressionTypes.map { ($0.range, "\($0.type)") })
  }
}

/// A fixture whose first offered fix leaves nothing to report.
@Suite struct FixTests {
  @Test(arguments: Fixture.all(in: "check/chat-stream", extension: "yml"))
  func firstFixRepairsTheExample(_ fixture: Fixture) throws {
    let compilation = try compile(fixture)
    let isRepairable = !Self.withoutFix.contains(fixture.name)
    guard let fix = compilation.diagnostics.sorted().lazy.compactMap(\.fixes.first).first else {
      #expect(!isRepairable, "no fix is offered")
      return
    }
    #expect(isRepairable, "a fix is offered: take the name off the list")
    let repaired = apply(fix.edits, to: try fixture.bytes)
    let after = compile(repaired, path: fixture.shownPath).diagnostics.sorted()
    #expect(after.map(\.message) == [], "after '\(fix.title)'")
  }

  /// Mistakes for which nobody can know what was meant.
  private static let withoutFix: Set<String> = [
    "api-value-messages", "api-value-stream", "api-value-temperature", "base-url-input", "cast-stream-to-number",
    "default-integer", "default-number", "environment-nested-default", "environment-unset", "expression-call",
    "expression-comparison", "expression-empty", "expression-unclosed", "key-method-in-job", "key-missing-base-url",
    "key-missing-type", "key-one-level-down", "key-path-and-endpoint", "key-twice", "key-unknown", "member-delta",
    "member-index-of-object", "member-without-index", "name-component", "name-job-in-depends-on",
    "name-job-in-expression", "root-output-in-action", "stream-false", "stream-format-unused", "stream-in-text",
    "stream-member", "value-port-range",
    "value-port-text", "yaml-colon-in-value", "yaml-indentation", "yaml-tab",
    "yaml-unclosed-quote",
  ]

  /// The two mistakes that the API description is for.
  @Test(arguments: [("member-content", "content", "delta.contnet"), ("api-streaming", "stream", "streaming")])
  func fixText(_ name: String, _ text: String, _ mistake: String) throws {
    let fixture = Fixture(path: Files.absolute("Fixtures/check/chat-stream/\(name).yml"), extension: "yml")
    let compilation = try compile(fixture)
    let diagnostic = try #require(compilation.diagnostics.sorted().first)
    let edit = try #require(diagnostic.fixes.first?.edits.first)
    let source = compilation.sources[edit.range.file]
    #expect(edit.text == text)
    #expect(mistake.hasSuffix(source.text(of: edit.range)))
    #expect(edit.range == diagnostic.range)
  }

  @Test func editsAtOnePlaceKeepTheirOrder() {
    let file = SourceFile.ID(index: 0)
    let start = SourceRange(file: file, start: 1, end: 1)
    let edits = [
      Diagnostic.Fix.Edit(start, "1"), Diagnostic.Fix.Edit(start, "2"),
      Diagnostic.Fix.Edit(SourceRange(file: file, start: 2, end: 3), ""),
    ]
    #expect(apply(edits, to: Array("abc".utf8)) == Array("a12b".utf8))
  }
}
