import ComposeRuntime
import Glibc
import Synchronization
import UnixSignals

/// How long a run may take to end when it is told to, in seconds. A write that nobody reads cannot be given up.
private let patience = 1.0

/// Runs the body until it ends; Ctrl-C and SIGTERM cancel it, which closes every socket.
///
/// - Returns: what the body gives; a failure with an ``ExitStatus`` when a signal has ended it.
func endingEarly<Output: Sendable>(
  _ body: @escaping @Sendable () async throws -> Output
) async -> Result<Output, any Error> {
  let received = Received()
  // Before anything is sent: an early Ctrl-C must not leave the work to the system.
  let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
  let work = Task { @concurrent in try await body() }
  let watch = Task {
    for await signal in signals {
      let status = signal == .sigterm ? ExitStatus.terminated : .interrupted
      received.set(status)
      work.cancel()
      do throws(RuntimeError) { try await SystemClock().sleep(seconds: patience) } catch { return }
      Glibc.exit(status.rawValue)
    }
  }
  let outcome = await work.result
  watch.cancel()
  if case .failure = outcome, let status = received.status { return .failure(status) }
  return outcome
}

/// The signal that came first, as an exit status.
private final class Received: Sendable {
  private let first = Mutex<ExitStatus?>(nil)

  var status: ExitStatus? { first.withLock { $0 } }

  func set(_ status: ExitStatus) {
    first.withLock { if $0 == nil { $0 = status } }
  }
}
