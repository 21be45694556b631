import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import Testing

/// What comments and the command line do to findings.
@Suite struct SuppressedFindingTests {
  private func compile(
    _ texts: String..., severities: [String: Severity?] = [:], environment: [String: String] = [:]
  ) -> Compilation {
    var sources = SourceSet()
    for (index, text) in texts.enumerated() { sources.add(path: "\(index).yml", bytes: Array(text.utf8)) }
    var options = CompileOptions()
    options.severities = severities
    var variables = Environment()
    for (name, value) in environment { variables.set(name, value, origin: "-e") }
    return ComposePlan.compile(
      sources.files, in: sources, environment: variables, catalog: .builtIn, options: options)
  }

  private func found(_ compilation: Compilation) -> [String] { compilation.diagnostics.sorted().map(\.code.id) }

  private static let component = "component: {type: http-client, action: {endpoint: https://api.example.com}}\n"
  private static let misspelt = component + "workflow: {job: {inptu: \"${input}\"}}"

  /// As with `--allow`: who hides an error answers for it.
  @Test func aSuppressedErrorDoesNotKeepTheFileFromRunning() {
    let plain = compile(Self.misspelt)
    #expect(plain.plan == nil && plain.suppressed == 0)
    let suppressed = compile(Self.misspelt + "  # model-compose: ignore[unknown-key] not needed")
    #expect(found(suppressed) == [])
    #expect(suppressed.plan != nil && suppressed.suppressed == 1)
    let allowed = compile(Self.misspelt, severities: ["unknown-key": nil])
    #expect(found(allowed) == [])
    #expect(allowed.plan != nil)
  }

  /// What cannot be read cannot be called clean.
  @Test(arguments: [
    "a: [1  # model-compose: ignore[yaml-syntax]\n", "- a  # model-compose: ignore[wrong-kind]\n",
    "# model-compose: ignore[empty-file]\n", "a: \u{1}  # model-compose: ignore[yaml-syntax]\n",
  ])
  func aFileThatIsNotReadStaysAnError(_ text: String) {
    for severities in [[:], AllCodes.sorted.reduce(into: [String: Severity?]()) { $0.updateValue(nil, forKey: $1.id) }]
    {
      let compilation = compile(text, severities: severities)
      #expect(compilation.diagnostics.hasErrors && compilation.plan == nil)
      #expect(!found(compilation).contains("unused-suppression"))
    }
    #expect(compile(text, severities: ["yaml-syntax": .warning, "empty-file": .note]).diagnostics.hasErrors)
  }

  @Test func aCodeThatIsAllowedIsStillSuppressedHere() {
    let text = Self.misspelt + "  # model-compose: ignore[unknown-key]"
    #expect(found(compile(text, severities: ["unknown-key": nil])) == [])
  }

  @Test func levelsApplyToSuppressions() {
    let text = Self.component + "workflow: {job: {input: 1}}  # model-compose: ignore[unknown-key]"
    #expect(compile(text).diagnostics.sorted().map(\.severity) == [.warning])
    #expect(compile(text, severities: ["unused-suppression": .error]).plan == nil)
    #expect(found(compile(text, severities: ["unused-suppression": nil])) == [])
  }

  /// What depends on the environment may be needed elsewhere.
  @Test(arguments: [[:], ["PORT": "80"], ["PORT": "http"]])
  func linesWithVariablesAreNeverUnused(_ environment: [String: String]) {
    let text =
      Self.component
        + """
        workflow: {job: {input: 1}}
        controller:
          adapter:
            type: http-server
            # model-compose: ignore[unset-environment-variable, invalid-value]
            port: ${env.PORT}
        """
    #expect(found(compile(text, environment: environment)) == [])
  }

  @Test func eachFileHasItsOwn() {
    let base = Self.component + "workflow: {job: {input: 1}}\nnotes: 1\n"
    #expect(found(compile(base, "more: 2  # model-compose: ignore[unknown-key]\n")) == ["unknown-key"])
    #expect(found(compile(base, "# model-compose: ignore[unknown-key]\nmore: 2\n")) == ["unknown-key"])
    #expect(
      found(compile(base, "workflow: {title: x}\n# model-compose: ignore[unknown-key]\n"))
        == ["unknown-key", "unused-suppression"])
  }
}
