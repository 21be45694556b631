import ComposePlan
import ComposeRuntime
import Synchronization

/// Runs the component of made-up workflows: it takes a few turns of the scheduler, and fails when it is told to.
final class SampleHost: ComponentHost {
  private let dice: Mutex<Dice>
  private let active = Mutex(0)

  init(seed: UInt64) { dice = Mutex(Dice(seed: seed)) }

  /// How many calls are under way.
  var activeCount: Int { active.withLock { $0 } }

  func run(_ call: ComponentCall) async throws(RuntimeError) -> Value {
    active.withLock { $0 += 1 }
    defer { active.withLock { $0 -= 1 } }
    for _ in 0..<dice.withLock({ $0.below(6) }) { await Task.yield() }
    if Task.isCancelled { throw .cancelled }
    if case .object(let input) = call.input, case .text("done")? = input["fails"] {
      throw RuntimeError(.provider, "told to fail")
    }
    return .null
  }

  func refusals(of invocation: Invocation) -> [Refusal] { [] }
}

/// A clock that takes a few turns of the scheduler for any sleep.
final class SampleClock: RunClock {
  private let dice: Mutex<Dice>
  private let sleeping = Mutex(0)

  init(seed: UInt64) { dice = Mutex(Dice(seed: ~seed)) }

  /// How many sleep.
  var sleepingCount: Int { sleeping.withLock { $0 } }

  let now = MonotonicInstant(nanoseconds: 0)
  let secondsSinceEpoch = 1_900_000_000.0

  func sleep(until instant: MonotonicInstant) async throws(RuntimeError) {
    sleeping.withLock { $0 += 1 }
    defer { sleeping.withLock { $0 -= 1 } }
    for _ in 0..<dice.withLock({ $0.below(6) }) { await Task.yield() }
    if Task.isCancelled { throw .cancelled }
  }
}

/// Writes down what happens to the jobs of a run, and cancels the run at one of the events.
final class SampleRecorder: RunObserver {
  private let events = Mutex<[SampleReplay.Event]>([])
  private let cancelAt: Int?

  init(cancelAt: Int?) { self.cancelAt = cancelAt }

  var recorded: [SampleReplay.Event] { events.withLock { $0 } }

  func observe(_ event: RunEvent) {
    guard let name = event.job, let job = SampleGraph.job(named: name) else { return }
    let recorded: SampleReplay.Event
    switch event.kind {
    case .jobStarted: recorded = .started(job)
    case .jobCompleted: recorded = .completed(job)
    case .jobRouted(let target): recorded = .routed(job, to: target.flatMap(SampleGraph.job))
    case .jobRewound: recorded = .rewound(job)
    case .jobFailed: recorded = .failed(job)
    case .jobCancelled: recorded = .cancelled(job)
    default: return
    }
    let count = events.withLock {
      $0.append(recorded)
      return $0.count
    }
    if count == cancelAt { withUnsafeCurrentTask { $0?.cancel() } }
  }
}

extension SampleGraph {
  static func job(named name: String) -> Int? { Int(name.dropFirst()) }
}
