import ComposeBasic

/// What the analyses say about one workflow: computed once for a print.
struct WorkflowFacts: Sendable {
  /// By the names of the jobs that send them.
  let requests: [String: [PlannedRequest]]
  let criticalPath: CriticalPath
  let firstByte: FirstByte
  let calls: CallBound
  let waits: TimeBound
  let effects: SideEffects

  /// `nil` while nodes stand before those that they wait for: before `order-nodes`, nothing can be said of their order.
  init?(_ workflow: WorkflowPlan, in plan: Plan) {
    guard workflow.isOrdered else { return nil }
    requests = workflow.requestsByJob
    criticalPath = ComposePlan.criticalPath(of: workflow, in: plan)
    firstByte = ComposePlan.firstByte(of: workflow, in: plan)
    calls = callBound(of: workflow, in: plan)
    waits = waitBound(of: workflow, in: plan)
    effects = sideEffects(of: workflow, in: plan).sorted
  }

  /// How often one run of the workflow calls at most for this job.
  func calls(of node: Node) -> UpperBound {
    calls.jobs.indices.contains(node.id.index) ? calls.jobs[node.id.index].bound : .zero
  }
}

extension WorkflowPlan {
  /// The planned requests by the names of the jobs that send them.
  var requestsByJob: [String: [PlannedRequest]] { Dictionary(grouping: plannedRequests(of: self), by: \.job) }

  fileprivate var isOrdered: Bool {
    nodes.enumerated().allSatisfy { index, node in
      node.id.index == index && node.after.joined().allSatisfy { $0 < node.id }
    }
  }
}

extension SideEffects {
  /// By what is touched: printed plans do not show the order of keys in the file.
  fileprivate var sorted: SideEffects {
    var copy = self
    copy.hosts = hosts.sorted { $0.what.sortKey(\.text) < $1.what.sortKey(\.text) }
    for list in [
      \SideEffects.commands, \.filesRead, \.filesWritten, \.environment, \.workflows, \.processes, \.packages,
    ] {
      copy[keyPath: list] = self[keyPath: list].sorted { $0.what.sortKey(\.self) < $1.what.sortKey(\.self) }
    }
    return copy
  }
}

extension Effect.What {
  fileprivate func sortKey(_ text: (Value) -> String) -> String {
    switch self {
    case .known(let value): "0\(text(value))"
    case .atRunTime(let expression): "1\(expression)"
    }
  }
}

extension [RequestMember] {
  /// The members by name, the last of each: printed plans do not show the order of keys in the file.
  var lastByName: [RequestMember] {
    var last: [String: RequestMember] = [:]
    for member in self { last[member.name] = member }
    return last.values.sorted { $0.name < $1.name }
  }

  /// By name, and those of the same name in their order.
  var byName: [RequestMember] {
    enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }.map(\.element)
  }
}
