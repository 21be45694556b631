import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Testing

/// What findings about names offer.
@Suite struct NameHelpTests {
  @Test func placesOfOtherThingsAreTold() throws {
    let fixture = Fixture(path: Files.absolute("Fixtures/check/undefined-job-elsewhere.yml"), extension: "yml")
    let help = try compile(fixture).diagnostics.sorted().map { $0.help ?? "" }
    #expect(
      help == [
        "one job of the workflow has no 'id': is it meant?",
        "workflow 'other' has a job of that name; jobs of another workflow are not visible",
        "'call' is a component; the job that runs it is '__job__'",
        "'other' is a workflow: a job runs it through a component of type 'workflow'",
      ])
  }

  @Test(arguments: [
    ("words", "'words' is a workflow: to run it, declare a component with 'type: workflow' and this workflow"),
    ("inner", "the component of that id is written inside a job: declare it under 'components' to share it"),
    ("collect", "'collect' is a job of workflow 'words', not a component"),
    ("nothing", "there is 'call'"), ("cal", "did you mean 'call'?"),
  ])
  func kindsOfNamesAreTold(_ name: String, _ help: String) throws {
    let text = """
      component: {id: call, type: http-client, action: {endpoint: https://api.example.com}}
      workflows:
        - {id: main, default: true, job: {component: \(name)}}
        - {id: words, job: {id: collect, component: call}}
        - id: third
          job: {id: last, component: {id: inner, type: http-client, action: {endpoint: https://api.example.com/3}}}
      """
    let finding = compile(text).diagnostics.sorted().first { $0.code.id == "undefined-component" }
    #expect(finding?.help == help)
  }

  /// Taking one of several out of a list, whichever it is, leaves a list of the others.
  @Test(arguments: [
    ("[first, first, second]", "[first, second]"), ("[first, second, first]", "[first, second]"),
    ("\n      - first\n      - first\n      - second", "\n      - first\n      - second"),
    ("\n      - second\n      - first\n      - first", "\n      - second\n      - first"),
  ])
  func oneOfSeveralIsRemoved(_ list: String, _ expected: String) throws {
    let text = """
      workflow:
        jobs:
          - {id: first, type: delay, duration: 1s}
          - {id: second, type: delay, duration: 1s}
          - id: third
            type: delay
            duration: 1s
            depends_on: \(list)
      """
    let finding = try #require(compile(Array(text.utf8), path: "a.yml").diagnostics.sorted().first)
    let fix = try #require(finding.fixes.first)
    let repaired = String(decoding: apply(fix.edits, to: Array(text.utf8)), as: UTF8.self)
    #expect(repaired.hasSuffix("depends_on: " + expected))
    #expect(compile(Array(repaired.utf8), path: "a.yml").diagnostics.all.isEmpty)
  }

  /// In files that are laid over each other no repair reaches from one into the other.
  @Test func repairsStayInOneFile() throws {
    var sources = SourceSet()
    let base =
      "controller: {adapters: [{type: http-server}]}\nworkflows:\n  - {id: a, default: true, job: {type: delay}}\n"
    let overlay = """
      workflows:
        - {id: a, default: true, job: {type: delay, duration: 1s}}
        - {id: b, job: {type: delay, duration: 1s}, default: true}
      """
    sources.add(path: "base.yml", bytes: Array(base.utf8))
    sources.add(path: "overlay.yml", bytes: Array(overlay.utf8))
    let compilation = compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn)
    let finding = try #require(compilation.diagnostics.sorted().first { $0.code.id == "several-defaults" })
    let edit = try #require(finding.fixes.first?.edits.first)
    #expect(edit.range.file == sources.files[1].id)
    #expect(sources.files[1].text(of: edit.range) == ", default: true")
  }
}
