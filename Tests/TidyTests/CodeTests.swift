import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Every code is registered, unique, explained by examples that are true, and covered by a fixture.
@Suite struct CodeTests {
  @Test func idsAreUniqueAndKebabCase() {
    let ids = AllCodes.sorted.map(\.id)
    #expect(ids.count > 50)
    #expect(Set(ids).count == ids.count)
    for id in ids { #expect(id.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(id)") }
  }

  @Test(arguments: AllCodes.sorted.map(\.id))
  func textsHaveOneVoice(_ id: String) throws {
    let code = try Self.code(id)
    #expect(code.summary.first?.isUppercase == true, "a summary begins with a capital")
    #expect(code.summary.last != ".", "a summary has no full stop")
    let lines = code.explanation.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 120 })
    let fences = lines.filter { $0.hasPrefix("```") }
    #expect(fences == ["```yaml bad", "```", "```yaml good", "```"])
  }

  @Test(arguments: AllCodes.sorted.map(\.id))
  func badExampleShowsTheMistake(_ id: String) throws {
    // Some hundred brackets, or workflows, would be a poor example.
    if ["deep-nesting", "workflow-depth"].contains(id) { return }
    let found = try compile(try Self.example("bad", of: id)).map(\.code.id)
    #expect(found.contains(id), "found \(found)")
  }

  @Test(arguments: AllCodes.sorted.map(\.id))
  func goodExampleHasNoError(_ id: String) throws {
    let found = try compile(try Self.example("good", of: id))
    #expect(found.filter { $0.severity == .error || $0.code.id == id }.map(\.message) == [])
  }

  @Test func everyCodeHasAFixture() throws {
    var covered: Set<String> = []
    for fixture in Fixture.all(in: "check") {
      for expectation in try DiagnosticMatcher(fixture).expectations {
        if case .finding(_, let code, _) = expectation.subject { covered.insert(code) }
      }
    }
    for code in AllCodes.sorted where !covered.contains(code.id) {
      Issue.record("no file in Fixtures/check shows '\(code.id)'")
    }
  }

  @Test func everyCheckIsRegistered() throws {
    let folder = "Sources/ComposeSema/Checks/"
    let registry = String(decoding: try Files.read(Files.absolute(folder + "CheckRegistry.swift")), as: UTF8.self)
    let checks = RepositoryFile.sources
      .filter { $0.path.hasPrefix(folder) && String(decoding: $0.bytes, as: UTF8.self).contains(": Check {") }
      .map { String(Files.name(of: $0.path).dropLast(6)) }
    #expect(checks.count == CheckRegistry.all.count)
    for name in checks { #expect(registry.contains("    \(name).self,"), "\(name) is not registered") }
    let registered = CheckRegistry.all.map { String(describing: $0) }
    #expect(registered == registered.sorted(), "the list is sorted")
  }

  /// `UPDATE_GOLDENS=1` writes the document anew.
  @Test func documentIsFresh() {
    expectGolden(DiagnosticDocument.document(AllCodes.sorted, as: .markdown), at: "docs/diagnostics.md")
  }

  // MARK: Examples

  private static func code(_ id: String) throws -> DiagnosticCode {
    try #require(AllCodes.sorted.first { $0.id == id })
  }

  private static func example(_ kind: String, of id: String) throws -> String {
    let text = try code(id).explanation
    let start = try #require(text.firstRange(of: "```yaml \(kind)\n"), "no '\(kind)' example")
    let end = try #require(text[start.upperBound...].firstRange(of: "```"))
    return String(text[start.upperBound..<end.lowerBound])
  }

  private func compile(_ text: String) throws -> [Diagnostic] {
    var sources = SourceSet()
    sources.add(path: "example.yml", bytes: Array(text.utf8))
    var options = CompileOptions()
    options.exists = { path, _ in !path.contains("missing") }
    return ComposePlan.compile(
      sources.files, in: sources, environment: Environment(), catalog: .builtIn, options: options
    )
    .diagnostics.sorted()
  }
}
