package import ComposeBasic
import ComposeSyntax

/// Reports jobs inside other jobs that wait for, or route to, jobs of the workflow.
package enum InlineDependency: Check {
  private static let code = DiagnosticCode(
    "inline-dependency", .error, "A job inside another that waits or routes",
    explanation: """
      A job under `do` or `steps` belongs to the job around it. It is no part of the workflow's graph, so it can neither
      wait for a job nor route to one.

      ```yaml bad
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: load, component: c}
          - {id: each, type: for-each, input: "${input.items}", do: {component: c, depends_on: [load]}}
      ```

      ```yaml good
      component: {id: c, type: http-client, action: {endpoint: https://api.example.com}}
      workflow:
        jobs:
          - {id: load, component: c}
          - {id: each, type: for-each, depends_on: [load], input: "${input.items}", do: {component: c}}
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for job in program.workflows.flatMap(\.decl.jobs) where !job.bodies.isEmpty {
      check(job.bodies, inside: job, into: &diagnostics)
    }
  }

  private static func check(_ bodies: [JobDecl], inside job: JobDecl, into diagnostics: inout Diagnostics) {
    for body in bodies {
      if let entry = body.node.entry("depends_on"), !entry.value.isNull, entry.value.sequence?.isEmpty != true {
        diagnostics.emit(
          Diagnostic(
            code, "a job inside '\(job.kind.value)' cannot wait for others",
            at: body.dependsOn.joined().first?.range ?? entry.value.range
          )
          .note("it belongs to this job", at: job.place)
          .help("move 'depends_on' to the job around it")
          .upstream("refuses the file")
          .removing(key: "depends_on", of: body.node))
      }
      if let entry = body.node.entry("on_error")?.value.entry("to"), !entry.value.isNull {
        diagnostics.emit(
          Diagnostic(code, "a job inside '\(job.kind.value)' cannot route", at: entry.value.range)
            .note("it belongs to this job", at: job.place)
            .help("move 'on_error' to the job around it, or give a value with 'on_error: {output: …}'")
            .upstream("refuses the file")
            .removing(key: "on_error", of: body.node))
      }
      check(body.bodies, inside: body, into: &diagnostics)
    }
  }
}
