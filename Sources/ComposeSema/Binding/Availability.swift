import ComposeBasic
import ComposeSyntax

/// Which jobs surely have finished when another begins.
///
/// A job that is routed to begins when a router names it, whatever it depends on; any other begins when everything it
/// depends on has finished, and when that never happens, the run fails. So a dependency is sure even when the job is
/// on a branch, and a job on a branch is not sure for anything that does not wait for it.
final class Availability: Sendable {
  private let graph: JobGraph
  /// An order in which every job comes after what it waits for and after what routes to it, as far as there is one.
  let order: [Int]
  /// For each job its place in the order.
  private let positions: [Int]
  /// Along dependencies that are sure: most questions are answered by it at once.
  private let forest: JobForest

  init(_ workflow: WorkflowDecl, _ graph: JobGraph) {
    self.graph = graph
    order = Self.order(of: graph, graph.routers)
    var positions = [Int](repeating: 0, count: order.count)
    for (position, index) in order.enumerated() { positions[index] = position }
    self.positions = positions
    forest = JobForest(graph.sureFollowers, from: graph.order)
  }

  /// Whether the job runs only when another routes to it.
  func isRouted(_ index: Int) -> Bool { graph.isRouted(index) }

  /// Whether the earlier job has finished for sure when the later one begins, or at the end when that is `nil`.
  func isSure(_ earlier: Int, before later: Int?) -> Bool {
    guard let later else { return !isRouted(earlier) }
    if forest.isBelow(later, earlier) { return true }
    // What waits for nothing follows nothing.
    guard positions[earlier] < positions[later], isRouted(later) || !graph.groups[later].isEmpty else { return false }
    // From the earlier to the later one, in an order in which every job comes after those it follows.
    var sure: Set<Int> = [earlier]
    for index in order[positions[earlier]...positions[later]] where isFollowing(index, sure) { sure.insert(index) }
    return sure.contains(later)
  }

  /// Whether one of the jobs has finished for sure when this one begins.
  private func isFollowing(_ index: Int, _ sure: Set<Int>) -> Bool {
    if isRouted(index) { return graph.routers[index].allSatisfy(sure.contains) }
    return graph.groups[index].contains { group in !group.isEmpty && group.allSatisfy(sure.contains) }
  }

  /// Depth first, with a stack of its own: chains may be long.
  private static func order(of graph: JobGraph, _ routers: [[Int]]) -> [Int] {
    var states = [Visit](repeating: .new, count: routers.count)
    var order: [Int] = []
    for start in graph.order where states[start] == .new {
      var stack = [(job: start, next: 0)]
      states[start] = .open
      while let (job, next) = stack.last {
        let earlier = graph.dependencies[job] + routers[job]
        guard next < earlier.count else {
          states[job] = .done
          order.append(job)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        if states[earlier[next]] == .new {
          states[earlier[next]] = .open
          stack.append((earlier[next], 0))
        }
      }
    }
    return order
  }

  private enum Visit {
    case new
    case open
    case done
  }
}
