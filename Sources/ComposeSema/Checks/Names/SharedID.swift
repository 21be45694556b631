package import ComposeBasic
import ComposeSyntax

/// Reports a job with the id of a component of which it runs one of its named actions.
///
/// A component whose one action has no name is the operation itself: a job may well be called the same.
package enum SharedID: Check {
  private static func example(_ id: String) -> String {
    """
    component: {id: chat, type: http-client, action: {id: ask, endpoint: https://api.example.com}}
    workflow: {job: {id: \(id), component: chat, action: ask}}
    """
  }

  private static let code = DiagnosticCode(
    "shared-id", .warning, "A job with the id of a component",
    explanation: """
      Both work, but one word means two things: `${jobs.chat.output}` is the job's result, `component: chat` is not the
      job. As soon as a component is written inside the job, the reference takes it for the declared one.

      ```yaml bad
      \(example("chat"))
      ```

      ```yaml good
      \(example("answer"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    for workflow in program.file.workflows {
      for job in workflow.jobs {
        guard let id = job.id, job.action != nil, job.inlineComponent == nil,
          let component = program.symbols.component(named: id.value)
        else { continue }
        diagnostics.emit(
          Diagnostic(code, "the job has the id of component '\(id.value)'", at: id.range)
            .note("the component is declared here", at: component.id?.range)
            .help("give the job an id that says what it does")
            .upstream("keeps both apart, until a component is written inside the job")
            .renaming(job, of: workflow, in: program.catalog))
      }
    }
  }
}
