import ComposeComponents
import ComposeRuntime
import Glibc
import Synchronization
import UnixSignals

/// How long a run may take to end when it is told to, in seconds: a program that it has started gets time to end, and a
/// write that nobody reads cannot be given up.
private var patience: Double { ProcessServices.hasStartedPrograms ? ProcessServices.grace + 1 : 1 }

/// Runs the body until it ends; Ctrl-C, SIGTERM and SIGHUP cancel it, which closes every socket and ends every program. Whoever
/// asks a second time does not wait for that.
///
/// - Returns: what the body gives; a failure with an ``ExitStatus`` when a signal has ended it.
func endingEarly<Output: Sendable>(
  _ body: @escaping @Sendable () async throws -> Output
) async -> Result<Output, any Error> {
  let received = Received()
  // Before anything is sent: an early Ctrl-C must not leave the work to the system.
  let signals =
    isIgnored(SIGHUP)
    ? await UnixSignalsSequence(trapping: .sigint, .sigterm)
    : await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
  let work = Task { @concurrent in try await body() }
  let watch = Task {
    await withDiscardingTaskGroup { group in
      for await signal in signals {
        let status: ExitStatus =
          switch signal {
          case .sigterm: .terminated
          case .sighup: .hungUp
          default: .interrupted
          }
        guard received.set(status) else { endAtOnce(status) }
        work.cancel()
        group.addTask {
          do throws(RuntimeError) { try await SystemClock().sleep(seconds: patience) } catch { return }
          endAtOnce(status)
        }
      }
    }
  }
  let outcome = await work.result
  watch.cancel()
  if case .failure = outcome, let status = received.status { return .failure(status) }
  return outcome
}

/// Whether the signal is ignored, as `nohup` wants it.
func isIgnored(_ signal: Int32) -> Bool {
  var action = sigaction()
  guard sigaction(signal, nil, &action) == 0 else { return false }
  return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}

private func endAtOnce(_ status: ExitStatus) -> Never {
  ProcessServices.killAll()
  Glibc.exit(status.rawValue)
}

/// The signal that came first, as an exit status.
private final class Received: Sendable {
  private let first = Mutex<ExitStatus?>(nil)

  var status: ExitStatus? { first.withLock { $0 } }

  /// - Returns: whether this is the first.
  func set(_ status: ExitStatus) -> Bool {
    first.withLock { first in
      defer { first = first ?? status }
      return first == nil
    }
  }
}
