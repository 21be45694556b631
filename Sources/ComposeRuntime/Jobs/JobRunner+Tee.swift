import ComposePlan

extension JobRunner {
  /// `tee`: the value once for each branch, under the branch's name. There is no output to make.
  @inline(never)
  func tee(_ tee: Tee, _ job: JobPlan, _ scope: Scope, _ given: Value) async throws(RuntimeError) -> Value {
    let input = try await input(of: job, scope, given)
    return try await around(job, scope, input: input) { (input) async throws(RuntimeError) in
      let branches = try input.branches(tee.branches.count, bufferSize: tee.bufferSize, spool: tee.isSpooled)
      return .object(OrderedObject(Array(zip(tee.branches, branches))))
    }
  }
}
