import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeServer
import ComposeSyntax
import Glibc
import Synchronization
import UnixSignals

/// What a service keeps outside of itself while it serves: the mark of its project, its log, and a word to the command
/// that has started it.
final class ServiceSession: Sendable {
  private let instance: Instance?
  private let logs: LogPlaces
  private let readyDescriptor: Int32?
  /// The output of a service in the background.
  private let outputFile: String?
  private let reopening = Mutex<Task<Void, Never>?>(nil)

  var log: ServiceLog { logs.log }

  /// Marks the project as served and opens the log.
  ///
  /// - Throws: ``ExitStatus`` after everything has been said.
  init(
    _ operation: OperationOptions, _ options: ProjectOptions, _ project: Project, _ configuration: ServerConfiguration
  ) throws {
    let place = InstancePlace(options, pidFile: operation.instance.pidFile, logFile: operation.logFile)
    try place.refuseOtherFiles()
    outputFile = operation.isInBackground ? place.logFile : nil
    readyDescriptor = operation.readyDescriptor
    if let readyDescriptor { _ = fcntl(readyDescriptor, F_SETFD, FD_CLOEXEC) }
    // It has no terminal to lose; the signal asks for new log files.
    if operation.isInBackground { signal(SIGHUP, SIG_IGN) }
    let sections = project.compilation.program.file.sections
    logs = try said { () throws(FileProblem) in
      try LogPlaces(operation, options.verbosity, sections.filter { $0.kind == .logger })
    }
    let record = InstanceRecord(
      process: .current, since: SystemClock().millisecondsSinceEpoch,
      files: project.plan.sources.files.map { InstancePlace.absolutePath($0.path) },
      log: outputFile.map(InstancePlace.absolutePath), shutdownSeconds: configuration.longestShutdown)
    instance = try Self.claim(place, record, operation, options.verbosity)
  }

  /// - Returns: `nil` when there is no mark and none is needed.
  private static func claim(
    _ place: InstancePlace, _ record: InstanceRecord, _ operation: OperationOptions, _ verbosity: VerbosityOptions
  ) throws -> Instance? {
    let isNeeded = operation.isInBackground || place.isChosen
    // Services of the system begin there, and it is nobody's project.
    if !isNeeded, Files.realPath(".") == "/" { return nil }
    switch Instance.claim(place, record) {
    case .claimed(let instance): return instance
    case .taken:
      guard isNeeded else {
        verbosity.tell("another 'up' serves this project: 'status' and 'stop' speak of that one")
        return nil
      }
      Terminal.complain(
        "this project is served already (\(place.pidFile))",
        help: "end it with 'stop', or name another file with --pid-file")
    case .impossible(let reason):
      guard isNeeded else {
        verbosity.tell(
          "'\(place.pidFile)' cannot be written: \(reason); 'status' and 'stop' will not find this service")
        return nil
      }
      Terminal.complain("the pid file '\(place.pidFile)' cannot be written: \(reason)")
    }
    throw ExitStatus.failure
  }

  /// Says where the service listens, to everybody who waits for it.
  func becameReady(_ addresses: ServiceAddresses) {
    instance?.becameReady(addresses)
    Terminal.write(addresses.announcement, to: .standardOutput)
    notifyServiceManager("READY=1")
    guard let readyDescriptor else { return }
    Terminal.write(Array(addresses.announcement.utf8), to: readyDescriptor)
    close(readyDescriptor)
    reopening.withLock { $0 = Task { await self.reopenAtHangUp() } }
  }

  /// Runs the body. However it ends, the mark is taken away and the log is ended.
  func run(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch {
      await end()
      throw error
    }
    await end()
  }

  private func end() async {
    let task = reopening.withLock { task in
      defer { task = nil }
      return task
    }
    task?.cancel()
    await log.end()
    instance?.release()
  }

  /// Follows the files that the watcher sees change, until the task is cancelled.
  func follow(
    _ watcher: FileWatcher, _ serving: ProjectServing, _ first: Project, _ server: Server
  ) -> Task<Void, Never> {
    let following = ProjectWatcher(watcher: watcher, log: log, serving: serving) { server.replace(with: $0) }
    return Task { await following.run(from: first) }
  }

  /// SIGHUP asks for new log files, because somebody has moved the old ones away.
  private func reopenAtHangUp() async {
    for await _ in await UnixSignalsSequence(trapping: .sighup) {
      logs.reopen()
      guard let outputFile else { continue }
      let file = DetachedLaunch.openLog(outputFile)
      guard file >= 0 else { continue }
      for stream in [STDOUT_FILENO, STDERR_FILENO] { dup2(file, stream) }
      close(file)
    }
  }
}
