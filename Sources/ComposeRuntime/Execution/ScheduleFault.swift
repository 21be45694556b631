/// Why no schedule can go on.
package enum ScheduleFault: Error, Equatable, Sendable {
  /// The job would start more often than its `max_run_count` allows.
  case tooManyRuns(job: Int, limit: Int)
  /// Nothing runs, and these jobs are left, in the order of their positions.
  case deadlock([BlockedJob])

  /// A job that can no longer start.
  package struct BlockedJob: Equatable, Sendable {
    package let job: Int
    /// The groups that no completed job satisfies.
    package let groups: [[Missing]]

    package init(job: Int, groups: [[Missing]]) {
      self.job = job
      self.groups = groups
    }
  }

  /// A job that did not complete.
  package struct Missing: Equatable, Sendable {
    package let job: Int
    /// Whether it starts only when it is routed to, and was not.
    package let isNotRoutedTo: Bool

    package init(job: Int, isNotRoutedTo: Bool) {
      self.job = job
      self.isNotRoutedTo = isNotRoutedTo
    }
  }

  /// The job that the fault is about; of several the first.
  package var job: Int? {
    switch self {
    case .tooManyRuns(let job, _): job
    case .deadlock(let blocked): blocked.first?.job
    }
  }

  /// One line for the reader of the file. It names every job but the one that ran too often, which the error names.
  package func message(naming name: (Int) -> String) -> String {
    switch self {
    case .tooManyRuns(_, let limit):
      let times = limit == 1 ? "once" : "\(limit) times"
      return "routing leads back to the job, which ran \(times): that is its 'max_run_count'"
    case .deadlock(let blocked):
      let shown = blocked.prefix(Self.longestList).map { $0.text(name) }
      let more = blocked.count - shown.count
      let rest = more == 0 ? "" : "; and \(more) more"
      let jobs = blocked.count == 1 ? "a job is left that nothing can start" : "jobs are left that nothing can start"
      return "\(jobs): \(shown.joined(separator: "; "))\(rest)"
    }
  }

  /// How many jobs a message names.
  private static let longestList = 8
}

extension ScheduleFault.BlockedJob {
  fileprivate func text(_ name: (Int) -> String) -> String {
    let missing = groups.map { group in
      group.map { "'\(name($0.job))'" + ($0.isNotRoutedTo ? ", to which no job routed" : "") }
        .joined(separator: " or ")
    }
    return "'\(name(job))' waits for \(missing.joined(separator: " and for "))"
  }
}

extension Schedule {
  /// What each waiting job waits for.
  func blockedJobs() -> [ScheduleFault.BlockedJob] {
    (0..<topology.count).filter { states[$0] == .waiting }.map { job in
      let open = topology.groups(of: job).filter { completedMembers[$0] == 0 }
      return ScheduleFault.BlockedJob(
        job: job,
        groups: open.map { group in
          topology.members[group].map { .init(job: $0, isNotRoutedTo: states[$0] == .notRoutedTo) }
        })
    }
  }
}
