import ComposePlan

/// Runs workflows inside a job of another one.
struct NestedWorkflows: WorkflowRunner {
  /// How many workflows may be inside each other: one that runs itself without an end must not fill the memory.
  static let depthLimit = 100

  let context: RunContext
  let unit: InterruptBroker.Unit

  func run(workflow id: String, input: Value) async throws(RuntimeError) -> Value {
    guard let workflow = context.program.workflows[id] else {
      throw RuntimeError(.unknownWorkflow, "there is no workflow '\(id)'")
    }
    guard context.depth < Self.depthLimit else {
      throw RuntimeError(
        .limit,
        "workflows run each other more than \(Self.depthLimit) levels deep: \(innermost) → \(id)")
    }
    return try await WorkflowRun(
      workflow: workflow, input: input, context: context.entering(id), isNested: true
    ).result()
  }

  /// The last few names, which show who runs whom.
  private var innermost: String { "… → " + context.events.workflows.suffix(3).joined(separator: " → ") }
}
