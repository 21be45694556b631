import ComposeRuntime
import Synchronization

/// A clock that stands still until a test turns it. Who sleeps on it wakes in the order of the instants; nothing waits
/// for the real time.
final class ManualClock: RunClock {
  /// What a sleep does.
  enum Mode {
    /// It waits until the test calls ``advance(seconds:)``.
    case turned
    /// It turns the clock itself, and ends at once: for code in which one task sleeps after the other.
    case jumping
  }

  private struct Sleeper {
    let id: Int
    let instant: MonotonicInstant
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var now = MonotonicInstant(nanoseconds: 0)
    var secondsSinceEpochAtZero: Double
    /// In the order in which they wake.
    var sleepers: [Sleeper] = []
    var cancelled: Set<Int> = []
    var nextID = 0
    var observers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var sleeps: [Double] = []
  }

  private let mode: Mode
  private let state: Mutex<State>

  init(_ mode: Mode = .turned, secondsSinceEpoch: Double = 1_900_000_000) {
    self.mode = mode
    state = Mutex(State(secondsSinceEpochAtZero: secondsSinceEpoch))
  }

  var now: MonotonicInstant { state.withLock { $0.now } }

  /// Can be set, as somebody sets the clock of a machine.
  var secondsSinceEpoch: Double {
    get { state.withLock { $0.secondsSinceEpochAtZero + Double($0.now.nanoseconds) / 1e9 } }
    set { state.withLock { $0.secondsSinceEpochAtZero = newValue - Double($0.now.nanoseconds) / 1e9 } }
  }

  /// How long each sleep was meant to take, in seconds, in the order of their beginnings.
  var sleeps: [Double] { state.withLock { $0.sleeps } }

  var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  func sleep(until instant: MonotonicInstant) async throws(RuntimeError) {
    let id = state.withLock { state in
      state.sleeps.append(instant.seconds(since: state.now))
      state.nextID += 1
      return state.nextID
    }
    if mode == .jumping {
      if Task.isCancelled { throw .cancelled }
      state.withLock { $0.now = max($0.now, instant) }
      return
    }
    let isOver = await withTaskCancellationHandler {
      await withCheckedContinuation { add(Sleeper(id: id, instant: instant, continuation: $0)) }
    } onCancel: {
      cancel(id)
    }
    if !isOver { throw .cancelled }
  }

  /// Turns the clock, and wakes whoever has slept long enough.
  func advance(seconds: Double) {
    let target = now.advanced(seconds: seconds)
    while let sleeper = nextSleeper(until: target) { sleeper.continuation.resume(returning: true) }
  }

  /// Waits until so many sleep at the same time.
  func sleepers(count: Int) async {
    await withCheckedContinuation { continuation in
      let isReached = state.withLock { state in
        guard state.sleepers.count < count else { return true }
        state.observers.append((count, continuation))
        return false
      }
      if isReached { continuation.resume() }
    }
  }

  private func add(_ sleeper: Sleeper) {
    enum Outcome {
      case cancelled
      case over
      case added([CheckedContinuation<Void, Never>])
    }
    let outcome: Outcome = state.withLock { state in
      if state.cancelled.remove(sleeper.id) != nil { return .cancelled }
      if sleeper.instant <= state.now { return .over }
      let index = state.sleepers.firstIndex { sleeper.instant < $0.instant } ?? state.sleepers.endIndex
      state.sleepers.insert(sleeper, at: index)
      let count = state.sleepers.count
      let reached = state.observers.filter { $0.count <= count }.map(\.continuation)
      state.observers.removeAll { $0.count <= count }
      return .added(reached)
    }
    switch outcome {
    case .cancelled: sleeper.continuation.resume(returning: false)
    case .over: sleeper.continuation.resume(returning: true)
    case .added(let observers): for observer in observers { observer.resume() }
    }
  }

  private func cancel(_ id: Int) {
    let sleeper: Sleeper? = state.withLock { state in
      guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
        state.cancelled.insert(id)
        return nil
      }
      return state.sleepers.remove(at: index)
    }
    sleeper?.continuation.resume(returning: false)
  }

  private func nextSleeper(until target: MonotonicInstant) -> Sleeper? {
    state.withLock { state in
      guard let first = state.sleepers.first, first.instant <= target else {
        state.now = max(state.now, target)
        return nil
      }
      state.now = max(state.now, first.instant)
      return state.sleepers.removeFirst()
    }
  }
}
