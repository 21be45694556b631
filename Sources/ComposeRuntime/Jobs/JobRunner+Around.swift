import ComposeBasic
import ComposePlan

/// What happens before and after a job's operation.
extension JobRunner {
  /// The value that the operation works on, before an interrupt replaces it.
  func input(of job: JobPlan, _ scope: Scope, _ given: Value) async throws(RuntimeError) -> Value {
    let input: Value
    if let template = job.input {
      input = try await Evaluator(scope).evaluate(template)
    } else {
      input = given.isNull ? workflowInput : given
    }
    return job.readers.ofInput > 1 ? try input.keepingBytes() : input
  }

  /// Runs an operation between the interrupts of its job, and makes the job's output.
  func around(
    _ job: JobPlan, _ scope: Scope, input: Value,
    _ operation: (Value) async throws(RuntimeError) -> Value
  ) async throws(RuntimeError) -> Value {
    guard !job.interrupts.isEmpty else { return try await output(of: job, operation(input), scope) }
    // What an interrupt sees stays visible to the output.
    var scope = scope
    let input = try await interrupted(.before, job, &scope, input: input, output: nil)
    let result = try await operation(input)
    return try await output(of: job, interrupted(.after, job, &scope, input: input, output: result), scope)
  }

  /// Runs a choice between the interrupts of its job; what is answered afterwards changes nothing.
  func aroundChoice(
    _ job: JobPlan, _ scope: Scope, input: Value,
    _ choice: (Value) async throws(RuntimeError) -> JobTarget?
  ) async throws(RuntimeError) -> JobTarget? {
    guard !job.interrupts.isEmpty else { return try await choice(input) }
    var scope = scope
    let input = try await interrupted(.before, job, &scope, input: input, output: nil)
    let target = try await choice(input)
    _ = try await interrupted(.after, job, &scope, input: input, output: .null)
    return target
  }

  private func output(of job: JobPlan, _ result: Value, _ scope: Scope) async throws(RuntimeError) -> Value {
    guard let template = job.output else { return result }
    var scope = scope
    scope.roots["output"] = job.readers.ofResult > 1 ? try result.keepingBytes() : result
    return try await Evaluator(scope).evaluate(template)
  }

  // MARK: Interrupts

  /// The value after the interrupts of a phase: an answer that is not null takes its place.
  private func interrupted(
    _ phase: JobPhase, _ job: JobPlan, _ scope: inout Scope, input: Value, output: Value?
  ) async throws(RuntimeError) -> Value {
    var value = output ?? input
    for interrupt in job.interrupts where interrupt.phase == phase {
      scope.roots["job"] = .object(OrderedObject([("input", input)] + (output == nil ? [] : [("output", value)])))
      guard let answer = try await answer(to: interrupt, job, scope), !answer.isNull else { continue }
      value = answer
    }
    return value
  }

  /// `nil` when the interrupt's condition does not hold.
  private func answer(
    to interrupt: Interrupt, _ job: JobPlan, _ scope: Scope
  ) async throws(RuntimeError) -> Value? {
    let evaluator = Evaluator(scope)
    if let condition = interrupt.condition, try await !evaluator.isTrue(.comparison(condition)) { return nil }
    // Both leave the process: they are shown to whoever answers.
    let message = context.program.redactor.redact(try await evaluator.optional(interrupt.message))
    let metadata = context.program.redactor.redact(try await evaluator.optional(interrupt.metadata))
    let point = InterruptPoint(
      id: context.newID(), runID: context.run.id, workflow: context.workflow, job: job.name, phase: interrupt.phase,
      message: message, metadata: metadata, range: interrupt.range)
    return try await context.answer(to: point, of: unit)
  }
}

extension Evaluator {
  /// The value of a template that may be missing; null then.
  func optional(_ template: PlanTemplate?) async throws(RuntimeError) -> Value {
    guard let template else { return .null }
    return try await evaluate(template)
  }
}
