package import ComposeBasic
import ComposeSyntax

/// Reports a component inside a job that the reference takes for another one of the same name.
package enum SharedInstance: Check {
  private static func example(_ id: String) -> String {
    """
    component: {id: say, type: http-client, action: {endpoint: https://api.example.com/outer}}
    workflow:
      jobs:
        - {id: first, component: say}
        - id: \(id)
          depends_on: [first]
          component: {type: http-client, action: {endpoint: https://api.example.com/inner}}
    """
  }

  private static let code = DiagnosticCode(
    "shared-instance", .error, "A component inside a job that is taken for another one",
    explanation: """
      A component that is written inside a job has the job's id as its name. When a declared component, or a component
      inside a job of another workflow, has the same name, the reference runs whichever it made first.

      ```yaml bad
      \(example("say"))
      ```

      ```yaml good
      \(example("second"))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    var first: [String: ComponentInstance] = [:]
    for instance in program.file.componentInstances(program.catalog) {
      guard let earlier = first[instance.name] else {
        first[instance.name] = instance
        continue
      }
      // Two jobs of one workflow, or two declarations, with one id are reported as such.
      guard let owner = instance.owner, earlier.owner?.workflow.node.range != owner.workflow.node.range,
        !earlier.component.node.isSame(as: instance.component.node)
      else { continue }
      let name = owner.job.id.map { "job '\($0.value)'" } ?? "the job without 'id'"
      let other =
        earlier.owner.map { "a component inside a job of workflow '\($0.workflow.name)'" }
        ?? "component '\(earlier.name)'"
      diagnostics.emit(
        Diagnostic(code, "the component inside \(name) shares its name with \(other)", at: owner.job.place)
          .note("the other one is here", at: earlier.owner?.job.place ?? earlier.component.id?.range)
          .help(owner.job.id == nil ? "give the job an 'id' of its own" : "give the job another id")
          .upstream("runs whichever of the two it made first, in both places")
          .renaming(owner.job, of: owner.workflow, in: program.catalog))
    }
  }
}
