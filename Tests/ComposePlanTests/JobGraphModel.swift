import ComposePlan

/// Which job depends on which, found in another way than hashes are made: by names, over all workflows of a plan.
struct JobGraphModel: Equatable {
  /// By `workflow:job`, those that see its output, or whose start it decides; `workflow:` is the workflow itself, which
  /// every job of it is a part of.
  private var followers: [String: Set<String>] = [:]
  /// By `workflow:job`, the jobs to which it leads, in order.
  private var targets: [String: [String]] = [:]

  init(_ plan: Plan) {
    var callers: [String: Set<String>] = [:]
    for workflow in plan.workflows {
      for node in workflow.nodes {
        let name = "\(workflow.id):\(node.name)"
        followers[name, default: []].insert("\(workflow.id):")
        for other in node.after.joined() {
          followers["\(workflow.id):\(workflow.nodes[other.index].name)", default: []].insert(name)
        }
        for target in node.job.family.flatMap(\.targets) {
          followers[name, default: []].insert("\(workflow.id):\(target.name)")
          targets[name, default: []].append("\(workflow.id):\(target.name)")
        }
        for reference in node.job.templates.flatMap(\.references) where reference.root == "jobs" {
          if case .key(let job)? = reference.steps.first {
            followers["\(workflow.id):\(job)", default: []].insert(name)
          } else {
            for other in workflow.nodes { followers["\(workflow.id):\(other.name)", default: []].insert(name) }
          }
        }
        for job in node.job.family {
          guard case .invoke(let invocation) = job.operation else { continue }
          for called in invocation.calledWorkflows { callers[called, default: []].insert(name) }
        }
      }
    }
    for workflow in plan.workflows { followers["\(workflow.id):", default: []] = callers[workflow.id] ?? [] }
  }

  /// Everything that depends on some jobs, and on that, and so on.
  func after(_ jobs: Set<String>) -> Set<String> {
    var found: Set<String> = []
    var open = Array(jobs)
    while let job = open.popLast() {
      for follower in followers[job] ?? [] where found.insert(follower).inserted { open.append(follower) }
    }
    return found
  }

  /// The jobs, what depends on them, and the jobs that lead to them.
  func cone(of jobs: Set<String>) -> Set<String> {
    let routers = targets.filter { !jobs.isDisjoint(with: $0.value) }.keys
    return jobs.union(after(jobs)).union(routers)
  }

  /// The jobs to which other ways lead in the other graph.
  func differingTargets(_ other: JobGraphModel) -> Set<String> {
    let (ways, others) = (waysIn, other.waysIn)
    return Set(ways.keys).union(others.keys).filter { ways[$0] != others[$0] }
  }

  private var waysIn: [String: Set<[String]>] {
    var found: [String: Set<[String]>] = [:]
    for (router, targets) in targets {
      for (position, target) in targets.enumerated() { found[target, default: []].insert([router, "\(position)"]) }
    }
    return found
  }

  /// The jobs that lead to jobs which say something else in the other graph.
  ///
  /// - Parameters:
  ///   - hashes: of what each job says alone.
  ///   - others: the same in the other graph.
  func differingRouters(
    _ hashes: [String: SemanticHash], _ other: JobGraphModel, _ others: [String: SemanticHash]
  ) -> Set<String> {
    Set(targets.keys).union(other.targets.keys).filter { router in
      targets[router]?.map { hashes[$0] } != other.targets[router]?.map { others[$0] }
    }
  }
}

extension Invocation {
  /// Its own, those of the components that it calls, and those among which it may choose.
  fileprivate var calledWorkflows: [String] {
    [workflow].compactMap { $0 } + toolWorkflows + calls.flatMap(\.calledWorkflows)
  }
}
