package import ComposeBasic
import ComposeSyntax

/// Reports an output that is never made, because the agent streams its messages.
package enum UnusedStreamOutput: Check {
  private static func example(_ streaming: String, _ output: String) -> String {
    """
    components:
      - id: helper
        type: agent
        model: {component: llm, input: {messages: "${messages}"}}
        action:
          prompt: ${input.text}
          streaming: \(streaming)
          output: ${result[-1].content[0].text}
      - {id: llm, type: http-client, action: {endpoint: https://api.example.com/chat, body: "${input}"}}
    workflow: {job: {component: helper, output: "\(output)"}}
    """
  }

  private static let code = DiagnosticCode(
    "unused-stream-output", .warning, "An output that a stream does not have",
    explanation: """
      An agent that streams gives each message as it comes, whatever its `output` says: that is made of the whole
      conversation, which is not there yet.

      ```yaml bad
      \(example("true", "${output as stream/json}"))
      ```

      ```yaml good
      \(example("false", "${output}"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for target in program.actions {
      guard let traits = program.catalog.traits(of: target.component), traits.toolsField != nil,
        case .constant(.boolean(true))? = target.action.fields["streaming"]?.content,
        let output = target.action.output, !isPassThrough(output, root: "result"),
        !program.misspelt.contains(target.action.node.range), let entry = target.action.fields.entry("output")
      else { continue }
      diagnostics.emit(
        Diagnostic(code, "the \(traits.noun) streams its messages, and its 'output' is not made", at: entry.key.range)
          .help("leave out 'output' or 'streaming'")
          .upstream("streams the messages as they are"))
    }
  }
}
