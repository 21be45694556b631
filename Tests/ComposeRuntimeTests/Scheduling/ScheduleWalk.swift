import ComposeRuntime

/// A run in which dice decide which job ends next and how. It leads a schedule and the model of the rules side by side.
struct ScheduleWalk {
  /// How a walk ended.
  enum End: Hashable {
    case complete
    case failed
    case cancelled
    case tooManyRuns
    case deadlock
  }

  /// What happened on the way.
  struct Tally {
    var steps = 0
    var firstRoutes = 0
    var routesWithoutEffect = 0
    var rewinds = 0
    var rewindsOfTheRouter = 0
    var rewindsBesideRunningDependents = 0
    /// Jobs that could start, and could not any more before they did.
    var withdrawnStarts = 0
  }

  /// Where the schedule and the model differ.
  struct Disagreement: Error, CustomStringConvertible {
    let description: String
  }

  let graph: SampleGraph
  private var dice: Dice
  private var schedule: Schedule
  private var model: ScheduleModel
  /// What a reader of the schedule knows of the outputs.
  private var outputs: [Int: Int] = [:]
  private(set) var tally = Tally()

  init(_ graph: SampleGraph, seed: UInt64) {
    self.graph = graph
    dice = Dice(seed: seed)
    schedule = Schedule(graph.topology)
    model = ScheduleModel(graph)
  }

  mutating func run() throws(Disagreement) -> End {
    while true {
      if let fault = try start() {
        return if case .deadlock = fault { .deadlock } else { .tooManyRuns }
      }
      try compare()
      if schedule.isComplete { return .complete }
      if dice.hits(1) { return .cancelled }
      let count = dice.one(of: [1, 1, 1, 2, 3])
      var startable: Set<Int> = []
      for _ in 0..<count where !model.running.isEmpty {
        guard endOne() else { return .failed }
        guard count > 1 else { continue }
        if !startable.isSubset(of: model.startable) { tally.withdrawnStarts += 1 }
        startable = model.startable
      }
    }
  }

  // MARK: Steps

  private mutating func start() throws(Disagreement) -> ScheduleFault? {
    let ours = Result { () throws(ScheduleFault) in try schedule.takeReady() }
    let theirs = Result { () throws(ScheduleFault) in try model.start() }
    switch (ours, theirs) {
    case (.success(let ours), .success(let theirs)):
      guard ours == theirs.sorted() else { throw disagreement("started", ours, theirs.sorted()) }
      return nil
    case (.failure(let ours), .failure(let theirs)):
      guard ours == theirs else { throw disagreement("fault", ours, theirs) }
      return ours
    default: throw disagreement("outcome", ours, theirs)
    }
  }

  /// Ends one of the running jobs. False when it failed and the run with it.
  private mutating func endOne() -> Bool {
    let job = dice.one(of: model.running.sorted())
    let made = graph.jobs[job]
    tally.steps += 1
    if !made.isRouter && made.errorTarget == nil {
      if !made.ignoresErrors && dice.hits(1) { return false }
      end(job, .completes)
    } else if let target = made.errorTarget {
      end(job, dice.hits(50) ? .routes(to: target) : .completes)
    } else {
      // Every second time a re-entry, if there is one.
      let completed = made.targets.filter(model.completed.contains)
      let targets = completed.isEmpty || dice.hits(30) ? made.targets : completed
      end(job, .routes(to: targets.isEmpty || dice.hits(10) ? nil : dice.one(of: targets)))
    }
    return true
  }

  private mutating func end(_ job: Int, _ ending: ScheduleModel.Ending) {
    let (running, completed) = (model.running, model.completed)
    model.end(job, ending)
    switch ending {
    case .completes:
      schedule.complete(job)
      outputs[job] = schedule.startCount(of: job)
    case .routes(nil): schedule.complete(job)
    case .routes(let target?):
      switch schedule.route(from: job, to: target) {
      case .starts: tally.firstRoutes += 1
      case .nothing: tally.routesWithoutEffect += 1
      case .rewinds(let rewound):
        for one in rewound { outputs[one] = nil }
        tally.rewinds += 1
        if rewound.contains(job) { tally.rewindsOfTheRouter += 1 }
        let isBeside = running.contains { one in
          one != job && !Set(rewound).intersection(completed).isDisjoint(with: graph.jobs[one].after.joined())
        }
        if isBeside { tally.rewindsBesideRunningDependents += 1 }
      }
    }
  }

  // MARK: Comparison

  private func compare() throws(Disagreement) {
    guard outputs == model.outputs else { throw disagreement("outputs", outputs, model.outputs) }
    guard schedule.isComplete == model.pending.isEmpty else {
      throw disagreement("completion", schedule.isComplete, model.pending)
    }
    for job in graph.jobs.indices {
      let expected: Schedule.JobState =
        model.running.contains(job)
        ? .running
        : model.completed.contains(job) ? .completed : model.notRoutedTo.contains(job) ? .notRoutedTo : .waiting
      guard schedule.state(of: job) == expected, schedule.startCount(of: job) == model.startCounts[job, default: 0]
      else { throw disagreement("state of \(job)", schedule.state(of: job), expected) }
    }
  }

  private func disagreement(_ what: String, _ ours: Any, _ theirs: Any) -> Disagreement {
    Disagreement(description: "\(what): \(ours), by the rules \(theirs)")
  }
}
