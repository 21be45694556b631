/// Finds cycles in a graph that is given by the ends of each node's edges.
package enum Knots {
  /// For each strongly connected part of the graph the shortest cycle through its first node, from that node on.
  static func shortestCycles(in edges: [[Int]]) -> [[Int]] {
    components(of: edges)
      .compactMap { part -> [Int]? in
        guard let first = part.min(), part.count > 1 || edges[first].contains(first) else { return nil }
        return cycle(through: first, within: Set(part), edges)
      }
      .sorted { $0[0] < $1[0] }
  }

  /// A breadth-first search from a node back to itself.
  private static func cycle(through start: Int, within part: Set<Int>, _ edges: [[Int]]) -> [Int] {
    var previous: [Int: Int] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let current = queue[next]
      next += 1
      if edges[current].contains(start) {
        var path = [current]
        while let node = path.last, node != start, let before = previous[node] { path.append(before) }
        return Array(path.reversed())
      }
      for end in edges[current] where part.contains(end) && end != start && previous[end] == nil {
        previous[end] = current
        queue.append(end)
      }
    }
    return [start]
  }

  /// The strongly connected parts of a graph. Each comes after the parts to which its edges lead.
  ///
  /// Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972), without recursion because a chain may
  /// have thousands of nodes.
  package static func components(of edges: [[Int]]) -> [[Int]] {
    var number = [Int](repeating: -1, count: edges.count)
    var low = number
    var isOpen = [Bool](repeating: false, count: edges.count)
    var open: [Int] = []
    var parts: [[Int]] = []
    var count = 0
    for root in edges.indices where number[root] < 0 {
      var calls = [(node: root, edge: 0)]
      while let (node, edge) = calls.last {
        if edge == 0 {
          number[node] = count
          low[node] = count
          count += 1
          open.append(node)
          isOpen[node] = true
        }
        if edge < edges[node].count {
          calls[calls.count - 1].edge += 1
          let end = edges[node][edge]
          if number[end] < 0 {
            calls.append((end, 0))
          } else if isOpen[end] {
            low[node] = min(low[node], number[end])
          }
          continue
        }
        calls.removeLast()
        if let caller = calls.last?.node { low[caller] = min(low[caller], low[node]) }
        guard low[node] == number[node], let start = open.lastIndex(of: node) else { continue }
        for member in open[start...] { isOpen[member] = false }
        parts.append(Array(open[start...]))
        open.removeSubrange(start...)
      }
    }
    return parts
  }
}
