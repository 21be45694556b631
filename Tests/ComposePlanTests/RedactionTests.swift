import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeSyntax
import Testing

/// A secret of the environment reaches no text that people or clients see, wherever the file puts it.
@Suite struct RedactionTests {
  private static let secret = "sk-\"quoted\"-1234567890"

  private func compiled(_ text: String) -> Compilation {
    var sources = SourceSet()
    sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
    var environment = Environment()
    environment.set("MY_API_KEY", Self.secret, origin: "-e")
    return compile(sources.files, in: sources, environment: environment, catalog: .builtIn)
  }

  @Test(arguments: PlanFormat.allCases)
  func plansHideIt(_ format: PlanFormat) throws {
    let plan = try #require(
      compiled(
        """
        component:
          type: http-client
          action:
            endpoint: https://api.example.com
            params: {'${env.MY_API_KEY}': x}
            body: {deep: ['a ${env.MY_API_KEY} b']}
        workflow:
          title: '${env.MY_API_KEY}'
          description: 'about ${env.MY_API_KEY}'
          job: {input: '${input}'}
        """
      ).plan)
    let text = print(plan, workflows: plan.workflows, as: format)
    #expect(!text.contains("1234567890"))
    #expect(text.contains(Redactor.mark))
    #expect(plan.workflows[0].title == Redactor.mark)
    #expect(plan.workflows[0].description == "about " + Redactor.mark)
  }

  @Test(arguments: ["integer", "number", "boolean", "select/a,b", "json", "list"])
  func findingsHideIt(_ type: String) {
    let compilation = compiled(
      """
      component:
        type: http-client
        action:
          endpoint: https://api.example.com
          body: {x: '${input.x as \(type) | ${env.MY_API_KEY}}'}
      workflow: {job: {input: '${input}'}}
      """)
    let findings = compilation.diagnostics.sorted()
    #expect(!findings.isEmpty)
    for finding in findings {
      let texts = [finding.message, finding.help ?? "", finding.upstream ?? ""] + finding.fixes.map(\.title)
      #expect(!texts.joined().contains("1234567890"), "\(finding.message)")
    }
  }
}
