import ComposeBasic
import ComposeSyntax

/// Which job waits for which: the edges of `depends_on` and of routing, by the jobs' indices in the file.
///
/// A class because the scope of every job refers to it.
final class JobGraph: Sendable {
  /// For each job what it waits for: one job of each group must finish.
  let groups: [[[Int]]]
  /// For each job the jobs it waits for.
  let dependencies: [[Int]]
  /// For each job what it names to run next, after an error too, in the order of its fields.
  let targets: [[Located<String>]]
  /// For each job the jobs it can route to, those after an error included.
  let routes: [[Int]]
  /// For each job those that can route to it. A job with routers never starts by itself.
  let routers: [[Int]]
  /// An order in which every job comes after what it waits for; jobs on a cycle come last.
  let order: [Int]
  /// Jobs that wait for each other: of each knot its shortest cycle, from its first job in the file. The first cycle
  /// is the one that begins first.
  let cycles: [[Int]]
  /// The names of the jobs, in the order of the file.
  let names: [String]
  /// Whether every name in `depends_on` and in routes is that of a job, so that no edge is missing.
  let isComplete: Bool
  /// The kinds of the jobs; `nil` for one that is unknown.
  let kinds: [(any JobKind.Type)?]
  private let indices: [String: Int]
  private let awaited: Set<Int>

  init(_ workflow: WorkflowDecl, _ catalog: Catalog) {
    let names = workflow.jobs.map(\.name)
    var indices: [String: Int] = [:]
    for (index, name) in names.enumerated() where indices[name] == nil { indices[name] = index }
    self.names = names
    kinds = workflow.jobs.map { catalog.jobKind(of: $0) }
    targets = workflow.jobs.map { catalog.routingTargets(of: $0) }
    self.indices = indices
    var isComplete = true
    func resolve(_ references: [Located<String>]) -> [Int] {
      let found = references.compactMap { indices[$0.value] }
      if found.count < references.count { isComplete = false }
      return found
    }
    groups = workflow.jobs.map { $0.dependsOn.map(resolve) }
    dependencies = groups.map { Array($0.joined()) }
    routes = targets.map(resolve)
    self.isComplete = isComplete
    var routers = [[Int]](repeating: [], count: names.count)
    for (index, targets) in routes.enumerated() {
      for target in targets where routers[target].last != index { routers[target].append(index) }
    }
    self.routers = routers
    order = Self.sort(dependencies)
    cycles = Knots.shortestCycles(in: dependencies)
    awaited = Set(dependencies.joined())
  }

  /// Whether two jobs share a name, so that references are ambiguous.
  var hasDuplicates: Bool { indices.count < names.count }

  func index(of name: String) -> Int? { indices[name] }

  /// Whether the job decides where the run goes on, and has no value of its own.
  func isRouter(_ index: Int) -> Bool { kinds[index]?.result == .route }

  /// Whether no job waits for this one.
  func isTerminal(_ index: Int) -> Bool { !awaited.contains(index) }

  /// Whether the job only starts when another one routes to it, at once and whatever its own `depends_on` says.
  func isRouted(_ index: Int) -> Bool { !routers[index].isEmpty }

  /// For each job those that surely wait for it: not for one of several, and not as a job that is routed to.
  var sureFollowers: [[Int]] {
    let sure = groups.enumerated().map { index, groups in
      isRouted(index) ? [] : groups.filter { $0.count == 1 }.map { $0[0] }
    }
    return sure.reversed
  }

  /// Kahn's algorithm, always taking the first ready job of the file, so that the order is stable.
  private static func sort(_ dependencies: [[Int]]) -> [Int] {
    var waiting = dependencies.map { $0.count < 2 ? $0.count : Set($0).count }
    let dependents = dependencies.reversed
    var order: [Int] = []
    order.reserveCapacity(dependencies.count)
    var ready = dependencies.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < ready.count {
      let index = ready[next]
      next += 1
      order.append(index)
      for dependent in dependents[index] {
        waiting[dependent] -= 1
        if waiting[dependent] == 0 { ready.append(dependent) }
      }
    }
    return order + dependencies.indices.filter { waiting[$0] > 0 }
  }
}

extension [[Int]] {
  /// The same edges from their ends to their starts, each once and in the order of the starts.
  var reversed: [[Int]] {
    var result = [[Int]](repeating: [], count: count)
    for (start, ends) in enumerated() {
      for end in ends where result[end].last != start { result[end].append(start) }
    }
    return result
  }
}
