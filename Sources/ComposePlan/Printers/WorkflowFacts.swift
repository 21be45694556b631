import ComposeBasic

/// What the analyses say about one workflow: computed once for a print.
struct WorkflowFacts: Sendable {
  let criticalPath: CriticalPath
  let firstByte: FirstByte
  let calls: CallBound
  let waits: TimeBound
  let effects: SideEffects

  /// `nil` while nodes stand before those that they wait for: before `order-nodes`, nothing can be said of their order.
  init?(_ workflow: WorkflowPlan, in plan: Plan) {
    guard workflow.isOrdered else { return nil }
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

/// What the jobs of a workflow send, by their names.
struct SentValues: Sendable {
  let requests: [String: [PlannedRequest]]
  /// What is known where the fields of the component are rendered.
  let scopes: [String: ValueScope]
  /// The limits of every request for which no file says any; `nil` when they differ.
  let timeouts: RequestTimeouts?
  /// What the program adds, by name; a header that differs is not among them.
  let headers: [String: String]

  init(_ workflow: WorkflowPlan) {
    let requests = plannedRequests(of: workflow)
    self.requests = Dictionary(grouping: requests, by: \.job)
    scopes = Dictionary(
      workflow.sites.filter { $0.caller == nil }.map { ($0.job.name, $0.scope) },
      uniquingKeysWith: { first, _ in first })
    let limits = Set(requests.map(\.timeouts).filter(\.isDefault))
    timeouts = limits.count == 1 ? limits.first : nil
    let added = requests.flatMap(\.headers).filter { $0.range == nil }
    headers = Dictionary(grouping: added, by: \.name).compactMapValues { headers in
      let texts = Set(headers.map { $0.value.knownText ?? "" })
      return texts.count == 1 ? texts.first : nil
    }
  }
}

extension RequestTimeouts {
  /// Whether no file says anything of them.
  var isDefault: Bool { [connect, firstByte, idle, total].allSatisfy { $0 == .none || $0.isDefault } }
}

extension RequestTimeouts.Limit {
  var isDefault: Bool {
    if case .seconds(_, isDefault: true) = self { true } else { false }
  }
}

extension WorkflowPlan {
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
