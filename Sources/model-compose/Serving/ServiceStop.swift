import ComposeRuntime
import Glibc

/// Ends the service of a project and waits for that.
struct ServiceStop: Sendable {
  let place: InstancePlace
  let options: StopOptions

  /// Seconds beyond what the service gives its runs: components are ended behind them.
  private static let margin = 15.0
  /// How long the system takes to end a killed process, at most.
  private static let killPatience = 5.0

  /// - Throws: ``ExitStatus`` when it runs on, after the reason was told.
  func run() async throws {
    let limit = try said { () throws(FileProblem) in try options.timeLimit() }
    switch try await FoundInstance.find(place) {
    case .none: say("not running")
    case .stale:
      unlink(place.pidFile)
      say("not running  (the last one ended without a shutdown)")
    case .unknown:
      Terminal.complain(
        "a service runs, but '\(place.pidFile)' does not tell which process it is",
        help: "it may belong to another user or another container")
      throw ExitStatus.failure
    case .running(let record): try await end(record, limit ?? record.shutdownSeconds + Self.margin)
    }
  }

  private func end(_ record: InstanceRecord, _ limit: Double) async throws {
    let process = record.process
    try send(SIGTERM, to: process)
    if await hasEnded(process, within: limit) { return say("stopped  (pid \(process.id))") }
    guard options.kill else {
      Terminal.complain(
        "the service (pid \(process.id)) has not ended within \(durationText(limit))",
        help: "wait longer with --timeout, or end it at once with --kill")
      throw ExitStatus.failure
    }
    try send(SIGKILL, to: process)
    guard await hasEnded(process, within: Self.killPatience) else {
      Terminal.complain("the service (pid \(process.id)) cannot be ended")
      throw ExitStatus.failure
    }
    unlink(place.pidFile)
    say("killed  (pid \(process.id))")
  }

  /// A process that has just ended needs no signal.
  private func send(_ signal: Int32, to process: SystemProcess) throws {
    guard process.isAlive, kill(process.id, signal) != 0, errno != ESRCH else { return }
    Terminal.complain("the service (pid \(process.id)) cannot be ended: \(Files.reason(errno))")
    throw ExitStatus.failure
  }

  private func hasEnded(_ process: SystemProcess, within limit: Double) async -> Bool {
    let clock = SystemClock()
    let deadline = clock.now.nanoseconds + Int64(min(limit, 1e9) * 1e9)
    var pause = 0.01
    while process.isAlive || InstanceLock.isHeld(place.lockFile) {
      guard clock.now.nanoseconds < deadline else { return false }
      try? await clock.sleep(seconds: pause)
      pause = min(pause * 1.5, 0.25)
    }
    return true
  }

  private func say(_ text: String) { Terminal.write(text + "\n", to: .standardOutput) }
}
