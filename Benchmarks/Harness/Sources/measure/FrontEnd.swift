import ComposeBasic
import ComposeSyntax

/// Templates as authors write them: plain text, paths, conversions, defaults, annotations, JSON around expressions.
let expressionBenchmarks: [Benchmark] = [
  Benchmark(
    name: "expressions: template text", bytes: templateText.utf8.count, unit: .megabytesPerSecond, bar: 20
  ) {
    var diagnostics = Diagnostics()
    let template = parseTemplateText(templateText, file: SourceFile.ID(index: 0), into: &diagnostics)
    precondition(!diagnostics.hasErrors, "the text has errors")
    return template.parts.count
  },
  Benchmark(
    name: "expressions: many small templates", bytes: templates.joined().utf8.count, unit: .megabytesPerSecond, bar: 20
  ) {
    var diagnostics = Diagnostics()
    var count = 0
    for text in templates {
      count += parseTemplateText(text, file: SourceFile.ID(index: 0), into: &diagnostics).parts.count
    }
    precondition(!diagnostics.hasErrors, "a template has errors")
    return count
  },
]

/// A compose file: environment values put in, YAML composed.
let frontEndBenchmarks: [Benchmark] = [
  Benchmark(name: "YAML: compose file", bytes: composeFile.bytes.count, unit: .megabytesPerSecond, bar: nil) {
    var diagnostics = Diagnostics()
    let document = parseYAML(composeFile, environment: environment, into: &diagnostics)
    precondition(!diagnostics.hasErrors, "the file has errors")
    return document.environmentReferences.count
  },
  Benchmark(name: "YAML: and its declarations", bytes: composeFile.bytes.count, unit: .megabytesPerSecond, bar: nil) {
    var diagnostics = Diagnostics()
    return parse([composeFile], environment: environment, into: &diagnostics).components.count
  },
]

private let environment = Environment([
  "API_KEY": Environment.Variable("unused", origin: "-e"), "MODEL": Environment.Variable("gpt-4o", origin: "-e"),
])

private let templates = [
  "${input.prompt as text}",
  "${input.model | gpt-4o-mini}",
  "${input.temperature as number | 0.7 @(description How freely the model answers, from 0 to 2)}",
  "Summarise the following text in ${input.language | English}, in at most ${input.sentences as integer | 3} sentences:",
  "${response.choices[0].message.content}",
  "${response[].choices[0].delta.content}",
  "${jobs.search.output.documents[*].text}",
  "Bearer ${input.token}",
  "https://api.example.com/v1/${input.kind | models}/${input.id}?page=${input.page as integer | 1}",
  "Question: ${input.question}\nContext: ${jobs.retrieve.output.passages as text}\n\nAnswer in one paragraph.",
  "${input.image as image/png;base64}",
  "application/json",
  "{\"query\": \"${input.query}\", \"limit\": 10}",
  "${output as stream/text}",
  "${input.files[0].name | ${input.fallback.name}}",
  "A sentence without any expression, as most texts of a file are, with some punctuation; and a second half.",
]

/// About 100 KB in one text, such as a long prompt.
private let templateText = String(repeating: templates.joined(separator: "\n") + "\n", count: 80)

/// About 100 KB: 200 components with their workflows.
private let composeFile: SourceFile = {
  var text = "controller:\n  adapter:\n    type: http-server\n    port: 8080\n    base_path: /api\n\ncomponents:\n"
  for number in 0..<200 {
    text += """
        - id: model-\(number)
          type: http-client
          base_url: https://api.example.com/v1
          headers:
            Authorization: Bearer ${env.API_KEY}
            Content-Type: application/json
          action:
            path: /chat/completions
            method: POST
            body:
              model: ${env.MODEL | gpt-4o}
              temperature: ${input.temperature as number | 0.7}
              messages:
                - role: system
                  content: |
                    You are a helpful assistant.
                    Answer in ${input.language | English}.
                - {role: user, content: "${input.prompt as text}"}
            output: ${response.choices[0].message.content}

      """
  }
  text += "workflow:\n  job:\n    component: model-0\n    input: ${input}\n"
  var sources = SourceSet()
  return sources.add(path: "model-compose.yml", bytes: Array(text.utf8))
}()
