import ComposeBasic

/// A place of a workflow from which an action is run, with what is known there.
struct InvocationSite {
  let node: Node
  /// The job that runs it, perhaps inside the node's job.
  let job: JobPlan
  let invocation: Invocation
  /// In which the fields of the invocation are rendered.
  let scope: ValueScope
  /// Why it may run several times, outermost first.
  let repeats: [Repeat]
  /// The component by which it is run; `nil` when the job itself runs it.
  let caller: String?

  /// A reason to run several times.
  struct Repeat {
    /// `for each element of ${input.items}`.
    let text: String
    let range: SourceRange
  }
}

extension WorkflowPlan {
  /// Every place that runs an action, in the order of the plan; what components run themselves behind them.
  var sites: [InvocationSite] {
    nodes.flatMap { node in node.job.sites(of: node, in: .workflow, isElement: false, repeats: []) }
  }
}

extension JobPlan {
  /// - Parameters:
  ///   - scope: in which the job's own templates are rendered.
  ///   - isElement: whether the job, without an input of its own, gets an element or the result of a job before.
  fileprivate func sites(
    of node: Node, in scope: ValueScope, isElement: Bool, repeats: [InvocationSite.Repeat]
  ) -> [InvocationSite] {
    var repeats = repeats
    if let retry, retry.attempts > 1 {
      repeats.append(.init(text: "up to \(retry.attempts) times, until it succeeds", range: retry.range))
    }
    let own = inputScope(in: scope, isElement: isElement)
    switch operation {
    case .invoke(let invocation):
      if let count = invocation.repeatCount {
        repeats.append(.init(text: "\(count.display) times side by side", range: count.range))
      }
      return invocation.sites(of: node, self, in: own, caller: nil, repeats: repeats)
    case .map(let loop):
      repeats.append(elements)
      return loop.body.sites(of: node, in: scope, isElement: true, repeats: repeats)
    case .fold(let fold):
      repeats.append(elements)
      return fold.body.sites(of: node, in: scope, isElement: true, repeats: repeats)
    case .iterate(let iteration):
      repeats.append(.init(text: "in a loop, at most \(iteration.limit) times", range: range))
      return iteration.body.sites(of: node, in: own, isElement: true, repeats: repeats)
    case .sequence(let steps):
      return steps.enumerated().flatMap { index, step in
        step.sites(of: node, in: own, isElement: index > 0, repeats: repeats)
      }
    case .wait, .route, .draw, .filter, .tee, .fail: return []
    }
  }

  /// In which the job's operation sees `${input}`.
  func inputScope(in scope: ValueScope, isElement: Bool) -> ValueScope {
    if let input { return ValueScope(input: .template(input, scope)) }
    return isElement ? ValueScope(input: .unknown) : scope
  }

  private var elements: InvocationSite.Repeat {
    .init(text: "for each element of \(input?.display ?? "its input")", range: range)
  }
}

extension Invocation {
  fileprivate func sites(
    of node: Node, _ job: JobPlan, in scope: ValueScope, caller: String?, repeats: [InvocationSite.Repeat]
  ) -> [InvocationSite] {
    let own = InvocationSite(
      node: node, job: job, invocation: self, scope: scope, repeats: repeats, caller: caller)
    // What a component hands to another one is its own matter.
    let inner = calls.flatMap { call in
      call.sites(
        of: node, job, in: ValueScope(input: .unknown), caller: component,
        repeats: repeats + [.init(text: "as often as '\(component)' asks", range: range)])
    }
    return [own] + inner
  }
}
