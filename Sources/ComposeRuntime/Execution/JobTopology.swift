/// Who waits for whom and who is routed to, by position. It holds for every run of a workflow.
package final class JobTopology: Sendable {
  /// For each job whether some job can route to it. Such a job starts only when it is routed to.
  let isRouted: [Bool]
  /// For each job how often it may start in one run.
  let runLimits: [Int]
  /// Where the groups of each job begin; one more entry says where the last ones end.
  private let groupStarts: [Int]
  /// For each group the job that waits.
  let owners: [Int]
  /// For each group the jobs that satisfy it.
  let members: Rows
  /// For each job the groups that it satisfies.
  let memberships: Rows

  /// - Parameters:
  ///   - after: for each job its groups, all of which must be satisfied; one completed job satisfies a group.
  ///   - isRouted: for each job whether some job can route to it.
  ///   - runLimits: for each job its `max_run_count`.
  package init(after: [[[Int]]], isRouted: [Bool], runLimits: [Int]) {
    precondition(after.count == isRouted.count && after.count == runLimits.count, "one entry for each job")
    self.isRouted = isRouted
    self.runLimits = runLimits
    var groupStarts = [0]
    var owners: [Int] = []
    for (job, groups) in after.enumerated() {
      owners.append(contentsOf: repeatElement(job, count: groups.count))
      groupStarts.append(owners.count)
    }
    let members = Rows(after.joined())
    self.groupStarts = groupStarts
    self.owners = owners
    self.members = members
    memberships = members.inverted(count: after.count)
  }

  package var count: Int { isRouted.count }

  var groupCount: Int { owners.count }

  func groups(of job: Int) -> Range<Int> { groupStarts[job]..<groupStarts[job + 1] }

  /// Lists of numbers, one after another in one array.
  struct Rows: Sendable {
    private let starts: [Int]
    private let items: [Int]

    private init(starts: [Int], items: [Int]) {
      self.starts = starts
      self.items = items
    }

    init(_ rows: some Sequence<[Int]>) {
      var starts = [0]
      var items: [Int] = []
      for row in rows {
        items.append(contentsOf: row)
        starts.append(items.count)
      }
      self.init(starts: starts, items: items)
    }

    subscript(row: Int) -> ArraySlice<Int> { items[starts[row]..<starts[row + 1]] }

    /// For each of the numbers below the count the rows that have it, in order.
    func inverted(count: Int) -> Rows {
      var starts = [Int](repeating: 0, count: count + 1)
      for item in items { starts[item + 1] += 1 }
      for item in 0..<count { starts[item + 1] += starts[item] }
      var next = starts
      var rows = [Int](repeating: 0, count: items.count)
      for row in 0..<self.starts.count - 1 {
        for item in self[row] {
          rows[next[item]] = row
          next[item] += 1
        }
      }
      return Rows(starts: starts, items: rows)
    }
  }
}
