package import ComposeBasic

/// The findings about what is passed to an action or a workflow.
package enum InputCode {
  static let unknownInput = DiagnosticCode(
    "unknown-input", .warning, "An input that no job passes",
    explanation: """
      Every job that runs the action lists what it passes. This name is not among it, but one like it is. The action
      reads nothing.

      ```yaml bad
      component:
        id: say
        type: http-client
        action: {endpoint: https://api.example.com, body: {text: "${input.txt}"}}
      workflow: {job: {component: say, input: {text: "${input.text}"}}}
      ```

      ```yaml good
      component:
        id: say
        type: http-client
        action: {endpoint: https://api.example.com, body: {text: "${input.text}"}}
      workflow: {job: {component: say, input: {text: "${input.text}"}}}
      ```
      """)

  /// Every code of this file.
  package static let codes = [unknownInput]
}
