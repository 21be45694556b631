package import ComposeBasic
package import ComposePlan

/// A place of a file where a run can stop for an answer.
package struct InterruptPlace: Sendable {
  /// The id of the job; for one inside another job as plans name it: `each[do]`.
  package let job: String
  package let phase: JobPhase
  /// Where the interrupt is written.
  package let range: SourceRange
  /// Whether every run in which nothing fails stops here.
  package let isCertain: Bool
}

/// The places where a run of the workflow can stop, those of workflows that it runs included: in the order of the file,
/// each once.
package func interruptPlaces(of workflow: WorkflowPlan, in plan: Plan) -> [InterruptPlace] {
  var search = InterruptSearch(plan: plan)
  search.visit(workflow, isCertain: true)
  var places: [SourceRange: InterruptPlace] = [:]
  for place in search.found where places[place.range]?.isCertain != true { places[place.range] = place }
  return places.values.sorted { $0.range < $1.range }
}

private struct InterruptSearch {
  private struct Visit: Hashable {
    let workflow: String
    let isCertain: Bool
  }

  let plan: Plan
  private(set) var found: [InterruptPlace] = []
  private var visited: Set<Visit> = []

  init(plan: Plan) { self.plan = plan }

  mutating func visit(_ workflow: WorkflowPlan, isCertain: Bool) {
    // What surely runs has been looked at as such, or is now.
    guard !visited.contains(Visit(workflow: workflow.id, isCertain: true)),
      visited.insert(Visit(workflow: workflow.id, isCertain: isCertain)).inserted
    else { return }
    var runs = [Bool](repeating: false, count: workflow.nodes.count)
    // Each node comes after those that it waits for.
    for (index, node) in workflow.nodes.enumerated() {
      runs[index] =
        !node.isRouted && node.after.allSatisfy { group in group.contains { $0.index < index && runs[$0.index] } }
      visit(node.job, isCertain: isCertain && runs[index])
    }
  }

  private mutating func visit(_ job: JobPlan, isCertain: Bool) {
    for interrupt in job.interrupts {
      found.append(
        InterruptPlace(
          job: job.name, phase: interrupt.phase, range: interrupt.range,
          isCertain: isCertain && interrupt.condition == nil))
    }
    switch job.operation {
    case .invoke(let invocation):
      if let inner = invocation.workflow.flatMap(plan.workflow) {
        visit(inner, isCertain: isCertain && invocation.repeatCount == nil)
      }
      visitTools(of: invocation, at: job)
    case .sequence(let steps): for step in steps { visit(step, isCertain: isCertain) }
    case .iterate(let iteration): visit(iteration.body, isCertain: isCertain && iteration.limit > 0)
    // There may be no element.
    case .map(let loop): visit(loop.body, isCertain: false)
    case .fold(let fold): visit(fold.body, isCertain: false)
    case .wait, .route, .draw, .filter, .tee, .fail: return
    }
  }

  /// A model may ask for any of its tools, and need not.
  private mutating func visitTools(of invocation: Invocation, at job: JobPlan) {
    for tool in invocation.tools {
      if let workflow = tool.workflow {
        if let inner = plan.workflow(named: workflow) { visit(inner, isCertain: false) }
      } else {
        found.append(InterruptPlace(job: job.name, phase: .after, range: tool.range, isCertain: false))
      }
    }
    for call in invocation.calls { visitTools(of: call, at: job) }
  }
}
