import Glibc

/// Starts this command once more as a process of its own, and waits until that serves or has failed.
struct DetachedLaunch: Sendable {
  let place: InstancePlace

  /// How a service that is to be started came out.
  enum Outcome: Sendable {
    /// It serves; what it says about where.
    case ready(String)
    /// It has ended with this status, or by a signal.
    case ended(status: Int32?, signal: Int32?)
  }

  /// The option that tells the new process where it reports.
  static let option = "--ready-descriptor"
  private static let descriptor: Int32 = 3

  /// Starts the service, says where it listens, and lets it be.
  ///
  /// - Throws: ``ExitStatus`` when it does not serve, after its own words about it.
  func run() async throws {
    place.makeFolder(isKept: true)
    let log = try openLog()
    defer { close(log) }
    let logStart = lseek(log, 0, SEEK_END)
    let (process, reports) = try start(log)
    let waiting = Task { await onOwnThread { Self.wait(process, reports) } }
    let outcome = await endingEarly {
      await withTaskCancellationHandler {
        await waiting.value
      } onCancel: {
        kill(process, SIGTERM)
      }
    }
    switch try outcome.get() {
    case .ready(let announcement):
      Terminal.write("\(announcement)Log     \(place.logFile)\n", to: .standardOutput)
    case .ended(let status, let signal):
      Terminal.write(words(from: logStart), to: Terminal.Stream.standardError.rawValue)
      if let signal {
        Terminal.complain("the service was ended by signal \(signal) before it was ready", help: "see \(place.logFile)")
      }
      throw status.flatMap(ExitStatus.init(rawValue:)) ?? .failure
    }
  }

  private func openLog() throws -> Int32 {
    let log = Self.openLog(place.logFile)
    guard log >= 0 else {
      Terminal.complain("the log '\(place.logFile)' cannot be written: \(Files.reason(errno))")
      throw ExitStatus.failure
    }
    return log
  }

  /// Opens the file that takes the output of a service, to write behind what is there.
  static func openLog(_ path: String) -> Int32 { open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o640) }

  /// What the service has written since it began.
  private func words(from start: Int) -> [UInt8] {
    guard let bytes = try? Files.read(place.logFile) else { return [] }
    return Array(bytes.dropFirst(start).suffix(64 * 1024))
  }

  // MARK: The new process

  /// - Returns: the process, and the end of a pipe that it reports on.
  private func start(_ log: Int32) throws -> (process: Int32, reports: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw failure(errno) }
    let reports = ends[0]
    defer { close(ends[1]) }
    closeOthersOnExecution()
    let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(input) }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The last one takes the place of a descriptor that may be one of the others.
    for (from, to) in [(input, 0), (log, 1), (log, 2), (ends[1], Self.descriptor)] {
      posix_spawn_file_actions_adddup2(&actions, from, to)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // The constant for a new session is hidden from Swift (spawn.h).
    let newSession: Int32 = 0x80
    posix_spawnattr_setflags(
      &attributes, Int16(newSession | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)))

    var arguments = Self.arguments(CommandLine.arguments).map { strdup($0) } + [nil]
    defer { for text in arguments { free(text) } }
    var process: Int32 = 0
    let status = posix_spawn(&process, "/proc/self/exe", &actions, &attributes, &arguments, environ)
    guard status == 0 else {
      close(reports)
      throw failure(status)
    }
    return (process, reports)
  }

  /// The same command for the new process.
  static func arguments(_ arguments: [String]) -> [String] {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return arguments[..<end] + [option, String(descriptor)] + arguments[end...]
  }

  /// What this process has inherited or opened is not for the new one, which may live for months.
  private func closeOthersOnExecution() {
    for descriptor in Int32(3)..<1024 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  }

  private func failure(_ code: Int32) -> ExitStatus {
    Terminal.complain("the service cannot be started: \(Files.reason(code))")
    return .failure
  }

  /// Blocks until the process has reported or ended.
  private static func wait(_ process: Int32, _ reports: Int32) -> Outcome {
    defer { close(reports) }
    var report: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(reports, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      report += piece[..<count]
    }
    if !report.isEmpty { return .ready(String(decoding: report, as: UTF8.self)) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? .ended(status: status >> 8 & 0xFF, signal: nil) : .ended(status: nil, signal: signal)
  }
}
