import ComposeRuntime

/// What a run of a made-up workflow comes to, as the rules say it.
struct SampleOutcome: Hashable {
  enum End: Hashable {
    /// What the terminal jobs give: for each what it saw, nil for null. Without it, nothing certain.
    case complete([Int: String?]?)
    case failed(Int)
    case tooManyRuns(Int)
    case deadlock([Int])
  }

  var end: End
  /// How often each job was started.
  var starts: [Int]

  /// The outcome when jobs end in the order that the dice choose.
  static func one(of graph: SampleGraph, seed: UInt64) -> SampleOutcome {
    var run = SampleRun(graph, seed: seed)
    let end = run.end()
    return SampleOutcome(end: end, starts: graph.jobs.indices.map { run.model.startCounts[$0, default: 0] })
  }

  /// The outcome that every one of some orders leads to, or nil when they lead to several.
  static func certain(of graph: SampleGraph, orders: Int = 24) -> SampleOutcome? {
    let first = one(of: graph, seed: 0)
    return (1..<orders).allSatisfy { one(of: graph, seed: UInt64($0)) == first } ? first : nil
  }
}

/// A run in which jobs decide as the file says, and dice choose which one ends next.
private struct SampleRun {
  let graph: SampleGraph
  var model: ScheduleModel
  private var dice: Dice
  /// For each job with an output what is under its name there; a job that failed and is ignored has none.
  private var seen: [Int: String?] = [:]

  init(_ graph: SampleGraph, seed: UInt64) {
    self.graph = graph
    model = ScheduleModel(graph)
    dice = Dice(seed: seed)
  }

  mutating func end() -> SampleOutcome.End {
    // What a job reads, it reads at some moment between its start and its end.
    var early: [Int: Reading] = [:]
    while true {
      do throws(ScheduleFault) {
        for job in try model.start() where dice.hits(50) { early[job] = read(job) }
      } catch {
        return switch error {
        case .tooManyRuns(let job, _): .tooManyRuns(job)
        case .deadlock(let blocked): .deadlock(blocked.map(\.job))
        }
      }
      guard !model.running.isEmpty else { return .complete(result) }
      let job = dice.one(of: model.running.sorted())
      let reading = early.removeValue(forKey: job) ?? read(job)
      if reading.fails && graph.jobs[job].errorTarget == nil && !graph.jobs[job].ignoresErrors { return .failed(job) }
      finish(job, reading)
    }
  }

  private struct Reading {
    var fails = false
    var target: Int?
    var seen: String?
  }

  private func read(_ job: Int) -> Reading {
    let made = graph.jobs[job]
    return Reading(
      fails: made.failsAfter.map { seen[$0] != nil } ?? false,
      target: made.target { seen[$0] != nil },
      seen: made.repeats.map { seen[$0] == nil ? nil : "done" } ?? "first")
  }

  private mutating func finish(_ job: Int, _ reading: Reading) {
    let made = graph.jobs[job]
    if made.isRouter {
      model.end(job, .routes(to: reading.target))
    } else if reading.fails, let target = made.errorTarget {
      model.end(job, .routes(to: target))
    } else {
      model.end(job, .completes)
      if !reading.fails { seen.updateValue(reading.seen, forKey: job) }
    }
    for job in seen.keys where model.outputs[job] == nil { seen[job] = nil }
  }

  private var result: [Int: String?]? {
    let terminal = graph.terminal.filter { model.outputs[$0] != nil }
    guard terminal.allSatisfy({ seen[$0] != nil }) else { return nil }
    return seen.filter { terminal.contains($0.key) }
  }
}
