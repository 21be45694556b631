import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Files that are repaired, and what is never done to them.
@Suite struct RepairTests {
  /// What `Fixtures/fix/NAME.yml` becomes stands in `NAME.fixed.yml`. Those named `safe-…` get the safe fixes alone.
  @Test(arguments: Fixture.all(in: "fix").filter { !$0.name.hasSuffix(".fixed") })
  func fixtures(_ fixture: Fixture) throws {
    let result = try repaired(fixture)
    expectGolden(String(decoding: result.sources.files[0].bytes, as: UTF8.self), at: fixture.sibling("fixed.yml"))
    #expect(!result.applied.isEmpty)
    try expectSound(result, fixture)
  }

  /// Whatever is repaired: the file still parses, less is found in it, and no comment is lost.
  @Test(arguments: ["check", "check/chat-stream", "check/ok", "fix"].flatMap { Fixture.all(in: $0) })
  func everyFixture(_ fixture: Fixture) throws { try expectSound(try repaired(fixture), fixture) }

  @Test func examples() throws {
    for name in try #require(Files.names(in: Files.absolute("examples"))) {
      let path = Files.absolute("examples/\(name)/model-compose.yml")
      guard Files.exists(path) else { continue }
      let fixture = Fixture(path: path, extension: "yml")
      let result = try repaired(fixture)
      #expect(result.applied.isEmpty)
      try expectSound(result, fixture)
    }
  }

  private func repaired(_ fixture: Fixture) throws -> Repair {
    repair([SourceFile.ID(index: 0)], in: try fixture.sources, .fixtures) {
      $0 == .safe || !fixture.name.hasPrefix("safe-")
    }
  }

  private func expectSound(_ result: Repair, _ fixture: Fixture) throws {
    let sources = try fixture.sources
    let before = compile(sources)
    let file = result.sources.files[0]
    let left = result.compilation.diagnostics.sorted()
    guard file.bytes != sources.files[0].bytes else {
      #expect(result.applied.isEmpty)
      #expect(left.map(\.message) == before.diagnostics.sorted().map(\.message))
      return
    }
    #expect(!result.applied.isEmpty)
    #expect(left.count < before.diagnostics.sorted().count)
    #expect(compile(result.sources).diagnostics.sorted().map(\.message) == left.map(\.message))
    #expect(result.compilation.program.file.root != nil)
    // Nothing is left that would be repaired in another run.
    let again = repair([file.id], in: result.sources, .fixtures) {
      $0 == .safe || !fixture.name.hasPrefix("safe-")
    }
    #expect(again.applied.map(\.title) == [])
    #expect(again.sources.files[0].bytes == file.bytes)
    // What is removed takes the comments inside it along, and some comments are found to be meant as text.
    let isLoss = { (fix: Repair.AppliedFix) in fix.title.hasPrefix("remove") || fix.code.id == "comment-in-value" }
    if result.applied.contains(where: isLoss) { return }
    #expect(comments(in: file) >= comments(in: sources.files[0]))
  }

  /// How many lines seem to have a comment; a text that looks like one stays as well.
  private func comments(in file: SourceFile) -> Int {
    String(decoding: file.bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .count { $0.contains(" #") || $0.hasPrefix("#") }
  }

  private func compile(_ sources: SourceSet) -> Compilation {
    ComposePlan.compile(
      sources.files, in: sources, environment: CompileContext.fixtures.environment, catalog: .builtIn)
  }

  // MARK: Single rules

  private func repaired(_ texts: String..., environment: [String: String] = [:]) -> Repair {
    var sources = SourceSet()
    for (index, text) in texts.enumerated() { sources.add(path: "\(index).yml", bytes: Array(text.utf8)) }
    var variables = Environment()
    for (name, value) in environment { variables.set(name, value, origin: "-e") }
    let context = CompileContext(environment: variables, catalog: .builtIn)
    return repair(sources.files.map(\.id), in: sources, context) { _ in true }
  }

  private func texts(_ result: Repair) -> [String] {
    result.sources.files.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func eachEditGoesToItsFile() {
    let result = repaired(
      "component:\n  type: http-client\n  base_ur: https://api.example.com\n  action: {path: /items}\n",
      "# second\ncomponent:\n  action: {metod: GET} # here\nworkflow: {job: {inptu: \"${input}\"}}\n")
    #expect(
      texts(result) == [
        "component:\n  type: http-client\n  base_url: https://api.example.com\n  action: {path: /items}\n",
        "# second\ncomponent:\n  action: {method: GET} # here\nworkflow: {job: {input: \"${input}\"}}\n",
      ])
    #expect(result.applied.map(\.file.index).sorted() == [0, 1, 1])
    #expect(result.compilation.plan != nil)
  }

  @Test func otherFilesAreLeftAlone() {
    var sources = SourceSet()
    for index in 0..<2 {
      sources.add(path: "\(index).yml", bytes: Array("workflow: {job: {inptu: 1}}\ncomponent: {}".utf8))
    }
    let result = repair([SourceFile.ID(index: 1)], in: sources, .fixtures) { _ in true }
    #expect(result.sources.files[0].bytes == sources.files[0].bytes)
    #expect(result.sources.files[1].bytes != sources.files[1].bytes)
  }

  @Test func valuesOfTheEnvironmentAreNotWritten() {
    let text = """
      component:
        type: http-client
        action:
          endpoint: https://api.example.com
          body: {a: "${input.a as txt} ${env.SECRET_WORD}", b: "${env.CAST_TEXT}"}
      workflow: {job: {input: "${input}", depends_on: "${env.JOB_NAME}"}}
      """
    let values = ["SECRET_WORD": "hush-hush", "CAST_TEXT": "shown-nowhere", "JOB_NAME": "job-name"]
    let result = repaired(text, environment: values)
    for value in values.values { #expect(!texts(result)[0].contains(value)) }
    for name in values.keys { #expect(texts(result)[0].contains("${env.\(name)}")) }
  }

  /// A fix that does harm among many is found, and the others stay.
  @Test func oneBadFixAmongMany() {
    var lines = (0..<64).map { "    a\($0): ${input.a\($0) as txt}" }
    // As a number it would stand inside a text, which is another finding.
    lines.insert("    bad: \"x ${input.bad as numbr}\"", at: 40)
    let head = "component:\n  type: http-client\n  action:\n   endpoint: https://api.example.com\n   body:\n"
    let tail = "\nworkflow: {job: {input: \"${input}\"}}\n"
    let result = repaired(head + lines.joined(separator: "\n") + tail)
    #expect(result.applied.count == 64)
    #expect(result.rolledBack == 1)
    #expect(result.compilation.diagnostics.sorted().map(\.code.id) == ["unknown-type"])
  }

  @Test func nothingToRepair() {
    let text = "workflow: {job: {component: nothing}}\n"
    let result = repaired(text)
    #expect(texts(result) == [text])
    #expect(result.applied.isEmpty && result.rolledBack == 0)
  }
}

extension CompileContext {
  /// With the variables that fixtures may name.
  fileprivate static var fixtures: CompileContext {
    var environment = Environment()
    environment.set("OPENAI_API_KEY", "sk-fixture", origin: "process environment")
    return CompileContext(environment: environment, catalog: .builtIn)
  }
}
