import Glibc
import Synchronization

/// A few threads for calls that block: into SQLite, or until a disk has written. The threads that tasks run on are as
/// few as the processors, and a call that waits on one of them holds up everybody.
///
/// Threads are started when they are needed, and end with ``stop()`` or with this object.
final class WorkerThreads: Sendable {
  private let inbox: WorkerInbox

  /// - Parameter limit: how many calls run at the same time. With one, they run in the order in which they come.
  init(limit: Int) { inbox = WorkerInbox(limit: limit) }

  deinit { stop() }

  /// Runs the body on one of the threads; after ``stop()``, or when the machine has no thread left, right here.
  func run<Output: Sendable>(_ body: @escaping @Sendable () -> Output) async -> Output {
    await withCheckedContinuation { continuation in
      inbox.add {
        let output = body()
        return { continuation.resume(returning: output) }
      }
    }
  }

  /// The threads end when they have done what was asked for before.
  func stop() { inbox.stop() }
}

/// What the threads have in common. Each of them keeps it, so it outlives whoever asks.
private final class WorkerInbox: Sendable {
  /// Works, and gives what is to be done when the thread is free again: whoever waits may come back at once.
  typealias Job = @Sendable () -> @Sendable () -> Void

  private struct State {
    var jobs: [Job] = []
    var threads = 0
    var busyThreads = 0
    var isStopped = false
  }

  private enum Turn {
    case work(Job)
    case end
  }

  private let limit: Int
  private let state = Mutex(State())
  private let signal = Signal()

  init(limit: Int) { self.limit = max(1, limit) }

  func add(_ job: @escaping Job) {
    let (isAccepted, needsThread) = state.withLock { state in
      guard !state.isStopped else { return (false, false) }
      state.jobs.append(job)
      let needsThread = state.jobs.count > state.threads - state.busyThreads && state.threads < limit
      if needsThread { state.threads += 1 }
      return (true, needsThread)
    }
    guard isAccepted else { return job()() }
    if needsThread, !startThread() { workHere() }
    signal.post()
  }

  func stop() {
    let threads = state.withLock { state in
      defer { state.isStopped = true }
      return state.isStopped ? 0 : state.threads
    }
    for _ in 0..<threads { signal.post() }
  }

  private func startThread() -> Bool {
    var thread = pthread_t()
    let user = Unmanaged.passRetained(self)
    guard pthread_create(&thread, nil, runWorker, user.toOpaque()) == 0 else {
      user.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  /// There is no thread for a job: without any, nobody would ever do it.
  private func workHere() {
    let job = state.withLock { state -> Job? in
      state.threads -= 1
      return state.threads == 0 && !state.jobs.isEmpty ? state.jobs.removeFirst() : nil
    }
    job?()()
  }

  fileprivate func run() {
    while true {
      signal.wait()
      let turn = state.withLock { state -> Turn? in
        if !state.jobs.isEmpty {
          state.busyThreads += 1
          return .work(state.jobs.removeFirst())
        }
        return state.isStopped ? .end : nil
      }
      switch turn {
      case .work(let job):
        let finish = job()
        state.withLock { $0.busyThreads -= 1 }
        finish()
      case .end: return
      case nil: continue
      }
    }
  }
}

/// Counts what there is to do, and holds back threads while it is nothing (sem_overview(7)).
private final class Signal: Sendable {
  /// A semaphore has one address for all threads; it is kept as a number because pointers are not sent between them.
  private let address: UInt

  init() {
    let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
    address = UInt(bitPattern: semaphore)
  }

  deinit {
    guard let semaphore else { return }
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func post() {
    if let semaphore { sem_post(semaphore) }
  }

  func wait() {
    guard let semaphore else { return }
    while sem_wait(semaphore) != 0, errno == EINTR {}
  }

  private var semaphore: UnsafeMutablePointer<sem_t>? { UnsafeMutablePointer(bitPattern: address) }
}

/// The first function of a thread. It is global, so that it belongs to no actor.
private func runWorker(_ user: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // Signals are for the threads that expect them.
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, nil)
  if let user { Unmanaged<WorkerInbox>.fromOpaque(user).takeRetainedValue().run() }
  return nil
}
