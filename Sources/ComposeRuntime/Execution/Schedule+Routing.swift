/// What a route brings about.
package enum RouteEffect: Equatable, Sendable {
  /// The target had not run yet: it starts.
  case starts
  /// The target had completed: these jobs wait again, in the order of their positions, and their outputs are void. The
  /// router may be one of them.
  case rewinds([Int])
  /// The target runs or waits already: nothing changes.
  case nothing
}

extension Schedule {
  /// The running job ended by routing to another. It completes without an output, unless it is rewound with its target.
  package mutating func route(from router: Int, to target: Int) -> RouteEffect {
    precondition(states[router] == .running, "only a running job routes")
    switch states[target] {
    case .notRoutedTo:
      states[target] = .called
      pendingCount += 1
      ready.append(target)
      complete(router)
      return .starts
    case .completed:
      return .rewinds(rewind(target, by: router))
    case .waiting, .ready, .called, .running:
      complete(router)
      return .nothing
    }
  }

  /// Makes the target, and the completed jobs that came after it, wait again. What is under way goes on.
  private mutating func rewind(_ target: Int, by router: Int) -> [Int] {
    var rewound = [target]
    states[target] = .waiting
    var next = 0
    while next < rewound.count {
      for group in topology.memberships[rewound[next]] {
        let owner = topology.owners[group]
        guard states[owner] == .completed || (owner == router && states[owner] == .running) else { continue }
        states[owner] = .waiting
        rewound.append(owner)
      }
      next += 1
    }
    for job in rewound {
      if job == router { runningCount -= 1 } else { withdraw(job) }
    }
    if states[router] == .running { complete(router) }
    for job in rewound { readyIfSatisfied(job) }
    return rewound.sorted()
  }

  /// A completed job is no longer completed.
  private mutating func withdraw(_ job: Int) {
    pendingCount += 1
    for group in topology.memberships[job] {
      completedMembers[group] -= 1
      guard completedMembers[group] == 0 else { continue }
      let owner = topology.owners[group]
      openGroups[owner] += 1
      if states[owner] == .ready { states[owner] = .waiting }
    }
  }
}
