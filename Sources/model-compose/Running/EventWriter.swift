import ComposeBasic
import ComposePlan
import ComposeRuntime
import Glibc
import Synchronization

/// Writes the events of a run as JSON lines, each at once and whole.
///
/// A reader that has gone does not end the run. One that takes nothing for a while is waited for, and when that is too
/// long gets no more.
final class EventWriter: RunObserver {
  private enum State {
    case open
    /// The reader has gone.
    case closed
    /// What is to be told about it.
    case failed(String)
  }

  private let descriptor: Int32
  private let format: EventLines
  private let state = Mutex(State.open)

  /// How long a reader may take nothing, in milliseconds.
  private static let patience: Int32 = 5_000
  /// A pipe that has room at all has room for so much (`PIPE_BUF`), so that such a write never waits.
  private static let pieceSize = 4_096

  init(descriptor: Int32, sources: SourceSet) {
    self.descriptor = descriptor
    format = EventLines(sources: sources)
  }

  /// Why events are missing; `nil` when none is, and when their reader has gone.
  var problem: String? {
    state.withLock { state in
      if case .failed(let reason) = state { reason } else { nil }
    }
  }

  func begin(_ run: Run, _ workflow: WorkflowPlan, startedAt: Double) {
    write(format.beginning(of: run, workflow, startedAt: startedAt))
  }

  func observe(_ event: RunEvent) { write(format.line(event)) }

  func end(
    _ workflow: WorkflowPlan, _ status: EventLines.RunStatus, exitStatus: Int, error: RuntimeError?, time: Double
  ) {
    write(format.end(of: workflow, status, exitStatus: exitStatus, error: error, time: time))
  }

  private func write(_ line: [UInt8]) {
    state.withLock { state in
      guard case .open = state else { return }
      var rest = line[...]
      while !rest.isEmpty {
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let ready = poll(&polled, 1, Self.patience)
        if ready < 0, errno == EINTR { continue }
        if ready == 0 {
          state = .failed("their reader has taken nothing for \(Self.patience / 1000) s")
          return
        }
        guard Terminal.write(Array(rest.prefix(Self.pieceSize)), to: descriptor) else {
          state = errno == EPIPE ? .closed : .failed(Files.reason(errno))
          return
        }
        rest = rest.dropFirst(Self.pieceSize)
      }
    }
  }
}

/// Tells on standard error what the jobs of a run do.
struct LogWriter: RunObserver {
  private let log = EventLog()

  func observe(_ event: RunEvent) { Terminal.write(log.line(event), to: .standardError) }
}
