import CProcess
import Glibc

/// One program on its way from start to end, as a state machine. Instants are those of ``monotonicNanoseconds()``.
struct ProcessChild {
  private enum Phase {
    case running
    /// SIGTERM was sent; SIGKILL follows at the instant.
    case stopping(Int64)
    /// SIGKILL was sent; at the instant nobody waits any longer for a process that the system does not end.
    case killed(Int64)
    /// The program has ended and is a zombie; its group may go on.
    case ended
    /// The program is gone, and SIGTERM was sent to the rest of its group; SIGKILL follows at the instant.
    case groupStopping(Int64)
    /// SIGKILL was sent to the rest of the group.
    case groupKilled(Int64)
    case over
  }

  private let process: Int32
  private var descriptor: Int32
  private let record: ProcessRecord
  private var interval: Int64 = 1_000_000
  private var phase = Phase.running
  /// When the group is looked at next.
  private var nextLook: Int64 = .max

  init(process: Int32, descriptor: Int32, record: ProcessRecord) {
    self.process = process
    self.descriptor = descriptor
    self.record = record
  }

  /// How long a killed process may take to vanish; in nanoseconds.
  private static let patience: Int64 = 2_000_000_000

  /// The system reports no end of a group, so it is looked at, at most this often; in nanoseconds.
  private static let longestInterval: Int64 = 100_000_000

  var isOver: Bool { if case .over = phase { true } else { false } }

  /// When ``timeIsOver(_:)`` is to be called.
  var wakesAt: Int64? {
    switch phase {
    case .running, .ended, .over: nil
    case .stopping(let instant): instant
    // A process that the system does not end is watched on, and nobody waits for it.
    case .killed(let instant): instant == .max ? nil : instant
    case .groupStopping(let instant), .groupKilled(let instant): min(instant, nextLook)
    }
  }

  /// Ends the program and its group: at once with SIGTERM, and with SIGKILL after the grace.
  mutating func stop(grace: Int64, now: Int64) {
    let (sum, isTooFar) = now.addingReportingOverflow(max(0, grace))
    let deadline = isTooFar ? Int64.max - 1 : sum
    switch phase {
    case .running:
      signal(SIGTERM)
      // A stopped program would not notice.
      signal(SIGCONT)
      phase = .stopping(deadline)
    case .stopping(let earlier): phase = .stopping(min(earlier, deadline))
    case .groupStopping(let earlier): phase = .groupStopping(min(earlier, deadline))
    case .ended:
      signal(SIGTERM)
      signal(SIGCONT)
      reap()
      phase = .groupStopping(deadline)
      lookAtGroup(now)
    case .killed, .groupKilled, .over: return
    }
    if deadline <= now { timeIsOver(now) }
  }

  /// The descriptor of the process is readable.
  mutating func mayHaveEnded(now: Int64) {
    var code: Int32 = 0
    var isSignal: Int32 = 0
    let status = cprocess_peek(descriptor, &code, &isSignal)
    guard status != 0 else { return }
    // Somebody else's waitpid(-1) has taken the status: it has ended, and nobody knows how.
    record.ending.set(status < 0 ? .exited(255) : isSignal == 1 ? .signalled(code) : .exited(code))
    switch phase {
    case .running:
      // The descriptor would be readable for ever.
      unwatch()
      phase = .ended
    case .stopping(let deadline):
      reap()
      phase = .groupStopping(deadline)
      lookAtGroup(now)
    case .killed:
      reap()
      phase = .groupKilled(now + Self.patience)
      lookAtGroup(now)
    case .ended, .groupStopping, .groupKilled, .over: return
    }
  }

  mutating func timeIsOver(_ now: Int64) {
    switch phase {
    case .running, .ended, .over: return
    case .stopping(let deadline):
      guard deadline <= now else { return }
      signal(SIGKILL)
      phase = .killed(now + Self.patience)
    case .killed:
      record.ending.set(.signalled(SIGKILL))
      record.gone.set(())
      phase = .killed(.max)
    case .groupStopping(let deadline):
      if deadline <= now {
        signal(SIGKILL)
        phase = .groupKilled(now + Self.patience)
      }
      lookAtGroup(now)
    case .groupKilled(let deadline):
      lookAtGroup(now)
      if deadline <= now { finish() }
    }
  }

  /// Kills and forgets a program that cannot be watched.
  mutating func abandon() {
    signal(SIGKILL)
    reap()
    finish()
  }

  /// Finds out whether anybody is left of the group, and when to look again: later and later.
  private mutating func lookAtGroup(_ now: Int64) {
    cprocess_reap_orphans(process)
    guard isGroupAlive(process) else { return finish() }
    interval = min(interval * 2, Self.longestInterval)
    nextLook = now + interval
  }

  private mutating func finish() {
    phase = .over
    record.gone.set(())
  }

  /// Sends a signal to the whole group. While the program is no zombie yet, or one, its number is nobody else's; later
  /// the rest of the group holds it.
  private func signal(_ number: Int32) {
    _ = kill(-process, number)
  }

  private mutating func reap() {
    guard descriptor >= 0 else { return }
    cprocess_reap(descriptor)
    // Closing takes it out of epoll, since nobody else has it.
    _ = close(descriptor)
    descriptor = -1
  }

  private func unwatch() {
    guard let loop = try? ProcessLoop.current() else { return }
    epoll_ctl(loop.epoll, EPOLL_CTL_DEL, descriptor, nil)
  }
}
