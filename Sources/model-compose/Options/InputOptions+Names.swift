import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema

extension InputOptions {
  /// Refuses an input that was most likely meant for another one: it would be passed over, and the other one would keep
  /// its default. Names that resemble none are passed over, as everywhere.
  static func refuseMisspeltNames(in input: Value, for workflow: WorkflowPlan) throws(FileProblem) {
    // A workflow that hands its whole input on may read any name.
    guard case .object(let object) = input, workflow.inputs.allSatisfy({ $0.name != nil }) else { return }
    let known = workflow.inputs.compactMap { $0.name?.prefix { $0 != "." && $0 != "[" } }.map(String.init)
    let missing = known.filter { object[$0] == nil }
    for name in object.keys where !known.contains(name) {
      guard let meant = suggestion(for: name, among: missing) else { continue }
      throw FileProblem("the workflow has no input '\(name)'", help: "did you mean '\(meant)'?")
    }
  }
}
