import ComposeBasic
import ComposeSema

/// Counts calls in the worst case: attempts × elements × turns × runs.
struct CallCounter {
  let plan: Plan
  /// The workflows that are running around the one that is counted.
  let running: [String]
  let known: WorkflowMemo<UpperBound>

  func bound(of workflow: WorkflowPlan) -> CallBound {
    let runs = RunCount(workflow).counts
    let bounds = workflow.nodes.map { node in
      UpperBound.atMost(runs[node.id.index])
        * count(node.job, in: .workflow, isElement: false, inside: workflow.id)
    }
    return CallBound(
      total: Alternatives(workflow, runs: runs).total(of: bounds),
      jobs: zip(workflow.nodes, bounds).map { ($0.name, $1) })
  }

  private func count(_ job: JobPlan, in scope: ValueScope, isElement: Bool, inside workflow: String) -> UpperBound {
    let own = job.inputScope(in: scope, isElement: isElement)
    let once: UpperBound =
      switch job.operation {
      case .invoke(let invocation): count(invocation, in: own, inside: workflow)
      case .map(let loop):
        elements(of: job, in: scope) * count(loop.body, in: scope, isElement: true, inside: workflow)
      case .fold(let fold):
        elements(of: job, in: scope) * count(fold.body, in: scope, isElement: true, inside: workflow)
      case .iterate(let iteration):
        .atMost(max(iteration.limit, 0)) * count(iteration.body, in: own, isElement: true, inside: workflow)
      case .sequence(let steps):
        steps.enumerated().reduce(.zero) { sum, step in
          sum + count(step.element, in: own, isElement: step.offset > 0, inside: workflow)
        }
      case .wait, .route, .draw, .filter, .tee, .fail: .zero
      }
    return .atMost(max(job.retry?.attempts ?? 1, 1)) * once
  }

  /// How many elements a job works on.
  private func elements(of job: JobPlan, in scope: ValueScope) -> UpperBound {
    if let input = job.input, case .list(let items) = scope.value(of: input) { return .atMost(items.count) }
    let text = "\(job.kind) over \(job.input?.display ?? "its input")"
    return .none([UpperBound.Reason(text: text, range: job.input?.range ?? job.range)])
  }

  // MARK: Actions

  private func count(_ invocation: Invocation, in scope: ValueScope, inside workflow: String) -> UpperBound {
    var bound = requests(of: invocation, in: scope)
    if let name = invocation.workflow, let called = plan.workflow(named: name) {
      bound = bound + count(called, inside: workflow, at: invocation.range)
    }
    if !invocation.calls.isEmpty || !invocation.tools.isEmpty { bound = bound + inner(invocation, inside: workflow) }
    guard let template = invocation.repeatCount else { return bound }
    if case .known(.integer(let count)) = scope.value(of: template) { return .atMost(max(count, 0)) * bound }
    return .none([UpperBound.Reason(text: "repeat_count \(template.display)", range: template.range)]) * bound
  }

  private func count(_ called: WorkflowPlan, inside workflow: String, at range: SourceRange) -> UpperBound {
    guard called.id != workflow, !running.contains(called.id) else {
      return .none([UpperBound.Reason(text: "workflow '\(called.id)' runs itself", range: range)])
    }
    return known.value(of: called) {
      CallCounter(plan: plan, running: running + [workflow], known: known).bound(of: called).total
    }
  }

  /// The requests of the component itself.
  private func requests(of invocation: Invocation, in scope: ValueScope) -> UpperBound {
    guard invocation.callsServer else { return .zero }
    var bound = UpperBound.atMost(1)
    for (place, fact) in invocation.facts {
      guard case .polls(let interval, let intervalField, let limit, let limitField) = fact else { continue }
      func seconds(_ field: String, _ fallback: String) -> Double? {
        guard let template = invocation.written(field, at: place) else {
          return ComposeBasic.seconds(inDuration: fallback)
        }
        return scope.value(of: template).seconds
      }
      let reason = UpperBound.Reason(text: "polling of '\(invocation.component)'", range: invocation.range)
      guard let pause = seconds(intervalField, interval), let all = seconds(limitField, limit), pause > 0,
        all / pause < 1e15
      else {
        bound = bound + .none([reason])
        continue
      }
      bound = bound + .atMost(Int((max(all, 0) / pause).rounded(.up)))
    }
    return bound
  }

  /// The other components that a component runs, and the workflows that it may choose to run.
  private func inner(_ invocation: Invocation, inside workflow: String) -> UpperBound {
    let calls = invocation.calls.reduce(UpperBound.zero) {
      $0 + count($1, in: ValueScope(input: .unknown), inside: workflow)
    }
    var bound = turns(of: invocation) * calls
    for name in invocation.toolWorkflows {
      guard let tool = plan.workflow(named: name) else { continue }
      // It is the model that says how many tools run in a turn.
      let free = UpperBound.Reason(
        text: "'\(invocation.component)' runs workflow '\(name)' as often as it likes", range: invocation.range)
      bound = bound + .none([free]) * count(tool, inside: workflow, at: invocation.range)
    }
    return bound
  }

  private func turns(of invocation: Invocation) -> UpperBound {
    for case (let place, .limitsCalls(let field)) in invocation.facts {
      let template =
        invocation.shapes.first { $0.owner == .action && $0.path.isEmpty }.flatMap { invocation.written(field, at: $0) }
        ?? invocation.value(of: field, at: place)
      guard let template else { continue }
      if let count = ValueScope.workflow.value(of: template).knownText.flatMap({ Int($0) }) {
        return .atMost(max(count, 0))
      }
      return .none([UpperBound.Reason(text: "\(field) \(template.display)", range: template.range)])
    }
    return .atMost(1)
  }
}
