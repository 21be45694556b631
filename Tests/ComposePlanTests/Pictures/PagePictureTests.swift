import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import Testing

/// The picture of one workflow for a page.
@Suite struct PagePictureTests {
  private func plan(_ text: String) throws -> Plan {
    var sources = SourceSet()
    sources.add(path: "/home/somebody/model-compose.yml", bytes: Array(text.utf8))
    var environment = Environment()
    environment.set("API_KEY", "sk-123456789", origin: "process environment")
    let compilation = compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
    #expect(compilation.diagnostics.all.filter { $0.severity == .error }.map(\.message) == [])
    return try #require(compilation.plan)
  }

  @Test func everyJobHasTheNameThatEventsGiveIt() throws {
    let plan = try plan(
      """
      component: {id: c, type: shell, action: {command: [echo, "${input.text}"]}}
      workflow:
        id: w
        title: Two <steps> & more
        jobs:
          - id: each
            type: for-each
            input: ${input.items as list}
            do: {component: c, input: {text: "${item}"}}
          - id: last
            component: c
            depends_on: [each]
            input: {text: "${jobs.each.output as text}"}
      """)
    let workflow = plan.workflows[0]
    let picture = workflowGraph(of: workflow, in: plan)
    let names = workflow.nodes.flatMap(\.job.family).map(\.name)
    #expect(names == ["each", "each[do]", "last"])
    for name in names { #expect(picture.contains(#"data-job="\#(name)""#), "\(name)") }
    #expect(picture.contains(#"data-from="each" data-to="last""#))
    #expect(picture.hasPrefix("<svg "))
    #expect(picture.contains("Two &lt;steps&gt; &amp; more"))
    #expect(!picture.contains("somebody") && !picture.contains("style"))
  }

  @Test func secretsAreLeftOut() throws {
    let plan = try plan(
      """
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {title: "Uses ${env.API_KEY}", job: {id: "${env.API_KEY}", input: "${input}"}}
      """)
    #expect(!workflowGraph(of: plan.workflows[0], in: plan).contains("sk-123456789"))
  }
}
