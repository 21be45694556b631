import ComposeBasic
import ComposePlan

/// Operations that choose the job that runs next.
extension JobRunner {
  /// `route`: the first arm that leads somewhere.
  @inline(never)
  func choose(
    _ route: Route, _ job: JobPlan, _ scope: Scope, _ given: Value
  ) async throws(RuntimeError) -> JobTarget? {
    let input = try await input(of: job, scope, given)
    return try await aroundChoice(job, scope, input: input) { (input) async throws(RuntimeError) in
      for arm in route.arms {
        let value = try await Evaluator(scope).optional(arm.value)
        if let target = try holds(arm, input, value) ? arm.ifTrue : arm.ifFalse { return target }
      }
      return route.otherwise
    }
  }

  private func holds(_ arm: Route.Arm, _ input: Value, _ value: Value) throws(RuntimeError) -> Bool {
    do throws(RuntimeError) {
      switch arm.method {
      case .known(let name): return try input.compares(to: value, by: name)
      case .unknown(let name): throw RuntimeError(.value, "there is no operator '\(name)'")
      }
    } catch {
      throw error.located(range: arm.range)
    }
  }

  /// `draw`: by chance, or always the same for a session.
  @inline(never)
  func choose(_ draw: Draw, _ job: JobPlan, _ scope: Scope) async throws(RuntimeError) -> JobTarget? {
    let evaluator = Evaluator(scope)
    let session = try await evaluator.optional(draw.session)
    // A salt without a session is never looked at.
    let salt = session.isTruthy ? try await evaluator.optional(draw.salt) : .null
    return try await aroundChoice(job, scope, input: .null) { (_) async throws(RuntimeError) in
      let routing =
        draw.isWeighted
        ? try RandomRouting(weighted: draw.choices.map { ($0.target.name, $0.weight) })
        : try RandomRouting(uniform: draw.choices.map(\.target.name))
      let name = try routing.pick(
        session: session, salt: salt, standardSalt: "\(context.workflow):\(job.name)", random: context.services.random)
      return draw.choices.first { $0.target.name == name }?.target
    }
  }
}
