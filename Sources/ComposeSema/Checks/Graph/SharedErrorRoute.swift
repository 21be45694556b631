package import ComposeBasic
import ComposeSyntax

/// Reports a router whose error route is one of its ordinary routes.
package enum SharedErrorRoute: Check {
  private static let code = DiagnosticCode(
    "shared-error-route", .warning, "An error route that is an ordinary route too",
    explanation: """
      The job sends the run to the same place whether it fails or not, so that a failure looks like a result.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - id: pick
            type: if
            input: ${input.x}
            conditions: [{operator: eq, value: "1", if_true: first}]
            otherwise: second
            on_error: {to: second}
          - {id: first, component: c}
          - {id: second, component: c}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - id: pick
            type: if
            input: ${input.x}
            conditions: [{operator: eq, value: "1", if_true: first}]
            otherwise: second
          - {id: first, component: c}
          - {id: second, component: c}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let catalog = program.catalog
    for job in program.workflows.flatMap(\.decl.jobs) where catalog.isRouter(job) {
      guard let target = job.node.entry("on_error")?.value.entry("to")?.value.locatedScalar,
        let route = catalog.routingTargets(of: job).first(where: {
          $0.value == target.value && $0.range != target.range
        })
      else { continue }
      diagnostics.emit(
        Diagnostic(code, "'\(target.value)' is both an ordinary route and the error route", at: target.range)
          .note("the ordinary route is here", at: route.range)
          .help("route errors to a job of their own, or leave 'on_error' out")
          .upstream("goes on as if nothing had failed"))
    }
  }
}
