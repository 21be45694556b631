import ComposeRuntime
import Dispatch
import Synchronization

/// One thread on which everything of a run happens, with a clock of its own: when nothing is left to do, the clock goes
/// on to the next moment that somebody waits for. Waits cost no time, and their order is always the same.
final class VirtualTime: TaskExecutor, RunClock {
  private struct Sleeper {
    let id: Int
    let instant: MonotonicInstant
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var now = MonotonicInstant(nanoseconds: 0)
    var sleepers: [Sleeper] = []
    var nextID = 0
    var pendingJobs = 0
  }

  private let queue = DispatchQueue(label: "virtual time")
  private let state = Mutex(State())
  private static let epoch = 1_900_000_000.0

  /// Runs the body, and all its tasks, in this time.
  func run<Result: Sendable>(_ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
    try await Task(executorPreference: self, operation: body).value
  }

  // MARK: Executor

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.pendingJobs += 1 }
    queue.async { [self] in
      job.runSynchronously(on: asUnownedTaskExecutor())
      let isIdle = state.withLock { state in
        state.pendingJobs -= 1
        return state.pendingJobs == 0
      }
      if isIdle { goOn() }
    }
  }

  /// Wakes the next sleeper; behind whatever tasks of other executors hand over at once.
  private func goOn() {
    queue.async { [self] in
      let next = state.withLock { state -> Sleeper? in
        guard state.pendingJobs == 0, let first = state.sleepers.first else { return nil }
        state.now = max(state.now, first.instant)
        return state.sleepers.removeFirst()
      }
      next?.continuation.resume(returning: true)
    }
  }

  // MARK: Clock

  var now: MonotonicInstant { state.withLock { $0.now } }

  var secondsSinceEpoch: Double { Self.epoch + Double(now.nanoseconds) / 1e9 }

  func sleep(until instant: MonotonicInstant) async throws(RuntimeError) {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let isOver = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let outcome = state.withLock { state -> Bool? in
          if Task.isCancelled { return false }
          if instant <= state.now { return true }
          let index = state.sleepers.firstIndex { instant < $0.instant } ?? state.sleepers.endIndex
          state.sleepers.insert(Sleeper(id: id, instant: instant, continuation: continuation), at: index)
          return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
      }
      sleeper?.continuation.resume(returning: false)
    }
    if !isOver { throw .cancelled }
  }
}
