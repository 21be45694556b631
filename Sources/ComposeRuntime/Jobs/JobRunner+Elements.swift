import ComposePlan

/// Operations that walk over the elements of a value.
extension JobRunner {
  /// `filter`: keeps the elements that pass. Its condition sees the workflow's roots, `item` and `index`, and nothing of
  /// a job around it.
  @inline(never)
  func filter(
    _ filter: Filter, _ job: JobPlan, _ scope: Scope, _ given: Value
  ) async throws(RuntimeError) -> Value {
    let input = try await input(of: job, scope, given)
    return try await around(job, scope, input: input) { (input) async throws(RuntimeError) in
      let result = try await input.mappingItems(streaming: filter.isStreaming) {
        (item, index) async throws(RuntimeError) in
        guard let condition = filter.condition else { return item }
        var inner = workflowScope
        inner.roots["item"] = item
        inner.roots["index"] = .integer(index)
        return try await Evaluator(inner).isTrue(condition) ? item : nil
      }
      guard let result else {
        throw RuntimeError(
          .value, "the filter takes out its only element: \(input.kindName) is no list, so that nothing is left to give"
        )
      }
      return result
    }
  }

  /// `map`: runs the job inside for each element.
  @inline(never)
  func map(_ loop: ElementLoop, _ job: JobPlan, _ scope: Scope, _ given: Value) async throws(RuntimeError) -> Value {
    let input = try await input(of: job, scope, given)
    return try await around(job, scope, input: input) { (input) async throws(RuntimeError) in
      try await input.mappingItems(batchSize: loop.batchSize, streaming: loop.isStreaming) {
        (item, _) async throws(RuntimeError) in
        try await value(of: loop.body, in: self.scope(adding: ["item": item]), given: item)
      } ?? .null
    }
  }

  /// `fold`: hands the result of each element on to the next one.
  @inline(never)
  func fold(_ fold: Fold, _ job: JobPlan, _ scope: Scope, _ given: Value) async throws(RuntimeError) -> Value {
    let input = try await input(of: job, scope, given)
    let initial = try await Evaluator(scope).optional(fold.accumulator)
    return try await around(job, scope, input: input) { (input) async throws(RuntimeError) in
      try await input.foldingItems(into: initial) { (accumulator, item, _) async throws(RuntimeError) in
        let inner = self.scope(adding: ["item": item, "accumulator": accumulator])
        return try await value(of: fold.body, in: inner, given: item)
      }
    }
  }

  /// What a job inside another one sees: the workflow's roots and what the nearest job around it adds.
  func scope(adding roots: [String: Value]) -> Scope {
    var scope = workflowScope
    for (name, value) in roots { scope.roots[name] = value }
    return scope
  }
}
