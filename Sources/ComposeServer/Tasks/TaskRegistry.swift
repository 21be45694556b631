import ComposePlan
import ComposeRuntime
import NIOCore
import Synchronization

/// The tasks of a service: all that are under way, and the newest that have ended.
final class TaskRegistry: Sendable {
  fileprivate struct State: Sendable {
    var tasks: [String: ServiceTask] = [:]
    /// Those that have ended, the oldest first.
    var ended = CircularBuffer<Ended>()
    var endedBytes = 0
  }

  fileprivate struct Ended: Sendable {
    let id: String
    let bytes: Int
    let at: ContinuousClock.Instant
  }

  private let limits: TaskLimits
  private let state = Monitor(State())

  init(limits: TaskLimits) { self.limits = limits }

  // MARK: Looking

  func task(_ id: String) -> ServiceTask? { state.withValue { $0.tasks[id] } }

  /// The newest first.
  var list: [ServiceTask] {
    // Their ids sort by time.
    state.withValue { Array($0.tasks.values) }.sorted { $0.id > $1.id }
  }

  /// How many have not ended.
  var liveCount: Int { state.withValue { $0.tasks.count - $0.ended.count } }

  // MARK: Beginning and ending

  /// Begins a task.
  ///
  /// - Parameter executor: where it works; `nil` is wherever there is room.
  /// - Throws: when there are too many already.
  func begin(
    _ task: ServiceTask, on executor: LoopExecutor?, _ work: @escaping @Sendable () async -> Void
  ) throws(ErrorAnswer) {
    let isAdmitted = state.update { [limits] state in
      guard state.tasks.count - state.ended.count < limits.maximumLiveCount else { return false }
      state.tasks[task.id] = task
      return true
    }
    guard isAdmitted else { throw .overloaded }
    task.setWork(
      Task(executorPreference: executor) { @concurrent [weak self] in
        await work()
        self?.noteEnd(of: task)
      })
  }

  private func noteEnd(of task: ServiceTask) {
    state.update { [limits] state in
      let ended = Ended(id: task.id, bytes: task.size, at: .now)
      state.ended.append(ended)
      state.endedBytes += ended.bytes
      state.evict(limits)
    }
  }

  /// Forgets what is too old, and ends what nobody waits for.
  func sweep() {
    state.update { [limits] in $0.evict(limits) }
    for task in list where !task.snapshot.status.isFinal && task.isForsaken(limits) { task.cancel() }
  }

  /// Waits until no task is under way, but for those that wait for an answer.
  func waitUntilQuiet() async {
    // Again, because one that waits may get its answer meanwhile; new ones do not begin any more.
    while true {
      let busy = list.filter { !$0.snapshot.isQuiet }
      if busy.isEmpty { return }
      for task in busy {
        _ = await task.snapshot { $0.isQuiet }
        if Task.isCancelled { return }
      }
    }
  }

  /// Ends all that are under way.
  func cancelAll() { for task in list { task.cancel() } }

  /// Waits until every task has ended.
  func waitUntilEnded() async { _ = await state.wait { $0.tasks.count == $0.ended.count ? true : nil } }
}

extension TaskRegistry.State {
  fileprivate mutating func evict(_ limits: TaskLimits) {
    let now = ContinuousClock.now
    while let oldest = ended.first,
      ended.count > limits.maximumEndedCount || endedBytes > limits.maximumEndedBytes
        || now - oldest.at > limits.maximumAge
    {
      ended.removeFirst()
      endedBytes -= oldest.bytes
      tasks[oldest.id] = nil
    }
  }
}

extension TaskSnapshot {
  /// Whether nothing happens without somebody from outside.
  fileprivate var isQuiet: Bool { status.isFinal || status == .interrupted }
}
