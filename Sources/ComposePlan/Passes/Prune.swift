/// Takes out what no run can reach: arms behind one that always decides, and jobs to which no arm leads any more.
///
/// Whether a job ends the workflow was decided by the file, and stays: a job that never ran still kept others from being
/// the last.
enum Prune: PlanPass {
  static let name = "prune"

  static func run(on plan: Plan) -> Plan {
    var copy = plan
    copy.workflows = plan.workflows.map { workflow in
      var workflow = workflow
      for index in workflow.nodes.indices {
        workflow.nodes[index].job = workflow.nodes[index].job.mappingFamily(prunedArms)
      }
      return prunedNodes(workflow)
    }
    return copy
  }

  // MARK: Arms

  private static func prunedArms(_ job: JobPlan) -> JobPlan {
    guard case .route(let route) = job.operation else { return job }
    var pruned = Route(arms: [], otherwise: route.otherwise)
    var taken: [PlanConstant] = []
    for arm in route.arms {
      if arm.cannotFail, arm.ifTrue == nil, arm.ifFalse == nil { continue }
      // An equal value has led away before.
      if let value = arm.equalConstant, arm.ifFalse == nil {
        if taken.contains(where: { $0.isSurelyEqual(to: value) == true }) { continue }
        if arm.ifTrue != nil { taken.append(value) }
      }
      pruned.arms.append(arm)
      if arm.ifTrue != nil, arm.ifFalse != nil {
        pruned.otherwise = nil
        break
      }
    }
    var copy = job
    copy.operation = .route(pruned)
    return copy
  }

  // MARK: Nodes

  private static func prunedNodes(_ workflow: WorkflowPlan) -> WorkflowPlan {
    var gone = unreachable(in: workflow)
    // A job that waits for nothing else can never start, which is an error that has to stay.
    var isStable = false
    while !isStable {
      isStable = true
      for node in workflow.nodes where !gone.contains(node.id) {
        for group in node.after where gone.isSuperset(of: group) {
          gone.subtract(group)
          isStable = false
        }
      }
    }
    guard !gone.isEmpty else { return workflow }
    var numbers: [NodeID: NodeID] = [:]
    for node in workflow.nodes where !gone.contains(node.id) { numbers[node.id] = NodeID(numbers.count) }
    var copy = workflow
    copy.nodes = workflow.nodes.compactMap { node in
      guard let id = numbers[node.id] else { return nil }
      var node = node
      node.id = id
      node.after = node.after.map { $0.compactMap { numbers[$0] } }
      node.job = node.job.renumbered { numbers[$0] }
      return node
    }
    return copy
  }

  /// Jobs that start only when another one leads to them, and to which none does that can run.
  private static func unreachable(in workflow: WorkflowPlan) -> Set<NodeID> {
    var reached = Set(workflow.nodes.filter { !$0.isRouted }.map(\.id))
    var open = Array(reached)
    while let id = open.popLast() {
      for target in workflow.nodes[id.index].job.targets where reached.insert(target.node).inserted {
        open.append(target.node)
      }
    }
    return Set(workflow.nodes.map(\.id)).subtracting(reached)
  }
}

extension Route.Arm {
  /// The constant that the value must be equal to; `nil` for any other comparison.
  fileprivate var equalConstant: PlanConstant? {
    guard method == .known(.equal) else { return nil }
    guard let value else { return .null }
    if case .constant(let constant) = value.content { return constant }
    return nil
  }

  /// Whether comparing is sure to work: equality is, and its value is at hand.
  fileprivate var cannotFail: Bool {
    guard method == .known(.equal) || method == .known(.notEqual) else { return false }
    return value?.isConstant ?? true
  }
}
