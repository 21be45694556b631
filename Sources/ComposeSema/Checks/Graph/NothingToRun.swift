package import ComposeBasic
import ComposeSyntax

/// Reports a file without workflows, and a workflow without jobs.
package enum NothingToRun: Check {
  private static let noWorkflow = DiagnosticCode(
    "no-workflow", .warning, "A file without a workflow",
    explanation: """
      Nothing can be run. A file that is only laid over others with `-f` may be meant so.

      ```yaml bad
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      ```

      ```yaml good
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {job: {input: "${input}"}}
      ```
      """)

  private static let noJob = DiagnosticCode(
    "no-job", .error, "A workflow without a job",
    explanation: """
      The workflow runs nothing and returns nothing.

      ```yaml bad
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {title: Ask}
      ```

      ```yaml good
      component: {type: http-client, action: {endpoint: https://api.example.com}}
      workflow: {title: Ask, job: {input: "${input}"}}
      ```
      """)

  package static let codes = [noWorkflow, noJob]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let file = program.file
    guard let root = file.root else { return }
    if root.entry("workflow") == nil, root.entry("workflows") == nil {
      // A misspelt 'workflow' is reported as an unknown key.
      let names = (root.mapping ?? []).compactMap(\.name)
      guard !names.contains(where: { suggestion(for: $0, among: ["workflow", "workflows"]) != nil }) else { return }
      let declaration = ["component", "components"].lazy.compactMap { root.entry($0) }.first ?? root.mapping?.first
      let place = declaration?.key.range ?? root.range
      diagnostics.emit(
        Diagnostic(noWorkflow, "no workflow is declared: nothing can be run", at: place)
          .help("add a 'workflow' with a 'job'"))
    }
    for workflow in file.workflows where workflow.jobs.isEmpty {
      let list = workflow.node.entry("jobs")
      guard workflow.node.entry("job") == nil, list == nil || list?.value.sequence?.isEmpty == true,
        !program.misspelt.contains(root.range)
      else { continue }
      let names = (workflow.node.mapping ?? []).compactMap(\.name)
      guard !names.contains(where: { $0 != "jobs" && suggestion(for: $0, among: ["job", "jobs"]) != nil }) else {
        continue
      }
      diagnostics.emit(
        Diagnostic(
          noJob, "the workflow has no job",
          at: list?.key.range ?? workflow.node.mapping?.first?.key.range ?? workflow.node.range
        )
        .help("add a 'job'")
        .upstream("runs nothing and returns nothing"))
    }
  }
}
