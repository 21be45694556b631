package import ComposeBasic
import ComposeSyntax

/// Reports chains of workflows that are longer than this program follows.
package enum WorkflowDepth: Check {
  /// Workflows of which each but the last runs the next one.
  private static func example(_ count: Int) -> String {
    let runners = (1..<count).map { "  - {id: run\($0), type: workflow, action: {workflow: step\($0 + 1)}}" }
    let steps = (1..<count).map { "  - {id: step\($0), job: {component: run\($0)}}" }
    return """
      workflows:
      \(steps.joined(separator: "\n"))
        - {id: step\(count), job: {type: delay, duration: 1s}}
      components:
      \(runners.joined(separator: "\n"))
      """
  }

  private static let code = DiagnosticCode(
    "workflow-depth", .warning, "A chain of workflows that is too long to be followed",
    explanation: """
      Workflows that run each other are followed for \(Signature.depthLimit) levels. What the ones behind read and give
      is not known, so mistakes there are missed, and inputs that only they read are not offered.

      Two levels, as an example of what is too long after some hundred more, and one:

      ```yaml bad
      \(example(3))
      ```

      ```yaml good
      \(example(2))
      ```
      """)

  package static let codes = [code]

  package static func run(on program: borrowing TypedProgram, into diagnostics: inout Diagnostics) {
    let workflows = program.workflows
    guard workflows.count > Signature.depthLimit else { return }
    var indices: [SourceRange: Int] = [:]
    for (index, workflow) in workflows.enumerated() { indices[workflow.decl.range] = index }
    var callers = [[Int]](repeating: [], count: workflows.count)
    var waiting = [Int](repeating: 0, count: workflows.count)
    for (index, workflow) in workflows.enumerated() {
      for target in workflow.jobs.compactMap(\.target) where target.runsWorkflow {
        let name = target.workflowField.flatMap { target.action.fields[$0]?.constantText }
        let called = name.map { program.symbols.workflow(named: $0) } ?? program.symbols.defaultWorkflow
        guard let inner = called.flatMap({ indices[$0.range] }) else { continue }
        callers[inner].append(index)
        waiting[index] += 1
      }
    }
    // From those that run none upwards; workflows that run themselves never become ready.
    var depth = [Int](repeating: 1, count: workflows.count)
    var ready = workflows.indices.filter { waiting[$0] == 0 }
    while let index = ready.popLast() {
      for caller in callers[index] {
        depth[caller] = max(depth[caller], depth[index] + 1)
        waiting[caller] -= 1
        if waiting[caller] == 0 { ready.append(caller) }
      }
    }
    guard let deepest = depth.indices.max(by: { depth[$0] < depth[$1] }), depth[deepest] > Signature.depthLimit else {
      return
    }
    let workflow = workflows[deepest].decl
    diagnostics.emit(
      Diagnostic(
        code, "workflows run each other \(depth[deepest]) levels deep; \(Signature.depthLimit) are followed",
        at: workflow.id?.range ?? workflow.range
      )
      .help("let one workflow run more jobs itself"))
  }
}
