import ComposeBasic
import ComposeSyntax

/// Which jobs can run at all, and which run in every run that does not fail.
struct JobRuns {
  let graph: JobGraph
  /// Whether each job runs in some run.
  let isPossible: [Bool]
  /// Whether each job runs in every run.
  let isSure: [Bool]
  /// Whether a router always sends the run on, whatever its input is.
  private let alwaysRoutes: [Bool]

  init(_ graph: JobGraph, of workflow: WorkflowDecl) {
    self.graph = graph
    alwaysRoutes = zip(graph.kinds, workflow.jobs).map { kind, job in kind?.alwaysRoutes(job) ?? false }
    isPossible = Self.possible(graph)
    isSure = Self.sure(graph, alwaysRoutes)
  }

  /// Whether in every run one of these jobs runs.
  func isSure(oneOf jobs: [Int]) -> Bool { Self.isSure(oneOf: jobs, isSure, graph, alwaysRoutes) }

  private static func possible(_ graph: JobGraph) -> [Bool] {
    var isPossible = [Bool](repeating: false, count: graph.names.count)
    let dependents = graph.dependencies.reversed
    var queue = graph.order
    while let index = queue.popLast() {
      guard !isPossible[index] else { continue }
      let starts =
        graph.isRouted(index)
        ? graph.routers[index].contains { isPossible[$0] }
        : graph.groups[index].allSatisfy { group in group.contains { isPossible[$0] } }
      guard starts else { continue }
      isPossible[index] = true
      queue += dependents[index] + graph.routes[index]
    }
    return isPossible
  }

  private static func sure(_ graph: JobGraph, _ alwaysRoutes: [Bool]) -> [Bool] {
    var isSure = [Bool](repeating: false, count: graph.names.count)
    let order = graph.orderWithRoutes
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for index in order where !isSure[index] {
        let runs =
          graph.isRouted(index)
          ? Self.isSure(oneOf: [index], isSure, graph, alwaysRoutes)
          : graph.groups[index].allSatisfy { Self.isSure(oneOf: $0, isSure, graph, alwaysRoutes) }
        guard runs else { continue }
        isSure[index] = true
        hasChanged = true
      }
    }
    return isSure
  }

  /// How many routers in a row are followed back. Longer rows count as sure, so that nothing is said about them.
  private static let longestRow = 256

  /// Follows routers backwards: one whose every way leads to the jobs stands for them.
  private static func isSure(
    oneOf jobs: [Int], _ isSure: [Bool], _ graph: JobGraph, _ alwaysRoutes: [Bool]
  ) -> Bool {
    if jobs.contains(where: { isSure[$0] }) { return true }
    var reached = Set(jobs)
    var queue = jobs
    while let index = queue.popLast() {
      if reached.count > jobs.count + longestRow { return true }
      for router in graph.routers[index] where !reached.contains(router) {
        guard alwaysRoutes[router], graph.routes[router].allSatisfy(reached.contains) else { continue }
        if isSure[router] { return true }
        reached.insert(router)
        queue.append(router)
      }
    }
    return false
  }
}

extension JobGraph {
  /// An order in which every job comes after what it waits for and what routes to it, as far as there is one.
  fileprivate var orderWithRoutes: [Int] {
    var isVisited = [Bool](repeating: false, count: names.count)
    var result: [Int] = []
    result.reserveCapacity(names.count)
    for start in order where !isVisited[start] {
      var stack = [(job: start, next: 0)]
      isVisited[start] = true
      while let (job, next) = stack.last {
        let count = dependencies[job].count
        guard next < count + routers[job].count else {
          result.append(job)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let earlier = next < count ? dependencies[job][next] : routers[job][next - count]
        guard !isVisited[earlier] else { continue }
        isVisited[earlier] = true
        stack.append((earlier, 0))
      }
    }
    return result
  }
}
