import ComposeRuntime

/// A run of a made-up workflow in which jobs do what the graph says, by the rules.
struct SampleState {
  /// What a job finds when it starts, which decides how it ends.
  struct Reading {
    var fails: Bool
    /// Where a router leads.
    var target: Int?
    /// What a job with an output puts there under its own name; nil for null.
    var seen: String?
  }

  let graph: SampleGraph
  private(set) var model: ScheduleModel
  private var readings: [Int: Reading] = [:]
  /// For each job with an output what it put there; a job whose failure is ignored has null as its output.
  private var seen: [Int: String?] = [:]

  init(_ graph: SampleGraph) {
    self.graph = graph
    model = ScheduleModel(graph)
  }

  mutating func start() throws(ScheduleFault) -> Set<Int> {
    let started = try model.start()
    for job in started { readings[job] = read(job) }
    return started
  }

  /// How a running job is to end; nil when it fails and the run with it.
  func ending(of job: Int) -> ScheduleModel.Ending? {
    guard let reading = readings[job] else { return nil }
    let made = graph.jobs[job]
    if made.isRouter { return .routes(to: reading.target) }
    guard reading.fails else { return .completes }
    if let target = made.errorTarget { return .routes(to: target) }
    return made.ignoresErrors ? .completes : nil
  }

  /// Ends a running job, and says which jobs that rewinds.
  mutating func end(_ job: Int, _ ending: ScheduleModel.Ending) -> Set<Int> {
    let completed = model.completed.union([job])
    model.end(job, ending)
    if ending == .completes, let reading = readings[job], !reading.fails {
      seen.updateValue(reading.seen, forKey: job)
    }
    let rewound = completed.subtracting(model.completed)
    for one in rewound { seen[one] = nil }
    return rewound
  }

  /// What the terminal jobs give together: for each what it put into its output. Nil when the output of one is null.
  var result: [Int: String?]? {
    let terminal = graph.terminal.filter { model.outputs[$0] != nil }
    guard terminal.allSatisfy({ seen[$0] != nil }) else { return nil }
    return seen.filter { terminal.contains($0.key) }
  }

  private func read(_ job: Int) -> Reading {
    let made = graph.jobs[job]
    return Reading(
      fails: made.failsAfter.map { seen[$0] != nil } ?? false,
      target: made.target { seen[$0] != nil },
      seen: made.repeats.map { seen[$0] == nil ? nil : "done" } ?? "first")
  }
}
