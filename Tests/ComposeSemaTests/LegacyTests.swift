import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// Files of earlier versions keep their meaning, with a warning, and can be rewritten by their safe fixes.
@Suite struct LegacyTests {
  @Test(arguments: [flatEverywhere, oldCasts, oldJobKind, nestedKeys])
  func fixesKeepTheMeaning(_ text: String) throws {
    let old = compile(text)
    #expect(old.diagnostics.all.isEmpty == false)
    #expect(Set(old.diagnostics.all.map(\.code.id)) == ["legacy-syntax"])
    let edits = old.diagnostics.sorted().flatMap { diagnostic in
      diagnostic.fixes.filter { $0.applicability == .safe }.flatMap(\.edits)
    }
    let new = compile(String(decoding: apply(edits, to: Array(text.utf8)), as: UTF8.self))
    #expect(new.diagnostics.all.map(\.message) == [])
    let before = try #require(old.plan)
    let after = try #require(new.plan)
    #expect(before.serving == after.serving)
    #expect(try shape(before) == shape(after))
  }

  /// Lists written as mappings by id: the ids are the keys.
  @Test func mappingsByID() throws {
    let compilation = compile(
      """
      components:
        ask: {type: http-client, action: {endpoint: https://api.example.com}}
      workflows:
        main: {jobs: {one: {component: ask}}}
      """)
    #expect(Set(compilation.diagnostics.all.map(\.code.id)) == ["legacy-syntax"])
    let plan = try #require(compilation.plan)
    #expect(plan.workflows.map(\.id) == ["main"])
    #expect(plan.workflows[0].nodes.map(\.name) == ["one"])
  }

  @Test func theControllerOfADay() throws {
    let plan = try #require(compile(flatEverywhere).plan)
    #expect(plan.serving.api == .init(host: "127.0.0.1", port: 8080))
    #expect(plan.serving.basePath == "/api")
    #expect(plan.serving.webUI == .init(host: "127.0.0.1", port: 8081))
    #expect(plan.workflows[0].outputType == .encoded(.text))
  }

  /// The plan without the places in the file.
  private func shape(_ plan: Plan) throws -> TestJSON {
    // Expressions are printed as they are written.
    let text = ComposePlan.print(
      plan, workflows: plan.workflows, as: .json, options: PrintOptions(locations: false)
    )
    .replacing("as text;sse-text", with: "as stream/text")
    .replacing("as sse-json", with: "as stream/json")
    return try TestJSON(text)
  }
}

private let flatEverywhere = """
  controller:
    type: http-server
    port: 8080
    base_path: /api
    webui:
      port: 8081
  workflow:
    title: Chat
    input: ${input}
    output: ${output as text;sse-text}
  component:
    type: http-client
    base_url: https://api.openai.com/v1
    path: /chat/completions
    method: POST
    headers:
      Authorization: Bearer ${env.OPENAI_API_KEY}

      # A comment between the lines.
      Content-Type: application/json
    body:
      model: gpt-4o
      messages:
        - role: user
          content: ${input.prompt as text}
      stream: true
    stream_format: json
    output: ${response[].choices[0].delta.content}
  """

private let oldCasts = """
  component:
    type: http-client
    action: {endpoint: https://api.example.com, stream_format: text, output: "${response[]}"}
  workflows:
    - {id: a, job: {output: "${output as text;sse-text}"}}
    - {id: b, job: {output: "${output as sse-json}"}}
  """

private let oldJobKind = """
  component: {type: http-client, action: {endpoint: https://api.example.com}}
  workflow:
    jobs:
      - {id: a, type: action, input: "${input}"}
  """

private let nestedKeys = """
  controller:
    name: demo
    port: 9000
    type: http-server
    host: 127.0.0.1
  component: {type: http-client, action: {endpoint: https://api.example.com}}
  workflow: {job: {input: "${input}"}}
  """
