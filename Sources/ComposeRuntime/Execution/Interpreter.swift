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
    try await self.run(workflow, checked: try checkedInput(input, for: workflow), as: run, with: services)
  }

  /// The same with an input that has gone through ``checkedInput(_:for:)`` already.
  package func run(
    _ workflow: WorkflowPlan, checked input: Value, as run: Run, with services: RunServices = RunServices()
  ) async throws(RuntimeError) -> Value {
    do throws(RuntimeError) {
      let deadline = services.timeLimit.map {
        Deadline("workflow '\(workflow.id)'", seconds: $0, from: services.clock.now)
      }
      return try protected(try await result(of: workflow, input, run, services, deadline))
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
    let workflowRun = WorkflowRun(workflow: prepared, input: input, context: context)
    let result = try await ComposeRuntime.run(
      within: deadline, on: services.clock, discard: { $0.cancelStreams() },
      { () async throws(RuntimeError) in try await workflowRun.result().drainingInnerStreams() })
    return try result.limited(by: deadline, on: services.clock)
  }

  /// The result with secrets kept out of later errors too.
  private func protected(_ result: Value) throws(RuntimeError) -> Value {
    let redactor = program.redactor
    return try result.mappingErrors { redactor.redact($0) }
  }
}
