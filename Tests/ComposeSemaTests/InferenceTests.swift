import ComposeBasic
import ComposePlan
import ComposeSema
import ComposeTestSupport
import Testing

/// The inputs of a workflow and the types of its results, as the plan and the API show them.
@Suite struct InferenceTests {
  @Test func inputsOfTheExample() throws {
    let path = "examples/openai-chat-completions-stream/model-compose.yml"
    let compilation = compile(try Files.read(Files.absolute(path)), path: path)
    let workflow = try #require(compilation.program.workflows.first)
    let source = compilation.sources.files[0]
    try #require(workflow.inputs.count == 2)
    let prompt = workflow.inputs[0]
    #expect(prompt.name == "prompt")
    #expect(prompt.type == "text")
    #expect(prompt.fallback == nil)
    #expect(prompt.isRequired)
    #expect(!prompt.isList && prompt.subtype == nil && prompt.format == nil && prompt.description == nil)
    #expect(source.text(of: prompt.range) == "${input.prompt as text}")
    let temperature = workflow.inputs[1]
    #expect(temperature.name == "temperature")
    #expect(temperature.type == "number")
    #expect(temperature.fallback?.value == .number(0.7))
    #expect(!temperature.isRequired)
    #expect(source.text(of: temperature.range) == "${input.temperature as number | 0.7}")
    #expect(workflow.resultType == .encoded(.text))
    #expect(workflow.jobs.map(\.actionType) == [.stream(.text, fragmented: true)])
  }

  @Test func manyUsesAreOneInput() throws {
    let inputs = try inputs(
      """
      a: ${input.x}
      b: ${input.x as integer | 3}
      c: ${input.y.z as text[] @(description Some texts)}
      d: ${input.x as number}
      e: ${input}
      """)
    #expect(inputs.map(\.name) == ["x", "y.z"])
    #expect(inputs.map(\.type) == ["integer", "text"])
    #expect(inputs.map(\.fallback?.value) == [.integer("3"), nil])
    #expect(inputs.map(\.isRequired) == [false, true])
    #expect(inputs.map(\.isList) == [false, true])
    #expect(inputs.map(\.description) == [nil, "Some texts"])
  }

  @Test func detailsOfTheCast() throws {
    let inputs = try inputs("a: ${input.image as image/png;base64}\nb: ${input.size as select/s,m,l | m}")
    #expect(inputs.map(\.subtype) == ["png", "s,m,l"])
    #expect(inputs.map(\.format) == ["base64", nil])
  }

  @Test func theWholeInput() throws {
    let inputs = try inputs("a: ${input}")
    #expect(inputs.map(\.name) == [nil])
    #expect(inputs.map(\.isRequired) == [false])
  }

  @Test(arguments: [
    ("${response}", "object{id: text, object: text, created: integer, model: text, choices: "),
    ("${response.choices[0].message.content}", "text | null"),
    ("${response.choices[0].message.content | none}", "text"),
    ("${response.choices[*].index}", "list<integer>"),
    ("${response.choices[0:2]}", "list<object{index: integer, "),
    ("${response.usage.total_tokens as number}", "number"),
    ("${response.id as object/a,b.c}", "object{a: any, c: any}"),
    ("Answer ${response.id}", "text"),
    ("${response.id as image;url}", "image"),
    ("${response.model as select/a,b}", "\"a\" | \"b\""),
    ("{text: \"${response.id}\", list: [1, 2]}", "object{text: text, list: list<integer>}"),
    (
      "{\"...\": \"${response}\"}", "object{id: text, object: text, created: integer, model: text, choices: "
    ),
  ])
  func typesOfAnAnswer(_ output: String, _ type: String) throws {
    let compilation = compile(
      """
      component:
        type: http-client
        base_url: https://api.openai.com/v1
        action:
          path: /chat/completions
          body: {model: gpt-4o, messages: [{role: user, content: hi}]}
          output: \(output)
      workflow: {job: {input: "${input}"}}
      """)
    #expect(compilation.diagnostics.all.map(\.message) == [])
    let actual = try #require(compilation.program.workflows.first).resultType.description
    #expect(type.contains("{") && !type.hasSuffix("}") ? actual.hasPrefix(type) : actual == type)
  }

  private func inputs(_ body: String) throws -> [InputVariable] {
    let lines = body.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    let compilation = compile(
      """
      component:
        type: http-client
        action:
          endpoint: https://api.example.com
          body:
      \(lines)
      workflow: {job: {input: "${input}"}}
      """)
    #expect(compilation.diagnostics.all.map(\.message) == [])
    return try #require(compilation.program.workflows.first).inputs
  }
}
