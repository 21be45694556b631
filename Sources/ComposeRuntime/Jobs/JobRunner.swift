import ComposeBasic
import ComposePlan
import ComposeSema

/// How a job ended.
enum JobOutcome: Sendable {
  case value(Value)
  /// The job leads to another one; `nil` when it leads nowhere.
  case routed(JobTarget?)

  /// Gives up the streams in it.
  func cancelStreams() {
    if case .value(let value) = self { value.cancelStreams() }
  }
}

/// Runs a job of a workflow, and the jobs inside it: its attempts, and what happens around its operation.
///
/// What each kind of operation does stands in extensions, one file each.
struct JobRunner: Sendable {
  let context: RunContext
  /// What jobs see that are not inside another one. A job inside sees this and what the nearest job around it adds
  /// (language specification, section 10.2).
  let workflowScope: Scope
  let unit: InterruptBroker.Unit

  /// The input of the workflow, which jobs get that are given nothing else.
  var workflowInput: Value { workflowScope.callers["input"] ?? .null }

  /// Runs a job with all its attempts.
  ///
  /// - Parameters:
  ///   - scope: what its templates see.
  ///   - given: what it works on when it has no `input`; in place of null it gets the workflow's input.
  func run(_ job: JobPlan, in scope: Scope, given: Value = .null) async throws(RuntimeError) -> JobOutcome {
    guard job.retry != nil || job.onError != nil || job.timeout != nil else {
      return try await attempt(job, scope, given)
    }
    do throws(RuntimeError) {
      guard let limit = try await timeLimit(of: job, scope) else {
        return try await attempts(of: job, scope, given, deadline: context.deadline)
      }
      let own = Deadline("job '\(job.name)'", seconds: limit, from: context.services.clock.now)
      let deadline = Deadline.sooner(context.deadline, own)
      return try await ComposeRuntime.run(within: own, on: context.services.clock, discard: { $0.cancelStreams() }) {
        () async throws(RuntimeError) in
        try await attempts(of: job, scope, given, deadline: deadline)
      }
    } catch {
      return try await handle(error.located(job: nil, range: job.range), of: job, scope)
    }
  }

  /// Runs a job that is inside another one, which gives a value in any case.
  func value(of job: JobPlan, in scope: Scope, given: Value) async throws(RuntimeError) -> Value {
    do throws(RuntimeError) {
      switch try await run(job, in: scope, given: given) {
      case .value(let value): return job.readers.ofValue > 1 ? try value.keepingBytes() : value
      case .routed: return .null
      }
    } catch {
      throw error.located(range: job.range)
    }
  }

  // MARK: Attempts

  private func attempts(
    of job: JobPlan, _ scope: Scope, _ given: Value, deadline: Deadline?
  ) async throws(RuntimeError) -> JobOutcome {
    guard let retry = job.retry else { return try await attempt(job, scope, given) }
    let policy = RetryPolicy(try schedule(of: retry))
    return try await policy.run(
      clock: context.services.clock, random: context.services.random, deadline: deadline,
      onRetry: { attempt, error, delay in
        context.events.emit(
          .attemptFailed(attempt: attempt, of: retry.attempts, error, delay: delay), job: job.name, at: job.range)
      },
      { (_) async throws(RuntimeError) in try await attempt(job, scope, given) })
  }

  /// One run of the operation with what stands before and behind it.
  ///
  /// The kinds of operation are never inlined here: every job would hold room for the steps of all of them.
  private func attempt(_ job: JobPlan, _ scope: Scope, _ given: Value) async throws(RuntimeError) -> JobOutcome {
    guard job.hooks.isEmpty else {
      throw RuntimeError(.unsupported, "the hook is Python, which is not run", range: job.hooks[0].range)
    }
    switch job.operation {
    case .fail(let message): throw RuntimeError(.unsupported, message)
    case .invoke(let invocation): return .value(try await invoke(invocation, job, scope, given))
    case .wait(let wait): return .value(try await self.wait(wait, job, scope))
    case .route(let route): return .routed(try await choose(route, job, scope, given))
    case .draw(let draw): return .routed(try await choose(draw, job, scope))
    case .filter(let filter): return .value(try await self.filter(filter, job, scope, given))
    case .map(let loop): return .value(try await map(loop, job, scope, given))
    case .fold(let fold): return .value(try await self.fold(fold, job, scope, given))
    case .iterate(let iteration): return .value(try await iterate(iteration, job, scope, given))
    case .sequence(let steps): return .value(try await sequence(steps, job, scope, given))
    case .tee(let tee): return .value(try await self.tee(tee, job, scope, given))
    }
  }

  private func schedule(of retry: Retry) throws(RuntimeError) -> RetrySchedule {
    func length(_ template: PlanTemplate?) throws(RuntimeError) -> Double? {
      guard let template, case .constant(let value) = template.content else { return nil }
      do throws(RuntimeError) { return try seconds(of: Value(value)) } catch {
        throw error.located(range: template.range)
      }
    }
    return RetrySchedule(
      attempts: retry.attempts, delay: try length(retry.delay) ?? 0, isExponential: retry.isExponential,
      longestDelay: try length(retry.longestDelay))
  }

  private func timeLimit(of job: JobPlan, _ scope: Scope) async throws(RuntimeError) -> Double? {
    guard let template = job.timeout else { return nil }
    return try seconds(of: await Evaluator(scope).evaluate(template))
  }

  // MARK: Failures

  /// What `on_error` says. The end of a run is no failure of a job.
  private func handle(_ error: RuntimeError, of job: JobPlan, _ scope: Scope) async throws(RuntimeError) -> JobOutcome {
    guard let handling = job.onError, error.code != .cancelled, !Task.isCancelled else { throw error }
    context.events.emit(.jobFailureHandled(error), job: job.name, at: job.range)
    switch handling.action {
    case .ignore: return .value(.null)
    case .output(let template):
      var inner = scope
      inner.roots["error"] = .object(["message": .text(context.program.redactor.redact(error).message)])
      return .value(try await Evaluator(inner).evaluate(template))
    case .route(let target): return .routed(target)
    }
  }
}
