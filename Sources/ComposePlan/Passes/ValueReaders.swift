/// Who reads what the jobs of a workflow give.
struct ValueReaders {
  private struct Reader {
    /// Behind `jobs.NAME.output`.
    let path: ArraySlice<PlanReference.Step>
    let weight: Int
    /// Readers of one group exclude each other.
    let group: Int
    /// Tells the members of a group apart.
    let node: Int
  }

  private var readers: [[Reader]]

  init(_ workflow: WorkflowPlan) {
    readers = workflow.nodes.map { _ in [] }
    var indices: [String: Int] = [:]
    for node in workflow.nodes { indices[node.name] = node.id.index }
    let graph = WorkflowGraph(workflow)
    // A route may come back to these.
    let repeated = graph.onCycle
    let groups = workflow.exclusiveGroups(graph.routers, except: repeated)
    for node in workflow.nodes {
      let isRepeated = repeated.contains(node.id.index) || (node.job.retry?.attempts ?? 1) > 1
      add(node.job.templatesWithoutBodies, weight: isRepeated ? 2 : 1, groups[node.id.index], node.id.index, indices)
      // A job inside may run often.
      let bodies = node.job.bodies.flatMap(\.templates)
      add(bodies, weight: isRepeated || !node.job.runsBodiesOnce ? 2 : 1, groups[node.id.index], node.id.index, indices)
    }
    let end = workflow.nodes.count
    if let output = workflow.output {
      add([output], weight: 1, end, end, indices)
    } else {
      for node in workflow.nodes where node.isTerminal {
        readers[node.id.index].append(Reader(path: [], weight: 1, group: end, node: end))
      }
    }
  }

  /// The most readers that there can be of one part of the value.
  func count(of index: Int) -> Int {
    let all = readers[index]
    // However many read the value, they read few different parts of it.
    let counts = Set(all.map(\.path)).map { path -> Int in
      var groups: [Int: [Int: Int]] = [:]
      for other in all where other.path.overlaps(path) {
        groups[other.group, default: [:]][other.node, default: 0] += other.weight
      }
      return groups.values.reduce(0) { $0 + ($1.values.max() ?? 0) }
    }
    return max(1, counts.max() ?? 1)
  }

  private mutating func add(
    _ templates: [PlanTemplate], weight: Int, _ group: Int, _ node: Int, _ indices: [String: Int]
  ) {
    for reference in templates.flatMap(\.references) where reference.root == "jobs" {
      let path = reference.steps.dropFirst(2)
      guard case .key(let name)? = reference.steps.first else {
        // The look-up reads all of them.
        for index in readers.indices {
          readers[index].append(Reader(path: [], weight: weight, group: group, node: node))
        }
        continue
      }
      guard let index = indices[name] else { continue }
      readers[index].append(Reader(path: path, weight: weight, group: group, node: node))
    }
  }
}

extension WorkflowPlan {
  /// For each node a number that it shares with those of which a run takes only one.
  fileprivate func exclusiveGroups(_ routers: [[Int]], except repeated: Set<Int>) -> [Int] {
    nodes.indices.map { index in
      guard routers[index].count == 1, let router = routers[index].first, nodes[router].job.isRouter,
        !repeated.contains(index), !repeated.contains(router)
      else { return index }
      return nodes.count + 1 + router
    }
  }
}

extension JobPlan {
  fileprivate var runsBodiesOnce: Bool {
    if case .sequence(let steps) = operation {
      steps.allSatisfy { $0.retry == nil && $0.bodies.isEmpty }
    } else {
      false
    }
  }
}
