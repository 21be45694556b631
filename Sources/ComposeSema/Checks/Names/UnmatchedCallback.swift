package import ComposeBasic
import ComposeSyntax

/// Reports an action whose callback no route of a listener can tell from others.
package enum UnmatchedCallback: Check {
  private static func example(_ route: String) -> String {
    """
    listener: {type: http-callback, path: /done\(route)}
    component:
      type: http-client
      action:
        endpoint: https://api.example.com
        body: {id: "${context.run_id}"}
        completion: {type: callback, wait_for: "${context.run_id}"}
    workflow: {job: {input: "${input}"}}
    """
  }

  private static let code = DiagnosticCode(
    "unmatched-callback", .error, "A callback that never ends the action",
    explanation: """
      The action waits for the id in `wait_for`, and a route of the listener finds the id of a callback with
      `identify_by`. Without one of the two they never meet, and the action waits for ever.

      ```yaml bad
      \(example(""))
      ```

      ```yaml good
      \(example(", identify_by: \"${body.id}\""))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let file = program.file
    let catalog = program.catalog
    let listeners = file.declarations(.listener).filter { catalog.workflowField(ofListener: $0) == nil }
    let routes = listeners.flatMap(\.routes)
    // Without a listener, or with a misspelt key, something else is reported.
    guard !routes.isEmpty, !file.hasUnreadable("listener"), program.misspelt.isEmpty else { return }
    let identified = routes.contains { $0["identify_by"] != nil }
    for action in file.allComponents.flatMap(\.actions) {
      guard let completion = action.fields["completion"], let type = completion["type"],
        type.constantText == "callback"
      else { continue }
      guard let name = completion["wait_for"] else {
        diagnostics.emit(
          Diagnostic(code, "the action does not say which callback it waits for", at: type.range)
            .help("add 'wait_for: ${context.run_id}', and send the same id with the request")
            .upstream("waits for ever"))
        continue
      }
      if identified || name.constantText == "__callback__" { continue }
      diagnostics.emit(
        Diagnostic(code, "no callback says which action it belongs to", at: name.range)
          .note("the callback is received here", at: routes[0]["path"]?.range)
          .help("add 'identify_by' to the callback of the listener")
          .upstream("waits for ever"))
    }
  }
}
