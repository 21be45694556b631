import ComposeRuntime

/// Follows the events of a real run with the rules, step by step.
struct SampleReplay {
  enum Event: Equatable {
    case started(Int)
    case completed(Int)
    case routed(Int, to: Int?)
    case rewound(Int)
    case failed(Int)
    case cancelled(Int)
  }

  enum End: Equatable {
    /// With what the terminal jobs give, where that is certain.
    case complete([Int: String?]?)
    case failed(Int)
    case fault(ScheduleFault)
    case cancelled
  }

  private var state: SampleState
  private var events: ArraySlice<Event>

  init(_ graph: SampleGraph, _ events: [Event]) {
    state = SampleState(graph)
    self.events = events[...]
  }

  /// - Throws: where the events are not what the rules say.
  mutating func run() throws(ScheduleWalk.Disagreement) -> End {
    while true {
      let expected: Set<Int>
      do throws(ScheduleFault) {
        expected = try state.start()
      } catch {
        try expectCancelled(state.model.running)
        return .fault(error)
      }
      let started = take { if case .started(let job) = $0 { job } else { nil } }
      guard Set(started) == expected, started.count == expected.count else {
        throw disagreement("started \(started)", expected.sorted())
      }
      if state.model.running.isEmpty {
        guard events.isEmpty else { throw disagreement("went on", "complete") }
        return .complete(state.result)
      }
      if let end = try endOne() { return end }
    }
  }

  /// Follows the end of one job. What it gives is the end of the run, if it is one.
  private mutating func endOne() throws(ScheduleWalk.Disagreement) -> End? {
    switch events.popFirst() {
    case .completed(let job): try end(job, .completes)
    case .routed(let job, let target): try end(job, .routes(to: target))
    case .failed(let job):
      guard state.model.running.contains(job), state.ending(of: job) == nil else {
        throw disagreement("\(job) failed", state.ending(of: job) as Any)
      }
      try expectCancelled(state.model.running.subtracting([job]))
      return .failed(job)
    case .cancelled(let job):
      guard state.model.running.contains(job) else { throw disagreement("\(job) cancelled", state.model.running) }
      try expectCancelled(state.model.running.subtracting([job]))
      return .cancelled
    case let other: throw disagreement("\(other as Any)", "the end of one of \(state.model.running.sorted())")
    }
    return nil
  }

  private mutating func end(_ job: Int, _ ending: ScheduleModel.Ending) throws(ScheduleWalk.Disagreement) {
    guard state.model.running.contains(job), state.ending(of: job) == ending else {
      throw disagreement("\(job) \(ending)", state.ending(of: job) as Any)
    }
    let expected = state.end(job, ending)
    let rewound = take { if case .rewound(let job) = $0 { job } else { nil } }
    guard Set(rewound) == expected else { throw disagreement("rewound \(rewound)", expected.sorted()) }
  }

  /// Nothing may be left running.
  private mutating func expectCancelled(_ jobs: Set<Int>) throws(ScheduleWalk.Disagreement) {
    let cancelled = take { if case .cancelled(let job) = $0 { job } else { nil } }
    guard Set(cancelled) == jobs, cancelled.count == jobs.count, events.isEmpty else {
      throw disagreement("cancelled \(cancelled), then \(events)", jobs.sorted())
    }
  }

  private mutating func take(_ job: (Event) -> Int?) -> [Int] {
    var taken: [Int] = []
    while let event = events.first, let job = job(event) {
      taken.append(job)
      events.removeFirst()
    }
    return taken
  }

  private func disagreement(_ ours: String, _ theirs: Any) -> ScheduleWalk.Disagreement {
    .init(description: "\(ours), by the rules \(theirs)")
  }
}
