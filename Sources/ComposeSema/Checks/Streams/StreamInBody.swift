package import ComposeBasic
import ComposeSyntax

/// Reports a stream that a job passes into a part of a request's body.
package enum StreamInBody: Check {
  private static func example(_ output: String) -> String {
    """
    components:
      - id: chat
        type: http-client
        base_url: https://api.openai.com/v1
        action:
          path: /chat/completions
          body: {model: gpt-4o, messages: [{role: user, content: "${input.prompt}"}], stream: true}
          stream_format: json
          output: ${response[].choices[0].delta.content}
      - {id: save, type: http-client, action: {endpoint: https://api.example.com, body: {text: "${input.text}"}}}
    workflow:
      jobs:
        - {id: ask, component: chat, input: {prompt: "${input.prompt}"}}
        - {id: keep, component: save, depends_on: [ask], input: {text: "\(output)"}}
    """
  }

  private static let code = DiagnosticCode(
    "stream-in-body", .error, "A stream inside a request's body",
    explanation: """
      A body is written as a whole before it is sent, so no part of it can be a stream. Collect the stream first.

      ```yaml bad
      \(example("${jobs.ask.output}"))
      ```

      ```yaml good
      \(example("${jobs.ask.output[*]}").replacing("stream: true", with: "stream: false")
        .replacing("      stream_format: json\n", with: "")
        .replacing("response[].choices[0].delta", with: "response.choices[0].message")
        .replacing("[*]", with: ""))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    var reported: Set<SourceRange> = []
    for workflow in program.workflows where workflow.jobs.contains(where: \.outputType.isStream) {
      let types = Dictionary(workflow.jobs.map { ($0.decl.name, $0.outputType) }) { first, _ in first }
      for job in workflow.jobs {
        guard let body = job.target?.action.fields["body"], case .object(let inputs)? = job.decl.input?.content,
          body.wholeExpression == nil, job.target?.mayTakeStreams != true
        else { continue }
        for input in inputs {
          guard let source = input.value.wholeExpression, source.isWholeJobOutput, source.cast == nil,
            let name = source.readJob?.value, types[name]?.isStream == true
          else { continue }
          // Inside text a stream is refused where the text is typed.
          for use in body.texts.compactMap(\.wholeExpression)
          where use.readsInput(input.key.value) && reported.insert(use.range).inserted {
            diagnostics.emit(.inBody(use, input, of: job.decl))
          }
        }
      }
    }
  }
}

extension ActionTarget {
  /// Whether the body is, or may be, one of parts, which may be streams.
  fileprivate var mayTakeStreams: Bool {
    [component.fields["headers"], action.fields["headers"]].contains { headers in
      guard let headers else { return false }
      guard case .object(let fields) = headers.content else { return true }
      return fields.contains { field in
        guard field.key.value.lowercased() == "content-type" else { return false }
        return field.value.constantText.map { $0.lowercased().hasPrefix("multipart/") } ?? true
      }
    }
  }
}

extension Expression {
  /// Whether it is that input as it is.
  fileprivate func readsInput(_ name: String) -> Bool {
    root.value == "input" && path.count == 1 && path[0].value == .key(name) && cast == nil
  }
}

extension Diagnostic {
  fileprivate static func inBody(_ use: Expression, _ input: TemplateEntry, of job: JobDecl) -> Diagnostic {
    Diagnostic(StreamInBody.codes[0], "'\(use.description)' is a stream, and a body holds none", at: use.range)
      .note("job '\(job.name)' passes the stream here", at: input.value.range)
      .help("collect it with 'as text', or ask for the answer as a whole")
      .upstream("fails when the job runs: the stream is not serializable")
  }
}
