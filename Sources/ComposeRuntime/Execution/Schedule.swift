/// Which jobs of a run may start. It decides and does nothing itself.
///
/// A job without routers starts when every one of its groups has a completed job. A job that others route to starts
/// when it is routed to, at once, whatever it waits for. All work of a step is in proportion to the edges of the jobs
/// that it concerns.
package struct Schedule: Sendable {
  /// Where a job stands in its run.
  package enum JobState: UInt8, Sendable {
    /// Others can route to the job, and none has.
    case notRoutedTo
    /// The job waits for others.
    case waiting
    /// The job can start.
    case ready
    /// The job was routed to for the first time, so it can start whatever it waits for.
    case called
    case running
    case completed
  }

  let topology: JobTopology
  var states: [JobState]
  /// For each group how many of its jobs are completed.
  var completedMembers: [Int]
  /// For each job how many of its groups no completed job satisfies.
  var openGroups: [Int]
  private var starts: [Int]
  /// The jobs that can start. A job that can no longer is still in it: the states decide.
  var ready: [Int] = []
  /// What was given out last, kept so that its memory is used again.
  private var taken: [Int] = []
  /// How many jobs must still complete before the run is complete.
  var pendingCount = 0
  var runningCount = 0

  package init(_ topology: JobTopology) {
    self.topology = topology
    states = topology.isRouted.map { $0 ? .notRoutedTo : .waiting }
    completedMembers = [Int](repeating: 0, count: topology.groupCount)
    openGroups = (0..<topology.count).map { topology.groups(of: $0).count }
    starts = [Int](repeating: 0, count: topology.count)
    for job in 0..<topology.count where states[job] == .waiting {
      pendingCount += 1
      readyIfSatisfied(job)
    }
  }

  /// Whether nothing is left to do. Jobs that nobody routed to are not left: they never run.
  package var isComplete: Bool { pendingCount == 0 }

  package func state(of job: Int) -> JobState { states[job] }

  /// How often the job was started.
  package func startCount(of job: Int) -> Int { starts[job] }

  /// The jobs that can start now, in the order of their positions; they count as running from now on. It is to be asked
  /// at the beginning and whenever a job has ended.
  ///
  /// - Throws: when a job would start more often than it may, or when jobs are left that nothing can start any more.
  ///   The run is over then; no job was given out.
  package mutating func takeReady() throws(ScheduleFault) -> [Int] {
    if ready.count > 1 { ready.sort() }
    for job in ready where canStart(job) && starts[job] >= topology.runLimits[job] {
      throw .tooManyRuns(job: job, limit: topology.runLimits[job])
    }
    taken.removeAll(keepingCapacity: true)
    for index in ready.indices where canStart(ready[index]) { start(ready[index]) }
    ready.removeAll(keepingCapacity: true)
    if runningCount == 0 && pendingCount > 0 { throw .deadlock(blockedJobs()) }
    return taken
  }

  /// The job ended with an output, or is a router that routes nowhere.
  package mutating func complete(_ job: Int) {
    precondition(states[job] == .running, "only a running job completes")
    states[job] = .completed
    runningCount -= 1
    pendingCount -= 1
    for group in topology.memberships[job] {
      completedMembers[group] += 1
      guard completedMembers[group] == 1 else { continue }
      let owner = topology.owners[group]
      openGroups[owner] -= 1
      readyIfSatisfied(owner)
    }
  }

  /// Lets a waiting job start if nothing is left that it waits for.
  mutating func readyIfSatisfied(_ job: Int) {
    guard states[job] == .waiting && openGroups[job] == 0 else { return }
    states[job] = .ready
    ready.append(job)
  }

  private func canStart(_ job: Int) -> Bool { states[job] == .ready || states[job] == .called }

  private mutating func start(_ job: Int) {
    states[job] = .running
    starts[job] += 1
    runningCount += 1
    taken.append(job)
  }
}
