import ComposeProcess
package import ComposeRuntime

/// What components that start programs take from the program around them.
package struct ProcessServices: Sendable {
  /// What programs find in their environment, besides what the file sets.
  package let environment: [String: String]
  /// Whether a service starts, which is when components are set up; a single run sets nothing up that runs without.
  package let isService: Bool
  /// Whether nothing is set up, because that was done before.
  package let skipsSetup: Bool
  package let clock: any RunClock
  /// Gets each line that a program writes beside its result: first the component's id. The line may hold secrets.
  package let log: @Sendable (String, String) -> Void

  package init(
    environment: [String: String] = [:], isService: Bool = false, skipsSetup: Bool = false,
    clock: any RunClock = SystemClock(),
    log: @escaping @Sendable (String, String) -> Void = { _, _ in }
  ) {
    self.environment = environment
    self.isService = isService
    self.skipsSetup = skipsSetup
    self.clock = clock
    self.log = log
  }

  /// Seconds between SIGTERM and SIGKILL.
  package static let grace = 5.0

  /// Whether components have started programs, which may have ended since.
  package static var hasStartedPrograms: Bool { hasStartedProcesses }

  /// Kills all programs that components have started, for the moment before this program ends in haste. Blocks until the
  /// signals are sent, at most a second.
  package static func killAll() { killAllProcesses() }

  /// The longest line of a result that is held, in bytes.
  static let lineLimit = 64 * 1024 * 1024
  /// Where a line of the log is broken, in bytes.
  private static let logLineLimit = 16 * 1024

  /// Logs what a program writes, line by line, until it ends or cannot be read any more.
  func forward(
    from component: String, _ tail: OutputTail, _ read: () async throws(ProcessError) -> [UInt8]?
  ) async {
    var pending: [UInt8] = []
    while let chunk = try? await read() {
      tail.append(chunk)
      pending += chunk
      var start = 0
      while let end = pending[start...].firstIndex(of: UInt8(ascii: "\n")) {
        log(component, String(decoding: pending[start..<end], as: UTF8.self))
        start = end + 1
      }
      pending.removeFirst(start)
      if pending.count > Self.logLineLimit {
        log(component, String(decoding: pending, as: UTF8.self))
        pending = []
      }
    }
    if !pending.isEmpty { log(component, String(decoding: pending, as: UTF8.self)) }
  }
}
