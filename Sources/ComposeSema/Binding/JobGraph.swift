import ComposeBasic
import ComposeSyntax

/// Which job waits for which: the edges of `depends_on` and of routing.
struct JobGraph {
  /// For each job the jobs it waits for, by index.
  let dependencies: [[Int]]
  /// For each job the jobs it can route to.
  let routes: [[Int]]
  /// An order in which every job comes after what it waits for; jobs on a cycle come last.
  let order: [Int]
  /// The jobs of one cycle, from its first in the file; empty when there is none.
  let cycle: [Int]
  /// The names of the jobs, in the order of the file.
  let names: [String]
  private let indices: [String: Int]
  /// For each job what surely or possibly runs directly before it.
  private let predecessors: [Set<Int>]
  private let awaited: Set<Int>

  init(_ workflow: WorkflowDecl) {
    let names = workflow.jobs.map(\.name)
    var indices: [String: Int] = [:]
    for (index, name) in names.enumerated() where indices[name] == nil { indices[name] = index }
    self.names = names
    self.indices = indices
    dependencies = workflow.jobs.map { job in job.dependsOn.joined().compactMap { indices[$0.value] } }
    routes = workflow.jobs.map { job in routingTargets(of: job).compactMap { indices[$0.value] } }
    (order, cycle) = Self.sort(dependencies)
    var predecessors = dependencies.map { Set($0) }
    for (index, targets) in routes.enumerated() {
      for target in targets { predecessors[target].insert(index) }
    }
    self.predecessors = predecessors
    awaited = Set(dependencies.joined())
  }

  /// Whether two jobs share a name, so that references are ambiguous.
  var hasDuplicates: Bool { indices.count < names.count }

  func index(of name: String) -> Int? { indices[name] }

  /// Whether no job waits for this one.
  func isTerminal(_ index: Int) -> Bool { !awaited.contains(index) }

  /// Whether a path of dependencies or routes leads from one job to the other. Searched backwards, nearest first.
  func mayFinish(_ earlier: Int, before later: Int) -> Bool {
    var seen: Set<Int> = [later]
    var queue = [later]
    var next = 0
    while next < queue.count {
      let current = predecessors[queue[next]]
      next += 1
      if current.contains(earlier) { return true }
      for index in current where seen.insert(index).inserted { queue.append(index) }
    }
    return false
  }

  /// Kahn's algorithm, always taking the first ready job of the file, so that the order is stable.
  private static func sort(_ dependencies: [[Int]]) -> (order: [Int], cycle: [Int]) {
    var waiting = dependencies.map { Set($0).count }
    var dependents = [[Int]](repeating: [], count: dependencies.count)
    for (index, others) in dependencies.enumerated() {
      for other in Set(others) { dependents[other].append(index) }
    }
    var order: [Int] = []
    var ready = dependencies.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < ready.count {
      let index = ready[next]
      next += 1
      order.append(index)
      for dependent in dependents[index].sorted() {
        waiting[dependent] -= 1
        if waiting[dependent] == 0 { ready.append(dependent) }
      }
    }
    let rest = dependencies.indices.filter { waiting[$0] > 0 }
    return (order + rest, findCycle(in: Set(rest), dependencies))
  }

  private static func findCycle(in rest: Set<Int>, _ dependencies: [[Int]]) -> [Int] {
    guard var current = rest.min() else { return [] }
    var path: [Int] = []
    while !path.contains(current) {
      path.append(current)
      guard let next = dependencies[current].first(where: { rest.contains($0) }) else { return [] }
      current = next
    }
    let cycle = Array(path[(path.firstIndex(of: current) ?? 0)...])
    guard let smallest = cycle.min(), let start = cycle.firstIndex(of: smallest) else { return cycle }
    return Array(cycle[start...] + cycle[..<start])
  }
}
