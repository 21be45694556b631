/// What was found for each workflow on the way through those that run each other: without it, workflows that each run
/// the next one twice would be counted again and again.
final class WorkflowMemo<Value> {
  private var values: [String: Value] = [:]

  /// The value of a workflow, made the first time it is asked for.
  func value(of workflow: WorkflowPlan, _ make: () -> Value) -> Value {
    if let known = values[workflow.id] { return known }
    let value = make()
    values[workflow.id] = value
    return value
  }
}
