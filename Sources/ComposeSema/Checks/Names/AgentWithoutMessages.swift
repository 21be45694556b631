package import ComposeBasic
import ComposeSyntax

/// Reports an agent whose model is called without anything to read.
package enum AgentWithoutMessages: Check {
  private static func example(_ input: String) -> String {
    """
    components:
      - id: helper
        type: agent
        model: {component: llm\(input)}
        action: {prompt: "${input.text}"}
      - {id: llm, type: http-client, action: {endpoint: https://api.example.com/chat, body: "${input}"}}
    workflow: {job: {component: helper}}
    """
  }

  private static let code = DiagnosticCode(
    "agent-without-messages", .warning, "An agent that tells its model nothing",
    explanation: """
      The conversation reaches the model only through `input`, as `${messages}`. Without it the model is called with
      nothing, whatever the agent was asked.

      ```yaml bad
      \(example(""))
      ```

      ```yaml good
      \(example(", input: {messages: \"${messages}\"}"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for agent in program.file.components {
      guard let traits = program.catalog.traits(of: agent), let call = traits.call, call.isRequired,
        let model = agent.node.entry(call.field)?.value, let first = model.mapping?.first,
        model.entry("input") == nil, !program.misspelt.contains(model.range)
      else { continue }
      diagnostics.emit(
        Diagnostic(
          code, "the \(traits.noun)'s \(call.field) has no 'input': it is called without the messages",
          at: first.key.range
        )
        .help("add 'input: {messages: \"${messages}\"}', and the tools if the agent has any")
        .upstream("calls the model with nothing"))
    }
  }
}
