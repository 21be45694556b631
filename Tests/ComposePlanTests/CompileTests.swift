import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import Testing

/// What the façade adds to the stages: overlays, chosen severities, and no plan for a file with errors.
@Suite struct CompileTests {
  @Test func errorsGiveNoPlan() {
    let compilation = compile(["workflow: {job: {component: nothing}}"])
    #expect(compilation.diagnostics.hasErrors)
    #expect(compilation.plan == nil)
  }

  @Test func laterFilesAreLaidOverEarlierOnes() throws {
    let compilation = compile([
      """
      component:
        type: http-client
        base_url: https://api.example.com
        action: {path: /items, method: GET}
      workflow: {title: Old, job: {input: "${input}"}}
      """,
      """
      component:
        base_url: http://localhost:1234
        action: {method: PUT}
      workflow: {title: New}
      """,
    ])
    #expect(compilation.diagnostics.all.map(\.message) == [])
    let workflow = try #require(compilation.plan?.workflows.first)
    #expect(workflow.title == "New")
    guard case .invoke(let invocation) = workflow.nodes[0].job.operation else {
      Issue.record("not a call")
      return
    }
    let text = ComposePlan.print(try #require(compilation.plan), workflows: [workflow], as: .text)
    #expect(text.contains("PUT http://localhost:1234/items  known  0.yml:4:18"))
    #expect(text.contains("host  http://localhost:1234  1.yml:2:13"))
    #expect(invocation.componentRange.file.index == 0)
  }

  @Test func findingsOfAnOverlayNameItsFile() throws {
    let compilation = compile([
      "component: {type: http-client, action: {endpoint: https://api.example.com}}\nworkflow: {job: {}}",
      "workflow: {job: {inptu: 1}}",
    ])
    let found = try #require(compilation.diagnostics.sorted().first { $0.code.id == "unknown-key" })
    #expect(compilation.sources.location(of: found.range) == "1.yml:1:18")
  }

  @Test func severitiesCanBeChosen() {
    let text = """
      component: {type: http-client, action: {endpoint: https://api.example.com}, colour: blue}
      workflow: {job: {input: "${input}"}}
      """
    var options = CompileOptions()
    #expect(compile([text], options).diagnostics.all.map(\.severity) == [.warning])
    #expect(compile([text], options).plan != nil)
    options.severities = ["unknown-key": .error]
    #expect(compile([text], options).diagnostics.all.map(\.severity) == [.error])
    #expect(compile([text], options).plan == nil)
    options.severities = ["unknown-key": Severity?.none]
    #expect(compile([text], options).diagnostics.all.isEmpty)
  }

  @Test func aJobThatIsAddedByAnOverlay() {
    let compilation = compile([
      "component: {type: http-client, action: {endpoint: https://api.example.com}}",
      "workflow: {job: {input: \"${input}\"}}",
    ])
    #expect(compilation.diagnostics.all.map(\.message) == [])
    #expect(compilation.plan?.workflows.count == 1)
  }

  /// A file with findings would prepare something else than what most files need.
  @Test func whatIsCompiledAheadIsSound() {
    #expect(prepareToCompile().all.map(\.message) == [])
  }

  private func compile(_ texts: [String], _ options: CompileOptions = CompileOptions()) -> Compilation {
    var sources = SourceSet()
    for (index, text) in texts.enumerated() { sources.add(path: "\(index).yml", bytes: Array(text.utf8)) }
    return ComposePlan.compile(
      sources.files, in: sources, environment: Environment(), catalog: .builtIn, options: options)
  }
}
