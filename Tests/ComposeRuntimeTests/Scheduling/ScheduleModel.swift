import ComposeRuntime

/// The rules of a run, said with sets. Everything is worked out anew in each step; nothing is clever.
struct ScheduleModel {
  /// How a job ends.
  enum Ending: Equatable {
    /// With an output; so does a failure that is ignored.
    case completes
    /// A router, or a failure that routes; nil leads nowhere.
    case routes(to: Int?)
  }

  let graph: SampleGraph
  private(set) var running: Set<Int> = []
  private(set) var completed: Set<Int> = []
  /// The targets of routes that nobody has routed to yet.
  private(set) var notRoutedTo: Set<Int>
  /// The targets of first routes that have not been started yet.
  private var called: Set<Int> = []
  private(set) var startCounts: [Int: Int] = [:]
  /// For each job with an output in which of its runs it was made.
  private(set) var outputs: [Int: Int] = [:]

  init(_ graph: SampleGraph) {
    self.graph = graph
    notRoutedTo = graph.routed
  }

  /// "The jobs that are left": every job but those that are completed and those that nobody has routed to.
  var pending: Set<Int> { Set(graph.jobs.indices).subtracting(completed).subtracting(notRoutedTo) }

  /// "A job starts when each of its groups has a completed job; one that is routed to for the first time starts at
  /// once."
  var startable: Set<Int> {
    pending.subtracting(running).filter { job in
      called.contains(job) || graph.jobs[job].after.allSatisfy { !completed.isDisjoint(with: $0) }
    }
  }

  /// Starts what can start.
  ///
  /// "A job starts at most `max_run_count` times." "When nothing runs and jobs are left, the run fails."
  mutating func start() throws(ScheduleFault) -> Set<Int> {
    let started = startable
    if let job = started.filter({ startCounts[$0, default: 0] == graph.jobs[$0].runLimit }).min() {
      throw .tooManyRuns(job: job, limit: graph.jobs[job].runLimit)
    }
    for job in started { startCounts[job, default: 0] += 1 }
    running.formUnion(started)
    called.subtract(started)
    if running.isEmpty && !pending.isEmpty { throw .deadlock(blocked) }
    return started
  }

  mutating func end(_ job: Int, _ ending: Ending) {
    running.remove(job)
    switch ending {
    case .completes:
      outputs[job] = startCounts[job]
      completed.insert(job)
    case .routes(let target?) where notRoutedTo.contains(target):
      notRoutedTo.remove(target)
      called.insert(target)
      completed.insert(job)
    case .routes(let target?) where completed.contains(target):
      completed.insert(job)
      let rewound = dependents(of: target)
      completed.subtract(rewound)
      for one in rewound { outputs[one] = nil }
    case .routes:
      completed.insert(job)
    }
  }

  /// The target and the completed jobs that wait for one of these.
  private func dependents(of target: Int) -> Set<Int> {
    var found: Set<Int> = [target]
    while true {
      let more = completed.filter { job in
        !found.contains(job) && !found.isDisjoint(with: graph.jobs[job].after.joined())
      }
      if more.isEmpty { return found }
      found.formUnion(more)
    }
  }

  private var blocked: [ScheduleFault.BlockedJob] {
    pending.sorted().map { job in
      let open = graph.jobs[job].after.filter { completed.isDisjoint(with: $0) }
      return .init(
        job: job, groups: open.map { $0.map { .init(job: $0, isNotRoutedTo: notRoutedTo.contains($0)) } })
    }
  }
}
