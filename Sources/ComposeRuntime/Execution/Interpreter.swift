import ComposeBasic
package import ComposePlan

/// Runs workflows of a plan.
package struct Interpreter: Sendable {
  private let program: Program

  package init(plan: Plan, host: any ComponentHost) {
    program = Program(plan, host: host)
  }

  /// Runs one workflow to its result. A stream in the result is still running: it ends when it has been read, when it
  /// is cancelled, or when it is dropped.
  ///
  /// Cancelling the calling task ends every call that is under way.
  ///
  /// - Throws: the error of the first job that failed, naming the job and its place, without secrets.
  package func run(
    _ workflow: WorkflowPlan, input: Value, as run: Run, with services: RunServices = RunServices()
  ) async throws(RuntimeError) -> Value {
    let input = try checkedInput(input, for: workflow)
    do throws(RuntimeError) {
      let result = try await within(services.timeLimit, services, workflow) { deadline throws(RuntimeError) in
        try await self.result(of: workflow, input, run, services, deadline)
      }
      return try protected(result)
    } catch {
      throw program.redactor.redact(error)
    }
  }

  private func result(
    of workflow: WorkflowPlan, _ input: Value, _ run: Run, _ services: RunServices, _ deadline: Deadline?
  ) async throws(RuntimeError) -> Value {
    let events = EventSource(
      observer: services.observer, redactor: program.redactor, clock: services.clock, start: services.clock.now,
      workflows: [workflow.id])
    let context = RunContext(
      run: run, program: program, services: services, interrupts: InterruptBroker(services.interrupts), events: events,
      deadline: deadline)
    let prepared = program.workflows[workflow.id] ?? PreparedWorkflow(workflow)
    let result = try await WorkflowRun(workflow: prepared, input: input, context: context).result()
    return try await result.drainingInnerStreams()
  }

  /// Runs with the time that the caller or the file allows.
  private func within(
    _ limit: Double?, _ services: RunServices, _ workflow: WorkflowPlan,
    _ body: @escaping @Sendable (Deadline?) async throws(RuntimeError) -> Value
  ) async throws(RuntimeError) -> Value {
    guard let limit else { return try await body(nil) }
    let deadline = Deadline("workflow '\(workflow.id)'", seconds: limit, from: services.clock.now)
    return try await ComposeRuntime.run(within: deadline, on: services.clock, discard: { $0.cancelStreams() }) {
      () async throws(RuntimeError) in
      try await body(deadline)
    }
  }

  /// The result with secrets kept out of later errors too.
  private func protected(_ result: Value) throws(RuntimeError) -> Value {
    let redactor = program.redactor
    return try result.mappingErrors { redactor.redact($0) }
  }
}
