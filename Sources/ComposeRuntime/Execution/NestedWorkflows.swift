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
    try checkDepth(id)
    return try await WorkflowRun(
      workflow: workflow, input: input, context: context.entering(id), isNested: true
    ).result()
  }

  func runEach(_ requests: [WorkflowRequest]) async throws(RuntimeError) -> [Result<Value, RuntimeError>] {
    if let first = requests.first { try checkDepth(first.workflow) }
    // Each is a job of its own to whoever asks for answers, and the job that waits for all of them is none.
    let units = requests.map { _ in context.interrupts.begin() }
    context.interrupts.suspend()
    let outcomes = await withTaskGroup(of: (Int, Result<Value, RuntimeError>).self) { group in
      for (index, request) in requests.enumerated() {
        group.addTask { (index, await self.outcome(of: request, as: units[index])) }
      }
      var outcomes = [Result<Value, RuntimeError>](repeating: .failure(.cancelled), count: requests.count)
      var open = requests.count
      while let (index, outcome) = await group.next() {
        outcomes[index] = outcome
        open -= 1
        if open == 0 { context.interrupts.resume() }
        context.interrupts.end(units[index])
      }
      return outcomes
    }
    if requests.isEmpty { context.interrupts.resume() }
    if Task.isCancelled { throw .cancelled }
    for case .failure(let error) in outcomes where error.endsRun { throw error }
    return outcomes
  }

  private func outcome(
    of request: WorkflowRequest, as unit: InterruptBroker.Unit
  ) async -> Result<Value, RuntimeError> {
    do throws(RuntimeError) {
      guard let workflow = context.program.workflows[request.workflow] else {
        throw RuntimeError(.unknownWorkflow, "there is no workflow '\(request.workflow)'")
      }
      let input = try checkedInput(request.input, for: workflow.plan)
      let result = try await NestedWorkflows(context: context, unit: unit).run(workflow: request.workflow, input: input)
      return .success(try await result.drained())
    } catch {
      return .failure(context.program.redactor.redact(error))
    }
  }

  private func checkDepth(_ id: String) throws(RuntimeError) {
    guard context.depth >= Self.depthLimit else { return }
    throw RuntimeError(
      .limit, "workflows run each other more than \(Self.depthLimit) levels deep: \(innermost) → \(id)",
      diagnosticCode: RuntimeError.tooDeep)
  }

  /// The last few names, which show who runs whom.
  private var innermost: String { "… → " + context.events.workflows.suffix(3).joined(separator: " → ") }
}

extension RuntimeError {
  /// The code under which `check` reports workflows that run each other without end.
  fileprivate static let tooDeep = "endless-workflow"

  /// Whether nothing that a model says next can help.
  fileprivate var endsRun: Bool {
    switch code {
    case .cancelled, .unanswered: true
    case .limit: diagnosticCode == Self.tooDeep
    default: false
    }
  }
}
