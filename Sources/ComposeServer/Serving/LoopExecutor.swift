import NIOCore
import Synchronization

/// Runs tasks on the thread of an event loop.
///
/// What answers a request works where its connection lives: no thread has to be woken between the bytes that come in
/// and those that go out. Tasks that make others ready, as jobs of a run do, go on in the same turn of the loop. Turns
/// are short, so that a stream that always has more does not keep the loop from its sockets.
final class LoopExecutor: TaskExecutor {
  /// How long one turn goes on with new work.
  private static let turnLimit = TimeAmount.milliseconds(1)
  /// The loop works on all that is due before it looks at its sockets: what is to come behind them is due as much later
  /// as it takes the loop to get there.
  private static let turnGap = TimeAmount.microseconds(50)

  private struct State {
    var jobs: [UnownedJob] = []
    /// Whether a turn is under way, or the loop has been asked for one.
    var isScheduled = false
  }

  private let loop: any EventLoop
  private let state = Mutex(State())

  private init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isFirst = state.withLock { state in
      state.jobs.append(job)
      defer { state.isScheduled = true }
      return !state.isScheduled
    }
    if isFirst { loop.execute { self.work() } }
  }

  private func work() {
    let executor = asUnownedTaskExecutor()
    let end = NIODeadline.now() + Self.turnLimit
    repeat {
      let jobs = state.withLock { state in
        if state.jobs.isEmpty { state.isScheduled = false }
        defer { state.jobs = [] }
        return state.jobs
      }
      if jobs.isEmpty { return }
      for job in jobs { job.runSynchronously(on: executor) }
    } while .now() < end
    loop.scheduleTask(in: Self.turnGap) { self.work() }
  }

  // MARK: One for each loop

  /// Loops are as few as processors and never end, so neither do their executors.
  private static let all = Mutex<[ObjectIdentifier: LoopExecutor]>([:])

  /// The executor of a loop.
  static func of(_ loop: any EventLoop) -> LoopExecutor {
    all.withLock { all in
      if let executor = all[ObjectIdentifier(loop)] { return executor }
      let executor = LoopExecutor(loop)
      all[ObjectIdentifier(loop)] = executor
      return executor
    }
  }
}
