import ComposePlan

/// Operations that run jobs one after the other.
extension JobRunner {
  /// `sequence`: each step sees the input of all, and `output` of the step before.
  @inline(never)
  func sequence(_ steps: [JobPlan], _ job: JobPlan, _ scope: Scope, _ given: Value) async throws(RuntimeError) -> Value
  {
    let input = try await input(of: job, scope, given)
    return try await around(job, scope, input: input) { (input) async throws(RuntimeError) in
      var output = Value.null
      for (index, step) in steps.enumerated() {
        if Task.isCancelled { throw .cancelled }
        let given = index == 0 ? input : output
        var roots = ["input": input, "step": .object(["input": given, "index": .integer(index)])]
        if index > 0 { roots["output"] = output }
        output = try await value(of: step, in: self.scope(adding: roots), given: given)
      }
      return output
    }
  }

  /// `iterate`: runs the job inside, and looks at the condition after each turn.
  @inline(never)
  func iterate(
    _ iteration: Iteration, _ job: JobPlan, _ scope: Scope, _ given: Value
  ) async throws(RuntimeError) -> Value {
    let input = try await input(of: job, scope, given)
    return try await around(job, scope, input: input) { (input) async throws(RuntimeError) in
      var output = Value.null
      for turn in 0..<max(0, iteration.limit) {
        if Task.isCancelled { throw .cancelled }
        var roots = ["input": input, "iteration": .integer(turn)]
        if turn > 0 { roots["output"] = output }
        output = try await value(of: iteration.body, in: self.scope(adding: roots), given: turn == 0 ? input : output)
        roots["output"] = output
        let holds = try await Evaluator(self.scope(adding: roots)).isTrue(iteration.condition)
        if holds == iteration.endsWhenTrue { return output }
      }
      throw RuntimeError(
        .limit, "the loop has not ended after \(iteration.limit) turns, which is its max_iteration_count")
    }
  }
}
