import ComposeBasic
import ComposeSema

/// How long a run of a workflow waits in the worst case: pauses, waits between attempts, and the limits of requests.
package func waitBound(of workflow: WorkflowPlan, in plan: Plan) -> TimeBound {
  WaitCounter(plan: plan, running: [], known: WorkflowMemo()).bound(of: workflow)
}

struct WaitCounter {
  let plan: Plan
  /// The workflows that are running around the one that is counted.
  let running: [String]
  let known: WorkflowMemo<TimeBound>

  /// The longest way through the jobs; with a way back, all jobs together.
  func bound(of workflow: WorkflowPlan) -> TimeBound {
    let graph = WorkflowGraph(workflow)
    let runs = RunCount(workflow).counts
    let times = workflow.nodes.map { node in
      UpperBound.atMost(runs[node.id.index]) * time(of: node.job, in: .workflow, isElement: false, inside: workflow.id)
    }
    // Every job is on some way, so what one of them leaves open stays open. Added up way by way, the reasons of a long
    // chain would be listed again for each of its jobs.
    let reasons = times.flatMap(\.reasons)
    if !reasons.isEmpty { return .none(reasons.withoutRepetitions) }
    guard graph.onCycle.isEmpty else { return times.reduce(.atMost(0), +) }
    var ends = times
    for index in workflow.nodes.indices {
      let before = graph.causes[index].filter { $0 < index }.map { ends[$0] }
      ends[index] = before.reduce(.atMost(0), TimeBound.larger) + times[index]
    }
    return ends.reduce(.atMost(0), TimeBound.larger)
  }

  private func time(of job: JobPlan, in scope: ValueScope, isElement: Bool, inside workflow: String) -> TimeBound {
    // A limit for all attempts together beats everything that they might do.
    if let timeout = job.timeout, let seconds = scope.value(of: timeout).seconds { return .atMost(seconds) }
    let own = job.inputScope(in: scope, isElement: isElement)
    let once: TimeBound =
      switch job.operation {
      case .invoke(let invocation): time(of: invocation, at: job, in: own, inside: workflow)
      case .wait(.interval(let interval)): pause(interval, in: own)
      case .wait(.until(let time, _)): unlimited("waits until \(time.display)", at: job.range)
      case .map(let loop):
        rounds(of: job, loop.batchSize, in: scope)
          * time(of: loop.body, in: scope, isElement: true, inside: workflow)
      case .fold(let fold):
        rounds(of: job, 1, in: scope) * time(of: fold.body, in: scope, isElement: true, inside: workflow)
      case .iterate(let iteration):
        .atMost(max(iteration.limit, 0)) * time(of: iteration.body, in: own, isElement: true, inside: workflow)
      case .sequence(let steps):
        steps.enumerated().reduce(.atMost(0)) { sum, step in
          sum + time(of: step.element, in: own, isElement: step.offset > 0, inside: workflow)
        }
      case .route, .draw, .filter, .tee, .fail: .atMost(0)
      }
    let waits = job.retryWait.map { TimeBound.atMost($0) } ?? unlimited("retry of '\(job.name)'", at: job.range)
    return .atMost(max(job.retry?.attempts ?? 1, 1)) * once + waits
  }

  private func pause(_ interval: PlanTemplate, in scope: ValueScope) -> TimeBound {
    let value = scope.value(of: interval)
    if let seconds = value.seconds { return .atMost(max(seconds, 0)) }
    return unlimited("delay of \(interval.display)", at: interval.range)
  }

  private func rounds(of job: JobPlan, _ batchSize: Int, in scope: ValueScope) -> UpperBound {
    if let input = job.input, case .list(let items) = scope.value(of: input) {
      return .atMost((items.count + batchSize - 1) / max(batchSize, 1))
    }
    let text = "\(job.kind) over \(job.input?.display ?? "its input")"
    return .none([UpperBound.Reason(text: text, range: job.input?.range ?? job.range)])
  }

  private func unlimited(_ text: String, at range: SourceRange) -> TimeBound {
    .none([UpperBound.Reason(text: text, range: range)])
  }

  // MARK: Actions

  private func time(
    of invocation: Invocation, at job: JobPlan, in scope: ValueScope, inside workflow: String
  ) -> TimeBound {
    if let name = invocation.workflow, let called = plan.workflow(named: name) {
      guard called.id != workflow, !running.contains(called.id) else {
        return unlimited("workflow '\(name)' runs itself", at: invocation.range)
      }
      return known.value(of: called) {
        WaitCounter(plan: plan, running: running + [workflow], known: known).bound(of: called)
      }
    }
    if let reason = invocation.limitsOnlyParts { return unlimited(reason, at: invocation.range) }
    let action = invocation.shapes.first { $0.owner == .action && $0.path.isEmpty }
    let timeout = action.flatMap { invocation.written("timeout", at: $0) } ?? invocation.componentField("timeout")
    if let timeout, let seconds = scope.value(of: timeout["total"] ?? timeout).seconds { return .atMost(seconds) }
    guard invocation.callsServer || invocation.needsPackage || invocation.runsCommand || !invocation.calls.isEmpty
    else { return .atMost(0) }
    return unlimited("\(invocation.displayName) has no limit for the whole call", at: invocation.range)
  }
}

extension Invocation {
  /// Why a `timeout` of the action is no limit for the whole call; `nil` when it is one.
  fileprivate var limitsOnlyParts: String? {
    if actionField("completion") != nil { return "\(displayName) waits for work behind the answer" }
    guard runsCommand else { return nil }
    if let streaming = actionField("streaming"), streaming.literal != .boolean(false) {
      return "the timeout of \(displayName) is for each line"
    }
    let command = facts.lazy.compactMap { _, fact in
      if case .script(let field) = fact { self.actionField(field) } else { nil }
    }.first
    switch command?.content {
    case .list(let items):
      if case .list? = items.first?.content { return "the timeout of \(displayName) is for each command" }
      return nil
    case .reference: return "the timeout of \(displayName) is for each command"
    default: return nil
    }
  }

  /// Whether running the action starts a program.
  var runsCommand: Bool {
    facts.contains { _, fact in
      if case .script = fact { true } else { false }
    }
  }
}
