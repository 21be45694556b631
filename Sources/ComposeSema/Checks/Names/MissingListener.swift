package import ComposeBasic
import ComposeSyntax

/// Reports an action that waits for a callback which no listener receives.
package enum MissingListener: Check {
  private static func example(_ listener: String) -> String {
    """
    \(listener)component:
      type: http-client
      action:
        endpoint: https://api.example.com
        body: {id: "${context.run_id}"}
        completion: {type: callback, wait_for: "${context.run_id}"}
    workflow: {job: {input: "${input}"}}
    """
  }

  private static let code = DiagnosticCode(
    "missing-listener", .error, "A callback that nothing receives",
    explanation: """
      The action waits until a callback tells that its work is done. Callbacks come in through a listener of type
      `http-callback`; without one the action waits for ever.

      ```yaml bad
      \(example(""))
      ```

      ```yaml good
      \(example("listener: {type: http-callback, path: /done, identify_by: \"${body.id}\"}\n"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let file = program.file
    let catalog = program.catalog
    let isMisspelt = file.root.map { program.misspelt.contains($0.range) } ?? true
    guard !isMisspelt, !file.hasUnreadable("listener"),
      // One of an unknown type may receive anything.
      !file.declarations(.listener).contains(where: { catalog.workflowField(ofListener: $0) == nil })
    else { return }
    for action in file.allComponents.flatMap(\.actions) {
      guard let type = action.fields["completion"]?["type"], type.constantText == "callback" else { continue }
      diagnostics.emit(
        Diagnostic(code, "no listener receives the callback", at: type.range)
          .help("declare a 'listener' of type 'http-callback'")
          .upstream("waits for ever"))
    }
  }
}
