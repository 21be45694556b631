/// The chain of jobs that keeps a run busy longest: by the calls that follow each other, then by the pauses that are
/// written down, then by the number of jobs.
package struct CriticalPath: Sendable {
  /// The names of the jobs, from the first to the last.
  package let jobs: [String]
  /// The nodes, in the same order.
  package let nodes: [NodeID]
  /// How many calls follow each other; a loop whose length is not known counts once.
  package let calls: Int
  /// Pauses and waits between attempts, in seconds.
  package let wait: Double
}

/// How long a chain is.
private struct ChainLength: Comparable {
  var calls = 0
  var wait = 0.0
  var jobs = 0

  static func < (left: ChainLength, right: ChainLength) -> Bool {
    (left.calls, left.wait, left.jobs) < (right.calls, right.wait, right.jobs)
  }

  static func + (left: ChainLength, right: ChainLength) -> ChainLength {
    ChainLength(
      calls: sum(left.calls, right.calls),
      wait: left.wait + right.wait, jobs: left.jobs + right.jobs)
  }
}

/// Finds the longest chain. Ways back to earlier jobs do not count; of several jobs of which one is enough, the one
/// that is ready first counts.
package func criticalPath(of workflow: WorkflowPlan, in plan: Plan) -> CriticalPath {
  criticalPath(of: workflow, in: plan, running: [], WorkflowMemo())
}

/// - Parameter running: the workflows around this one, which are not entered again.
private func criticalPath(
  of workflow: WorkflowPlan, in plan: Plan, running: [String], _ known: WorkflowMemo<Int>
) -> CriticalPath {
  let inside = running + [workflow.id]
  var lengths: [ChainLength] = []
  var previous: [Int?] = []
  let graph = WorkflowGraph(workflow)
  for node in workflow.nodes {
    let groups = node.isRouted ? graph.routers[node.id.index].map { [$0] } : node.after.map { $0.map(\.index) }
    let earliest = groups.compactMap { group in
      group.filter { $0 < lengths.count }.min { (lengths[$0], $0) < (lengths[$1], $1) }
    }
    let latest = earliest.max { (lengths[$0], $1) < (lengths[$1], $0) }
    let own = ChainLength(
      calls: node.job.callsInRow(in: plan, running: inside, known), wait: node.job.knownWait, jobs: 1)
    lengths.append((latest.map { lengths[$0] } ?? ChainLength()) + own)
    previous.append(latest)
  }
  guard let end = lengths.indices.max(by: { (lengths[$0], $1) < (lengths[$1], $0) }) else {
    return CriticalPath(jobs: [], nodes: [], calls: 0, wait: 0)
  }
  var chain: [Int] = []
  var next: Int? = end
  while let index = next {
    chain.append(index)
    next = previous[index]
  }
  chain.reverse()
  return CriticalPath(
    jobs: chain.map { workflow.nodes[$0].name }, nodes: chain.map { workflow.nodes[$0].id }, calls: lengths[end].calls,
    wait: lengths[end].wait)
}

extension JobPlan {
  /// How many calls the job makes one after the other when nothing fails.
  fileprivate func callsInRow(in plan: Plan, running: [String], _ known: WorkflowMemo<Int>) -> Int {
    switch operation {
    case .invoke(let invocation):
      var calls = invocation.callsServer || !invocation.calls.isEmpty ? 1 : 0
      if let id = invocation.workflow, !running.contains(id), let called = plan.workflow(named: id) {
        calls = sum(
          calls, known.value(of: called) { criticalPath(of: called, in: plan, running: running, known).calls })
      }
      return calls
    case .map(let loop): return product(rounds(loop.batchSize), loop.body.callsInRow(in: plan, running: running, known))
    case .fold(let fold): return product(rounds(1), fold.body.callsInRow(in: plan, running: running, known))
    case .iterate(let iteration): return iteration.body.callsInRow(in: plan, running: running, known)
    case .sequence(let steps): return steps.reduce(0) { sum($0, $1.callsInRow(in: plan, running: running, known)) }
    case .wait, .route, .draw, .filter, .tee, .fail: return 0
    }
  }

  private func rounds(_ batchSize: Int) -> Int {
    guard let input, case .list(let items) = ValueScope.workflow.value(of: input) else { return 1 }
    return (items.count + batchSize - 1) / max(batchSize, 1)
  }
}

/// What is beyond 64 bits stays the largest number there is.
private func sum(_ left: Int, _ right: Int) -> Int {
  let (sum, overflows) = left.addingReportingOverflow(right)
  return overflows ? .max : sum
}

private func product(_ left: Int, _ right: Int) -> Int {
  let (product, overflows) = left.multipliedReportingOverflow(by: right)
  return overflows ? .max : product
}
