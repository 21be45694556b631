package import ComposeBasic
package import ComposePlan
package import ComposeRuntime

/// One run of a workflow that clients know by its id.
package final class ServiceTask: Sendable {
  package let run: Run
  package let workflow: WorkflowPlan
  /// The files of the project, for the places of errors.
  package let sources: SourceSet
  /// What has happened, for those who watch.
  package let events = EventLog()
  /// When it came, in milliseconds since 1970.
  package let createdAt: UInt64
  /// Where its end is to be told, if anywhere.
  let callback: CallbackRequest?
  private let observers: [any ServiceObserver]
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let state: Monitor<State>

  init(
    run: Run, workflow: WorkflowPlan, sources: SourceSet, createdAt: UInt64, callback: CallbackRequest?,
    observers: [any ServiceObserver]
  ) {
    self.run = run
    self.workflow = workflow
    self.sources = sources
    self.createdAt = createdAt
    self.callback = callback
    self.observers = observers
    start = clock.now
    state = Monitor(State())
  }

  package var id: String { run.id }

  // MARK: What it is

  package var snapshot: TaskSnapshot { state.withValue { self.snapshot(of: $0) } }

  /// The first state that the condition holds for.
  ///
  /// - Returns: the present state when the calling task is cancelled before that.
  package func snapshot(when condition: (TaskSnapshot) -> Bool) async -> TaskSnapshot {
    await state.wait { state in
      let snapshot = self.snapshot(of: state)
      return condition(snapshot) ? snapshot : nil
    } ?? snapshot
  }

  /// Waits for the next change of the status.
  package func changes(since revision: Int) async -> TaskSnapshot {
    await snapshot { $0.revision > revision }
  }

  /// Lets those who wait for a state look again, for what else they wait for.
  func wake() { state.update { _ in } }

  /// About how many bytes it holds.
  var size: Int {
    let (result, stream) = state.withValue { ($0.result, $0.stream) }
    let bytes =
      if case .json(let bytes)? = result { bytes.count } else if case .bytes(let bytes)? = result { bytes.count } else {
        0
      }
    return bytes + (stream?.size ?? 0) + events.size + requestSize
  }

  /// What the client gave along stays as long as the task.
  private var requestSize: Int {
    run.metadata.approximateSize + (run.sessionID?.utf8.count ?? 0) + (callback?.size ?? 0)
  }

  private func snapshot(of state: State) -> TaskSnapshot {
    TaskSnapshot(
      revision: state.revision, status: state.status, interrupts: state.openPoints, result: state.result,
      isStream: state.isStream, stream: state.stream, elapsed: (state.end ?? clock.now).secondsSince(start))
  }

  /// Whether it waits for somebody who will not come any more.
  func isForsaken(_ limits: TaskLimits) -> Bool {
    let (status, stream, lastChange) = state.withValue { ($0.status, $0.stream, $0.lastChange) }
    return switch status {
    case .streaming: stream?.isForsaken(after: limits.unattendedTime) ?? false
    case .interrupted: ContinuousClock.now - lastChange > limits.answerTime
    default: false
    }
  }

  // MARK: What clients do

  /// Ends it.
  ///
  /// - Returns: `false` when it has ended already.
  @discardableResult
  package func cancel() -> Bool {
    let outcome = change { state -> (Bool, Task<Void, Never>?) in
      if state.status.isFinal { return (false, nil) }
      state.status = .cancelling
      state.isCancelled = true
      return (true, state.work)
    }
    outcome.1?.cancel()
    return outcome.0
  }

  /// Answers points where it stops: those with these ids, or all with null.
  ///
  /// - Parameter answers: by the ids of points; ids of no open point are ignored. `nil` is null for all of them.
  /// - Returns: its state then, however far it has come meanwhile.
  /// - Throws: when it has not stopped.
  func resume(with answers: OrderedObject?) throws(ErrorAnswer) -> TaskSnapshot {
    let (status, snapshot) = change { state -> (TaskStatus, TaskSnapshot) in
      let before = state.status
      guard before == .interrupted else { return (before, self.snapshot(of: state)) }
      for point in state.openPoints {
        if let answers {
          if let answer = answers[point.id] { state.answers[point.id] = answer }
        } else {
          state.answers[point.id] = .null
        }
      }
      if state.openPoints.isEmpty { state.status = .processing }
      return (before, self.snapshot(of: state))
    }
    guard status == .interrupted else { throw .notInterrupted(id, status) }
    return snapshot
  }

  /// Nobody could be told of its end.
  func noteLostCallback(_ reason: String) {
    for observer in observers { observer.callbackLost(of: self, reason) }
  }

  // MARK: What its run does

  /// Keeps the work, so that it can be cancelled.
  func setWork(_ work: Task<Void, Never>) {
    let isCancelled = state.withValue { state in
      state.work = work
      return state.isCancelled
    }
    if isCancelled { work.cancel() }
  }

  /// Whether somebody has cancelled it.
  var isCancelled: Bool { state.withValue { $0.isCancelled } }

  /// The output turns out to be a stream.
  func noteStream() { state.withValue { $0.isStream = true } }

  /// Goes on to a status, unless it is being cancelled.
  func proceed(to status: TaskStatus, result: TaskResult? = nil) {
    change { state in
      state.note(result)
      if !state.isCancelled { state.status = status }
    }
  }

  /// Comes to its end.
  func finish(_ status: TaskStatus, result: TaskResult? = nil) {
    change { state in
      state.note(result)
      state.status = status
      state.end = clock.now
      state.points = []
      state.work = nil
    }
  }

  /// Stops at the points until all have an answer.
  ///
  /// - Throws: `cancelled` when the task is cancelled meanwhile.
  package func answers(to points: [InterruptPoint]) async throws(RuntimeError) -> [Value] {
    change { state in
      state.points = points
      state.answers = [:]
      if !state.isCancelled { state.status = .interrupted }
    }
    let answers: [Value]? = await state.wait { state in
      guard state.openPoints.isEmpty else { return nil }
      return points.map { state.answers[$0.id] ?? .null }
    }
    guard let answers else { throw RuntimeError(.cancelled, "the run was cancelled") }
    state.withValue { $0.points = [] }
    return answers
  }

  /// Changes the state and tells everybody when the status is another one, or points were answered.
  @discardableResult
  private func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
    let (result, snapshot) = state.update { state in
      let (status, open) = (state.status, state.openPoints.count)
      let result = body(&state)
      guard state.status != status || state.openPoints.count != open else { return (result, nil as TaskSnapshot?) }
      state.revision += 1
      state.lastChange = clock.now
      let snapshot = self.snapshot(of: state)
      // Within the lock, so that the events are in the order of the changes.
      events.append(.status(snapshot), isLast: snapshot.status.isFinal)
      return (result, snapshot)
    }
    if let snapshot { for observer in observers { observer.taskChanged(self, snapshot) } }
    return result
  }
}

extension ServiceTask: RunObserver {
  package func observe(_ event: RunEvent) {
    events.append(.run(event))
    for observer in observers { observer.observe(event, of: self) }
  }
}

extension ServiceTask: InterruptHandler {}

private struct State: Sendable {
  var revision = 0
  var status = TaskStatus.pending
  var isCancelled = false
  var points: [InterruptPoint] = []
  var answers: [String: Value] = [:]
  var result: TaskResult?
  var isStream = false
  var stream: StreamBuffer?
  var work: Task<Void, Never>?
  var lastChange = ContinuousClock.now
  var end: ContinuousClock.Instant?

  var openPoints: [InterruptPoint] { points.filter { answers[$0.id] == nil } }

  mutating func note(_ result: TaskResult?) {
    guard let result else { return }
    self.result = result
    if case .stream(let stream) = result { self.stream = stream }
  }
}

extension ContinuousClock.Instant {
  func secondsSince(_ start: Self) -> Double {
    let (seconds, attoseconds) = (self - start).components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
