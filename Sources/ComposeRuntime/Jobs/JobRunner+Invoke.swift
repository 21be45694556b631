import ComposeBasic
import ComposePlan

extension JobRunner {
  /// `invoke`: runs the action, once or several times side by side.
  @inline(never)
  func invoke(
    _ invocation: Invocation, _ job: JobPlan, _ scope: Scope, _ given: Value
  ) async throws(RuntimeError) -> Value {
    let input = try await input(of: job, scope, given)
    guard let template = invocation.repeatCount else { return try await invokeOnce(invocation, job, scope, input) }
    let count = try repeatCount(await Evaluator(scope).evaluate(template), at: template.range)
    guard count != 1 else { return try await invokeOnce(invocation, job, scope, input) }
    // The reference gives null where it runs nothing.
    guard count > 0 else { return .null }
    return .list(
      try await concurrently(count: count, atMost: count) { (_) async throws(RuntimeError) in
        try await invokeOnce(invocation, job, scope, input)
      })
  }

  private func invokeOnce(
    _ invocation: Invocation, _ job: JobPlan, _ scope: Scope, _ input: Value
  ) async throws(RuntimeError) -> Value {
    try await around(job, scope, input: input) { (input) async throws(RuntimeError) in
      let call = self.call(of: invocation, job, input)
      do throws(RuntimeError) {
        let result = try await limited(call)
        let range = invocation.range
        return try result.mappingErrors { $0.located(range: range) }
      } catch {
        throw error.located(range: invocation.range)
      }
    }
  }

  fileprivate func call(of invocation: Invocation, _ job: JobPlan, _ input: Value) -> ComponentCall {
    ComponentCall(
      invocation: invocation, input: input, runID: context.newID(), deadline: context.deadline,
      workflows: NestedWorkflows(context: context, unit: unit), components: NestedComponents(runner: self, job: job),
      questions: JobQuestions(context: context, unit: unit, job: job.name),
      reporter: CallReporter(events: context.events, job: job.name, range: job.range), clock: context.services.clock,
      random: context.services.random)
  }

  /// Waits until the component has room. A stream does not keep its place: the reference's does not either, and two jobs
  /// that read each other's streams would wait for ever.
  fileprivate func limited(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    guard let limiter = context.program.limits[call.invocation.componentRange] else {
      return try await context.program.host.run(call)
    }
    return try await limiter.withSlot { () async throws(RuntimeError) in try await context.program.host.run(call) }
  }

  /// How many runs side by side are more than anybody means.
  private static let repeatLimit = 10_000

  private func repeatCount(_ value: Value, at range: SourceRange) throws(RuntimeError) -> Int {
    guard value.isTruthy else { return 1 }
    do throws(RuntimeError) {
      guard case .integer(let count) = try value.castInteger(), count <= Self.repeatLimit else {
        throw RuntimeError(.value, "'repeat_count' is beyond \(Self.repeatLimit)")
      }
      return count
    } catch {
      throw error.located(range: range)
    }
  }
}

/// Runs actions inside the call of another one, in its job.
private struct NestedComponents: ComponentRunner {
  let runner: JobRunner
  let job: JobPlan

  func run(_ invocation: Invocation, input: Value) async throws(RuntimeError) -> Value {
    do throws(RuntimeError) {
      return try await runner.limited(runner.call(of: invocation, job, input))
    } catch {
      throw error.located(range: invocation.range)
    }
  }
}
