import CProcess
import Glibc
import Synchronization

/// The way to the one thread that starts all programs, waits for their ends and watches their pipes.
///
/// It is one thread for any number of programs, and it lives as long as this process: the system ends a program with
/// the thread that has started it, if that is asked for (PR_SET_PDEATHSIG in prctl(2)).
final class ProcessLoop: Sendable {
  enum Command: Sendable {
    case start(ProcessLaunch)
    /// Ends the group of a process; `grace` is what it has between SIGTERM and SIGKILL, in nanoseconds.
    case stop(UInt64, grace: Int64)
    /// Kills every group, and makes the descriptor of an event readable then.
    case killAll(done: Int32)
  }

  private struct State {
    var lastToken: UInt64 = 0
    var commands: [Command] = []
    /// Pipes that a task waits for.
    var watched: [UInt64: Pipe] = [:]
  }

  private static let shared: Result<ProcessLoop, ProcessError> = {
    do throws(ProcessError) {
      return .success(try ProcessLoop.started())
    } catch {
      return .failure(error)
    }
  }()

  /// Whether there was a first use.
  private static let isStarted = Atomic(false)

  /// The loop, if it runs.
  static var running: ProcessLoop? { isStarted.load(ordering: .acquiring) ? try? shared.get() : nil }

  /// - Throws: `unavailable` when the machine had no thread or descriptor left at the first use.
  static func current() throws(ProcessError) -> ProcessLoop { try shared.get() }

  private let state = Mutex(State())
  let epoll: Int32
  /// Readable when there are commands.
  let wakeUp: Int32
  /// The token of ``wakeUp``; ``makeToken()`` never gives it.
  static let wakeUpToken: UInt64 = 0

  private init() throws(ProcessError) {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: Self.wakeUpToken))
    guard epoll >= 0, wakeUp >= 0, epoll_ctl(epoll, EPOLL_CTL_ADD, wakeUp, &event) == 0 else {
      throw .unavailable("no file descriptor for processes", errno)
    }
  }

  private static func started() throws(ProcessError) -> ProcessLoop {
    let loop = try ProcessLoop()
    var thread = pthread_t()
    let user = Unmanaged.passRetained(loop)
    let status = pthread_create(&thread, nil, runProcessLoop, user.toOpaque())
    guard status == 0 else {
      user.release()
      throw .unavailable("no thread for processes", status)
    }
    pthread_detach(thread)
    isStarted.store(true, ordering: .releasing)
    return loop
  }

  func makeToken() -> UInt64 {
    state.withLock { state in
      state.lastToken += 1
      return state.lastToken
    }
  }

  /// Leaves a command for the thread.
  func send(_ command: Command) {
    let isFirst = state.withLock { state in
      state.commands.append(command)
      return state.commands.count == 1
    }
    if isFirst { eventfd_write(wakeUp, 1) }
  }

  func takeCommands() -> [Command] {
    state.withLock { state in
      defer { state.commands = [] }
      return state.commands
    }
  }

  // MARK: Pipes

  /// Tells a pipe once when it can be used. Returns the error number, 0 for none.
  func arm(_ pipe: Pipe, _ descriptor: Int32, _ events: UInt32, isKnown: Bool) -> Int32 {
    state.withLock { $0.watched[pipe.token] = pipe }
    var event = epoll_event(events: events | EPOLLONESHOT.rawValue, data: epoll_data_t(u64: pipe.token))
    guard epoll_ctl(epoll, isKnown ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, descriptor, &event) != 0 else { return 0 }
    let number = errno
    _ = state.withLock { $0.watched.removeValue(forKey: pipe.token) }
    return number
  }

  /// Watches a pipe no longer; its descriptor is still open.
  func forget(_ token: UInt64, _ descriptor: Int32) {
    // The last reference must not end within the lock.
    let pipe = state.withLock { $0.watched.removeValue(forKey: token) }
    epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil)
    withExtendedLifetime(pipe) {}
  }

  func takeWatched(_ token: UInt64) -> Pipe? {
    state.withLock { $0.watched.removeValue(forKey: token) }
  }
}

/// The thread's first function. It is global, so that it belongs to no actor.
private func runProcessLoop(_ user: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // Signals are for the threads that expect them.
  var all = sigset_t()
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, nil)
  cprocess_name_thread("processes")
  if let user {
    var engine = ProcessEngine(Unmanaged<ProcessLoop>.fromOpaque(user).takeRetainedValue())
    engine.run()
  }
  return nil
}
