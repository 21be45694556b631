/// One step on the way from a lowered file to the plan that runs.
protocol PlanPass: SendableMetatype {
  /// As `plan --trace-passes` shows it.
  static var name: String { get }

  /// The same plan in another form: a run gives what it gave before.
  static func run(on plan: Plan) -> Plan
}

/// The passes, in the order in which they run.
package enum PassPipeline {
  static let all: [any PlanPass.Type] = [
    FoldConstants.self,
    Prune.self,
    InferStreaming.self,
    InsertTee.self,
    FuseStreams.self,
    OrderNodes.self,
    MarkCriticalPath.self,
  ]

  /// Runs every pass.
  ///
  /// - Parameters:
  ///   - names: passes that do not run. Without `order-nodes` a plan does not run.
  ///   - observe: is told the plan after each pass, with the name of the pass.
  package static func run(
    on plan: Plan, leavingOut names: Set<String> = [], observe: (String, Plan) -> Void = { _, _ in }
  ) -> Plan {
    all.reduce(plan) { plan, pass in
      if names.contains(pass.name) { return plan }
      let changed = pass.run(on: plan)
      observe(pass.name, changed)
      return changed
    }
  }
}
