/// Answers whether one job may finish before another starts, along dependencies and routes.
///
/// A file may have thousands of jobs, each with questions of its own. Most answers are read off the numbers of one
/// depth-first walk: what is below a job in its tree comes after it. Without circles each job has a level, the length of
/// the longest path to it, which grows along every path: that answers for jobs of the same level or of neighbouring
/// ones. Otherwise everything behind the earlier job is searched once and remembered.
struct JobOrder {
  private let successors: [[Int]]
  private let forest: JobForest
  /// `nil` where paths lead back to where they began.
  private let levels: [Int]?
  private var behind: [Int: BitSet] = [:]

  init(_ graph: JobGraph) {
    var successors = graph.dependencies.reversed
    for (index, targets) in graph.routes.enumerated() { successors[index] += targets }
    self.init(successors, from: graph.order)
  }

  /// - Parameters:
  ///   - successors: for each job those that come after it.
  ///   - roots: all jobs, in an order in which the walk may begin.
  init(_ successors: [[Int]], from roots: [Int]) {
    self.successors = successors
    forest = JobForest(successors, from: roots)
    levels = Self.levels(successors)
  }

  /// Whether a path of dependencies or routes leads from one job to the other.
  mutating func mayFinish(_ earlier: Int, before later: Int) -> Bool {
    if forest.isBelow(later, earlier) { return true }
    if let levels, levels[later] <= levels[earlier] + 1 {
      return levels[later] > levels[earlier] && successors[earlier].contains(later)
    }
    if behind[earlier] == nil { behind[earlier] = search(from: earlier) }
    return behind[earlier]?.contains(later) ?? false
  }

  private static func levels(_ successors: [[Int]]) -> [Int]? {
    var waiting = [Int](repeating: 0, count: successors.count)
    for end in successors.joined() { waiting[end] += 1 }
    var levels = [Int](repeating: 0, count: successors.count)
    var ready = successors.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < ready.count {
      let start = ready[next]
      next += 1
      for end in successors[start] {
        levels[end] = max(levels[end], levels[start] + 1)
        waiting[end] -= 1
        if waiting[end] == 0 { ready.append(end) }
      }
    }
    return ready.count == successors.count ? levels : nil
  }

  private func search(from start: Int) -> BitSet {
    var found = BitSet(count: successors.count)
    var stack = [start]
    while let index = stack.popLast() {
      for next in successors[index] where found.insert(next) { stack.append(next) }
    }
    return found
  }
}

/// One depth-first walk through jobs, from each to those that come after it.
struct JobForest {
  /// When the walk entered each job, and the last entry before it left the job.
  private let entered: [Int]
  private let left: [Int]

  init(_ successors: [[Int]], from roots: [Int]) {
    (entered, left) = Self.walk(successors, from: roots)
  }

  /// Whether the walk came to the later job from the earlier one. Without that it may come after it all the same.
  func isBelow(_ later: Int, _ earlier: Int) -> Bool {
    earlier != later && entered[earlier] <= entered[later] && entered[later] <= left[earlier]
  }

  private static func walk(_ successors: [[Int]], from roots: [Int]) -> (entered: [Int], left: [Int]) {
    var entered = [Int](repeating: -1, count: successors.count)
    var left = entered
    var count = 0
    for root in roots where entered[root] < 0 {
      var path = [(node: root, edge: 0)]
      entered[root] = count
      count += 1
      while let (node, edge) = path.last {
        guard edge < successors[node].count else {
          left[node] = count - 1
          path.removeLast()
          continue
        }
        path[path.count - 1].edge += 1
        let next = successors[node][edge]
        guard entered[next] < 0 else { continue }
        entered[next] = count
        count += 1
        path.append((next, 0))
      }
    }
    return (entered, left)
  }
}

/// A set of small numbers, eight to a byte: there may be one for each of thousands of jobs.
private struct BitSet {
  private var words: [UInt64]

  init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

  func contains(_ number: Int) -> Bool { words[number / 64] >> UInt64(number % 64) & 1 == 1 }

  /// Whether the number was not in the set before.
  mutating func insert(_ number: Int) -> Bool {
    guard !contains(number) else { return false }
    words[number / 64] |= 1 << UInt64(number % 64)
    return true
  }
}
