import ArgumentParser
import ComposeServer
import Glibc

/// The options of a command that names a service which may be running.
struct InstanceOptions: ParsableArguments {
  @Option(
    name: .customLong("pid-file"),
    help: ArgumentHelp("Where the service says which process it is.", valueName: "file"))
  var pidFile: String?
}

/// How a service is operated: in the background or not, what it logs, and whether it follows its files.
struct OperationOptions: ParsableArguments {
  @Flag(
    name: [.customShort("d"), .customLong("detach")],
    help: "Serve in the background; the command ends once the service is ready.")
  var isDetached = false

  @Flag(name: .customLong("watch"), help: "Serve the files anew whenever they change.")
  var watches = false

  @OptionGroup var instance: InstanceOptions

  @Option(
    name: .customLong("log-file"),
    help: ArgumentHelp("What takes the output of a service in the background.", valueName: "file"))
  var logFile: String?

  @Option(name: .customLong("log-format"), help: "How the log is written: text or json.")
  var logFormat: LogFormat?

  @Option(
    name: .customLong("log-level"),
    help: "What the log on standard error tells: debug, info, warning, error or critical.")
  var logLevel: LogLevel?

  /// Where the process that was started with `--detach` reports to the one that has started it.
  @Option(name: .customLong("ready-descriptor"), help: .hidden)
  var readyDescriptor: Int32?

  func validate() throws {
    guard logFile == nil || isDetached else { throw ValidationError("--log-file needs --detach.") }
    guard let readyDescriptor else { return }
    guard readyDescriptor > 2, fcntl(readyDescriptor, F_GETFD) >= 0 else {
      throw ValidationError("--ready-descriptor is for this program only.")
    }
  }

  /// Whether this process is to start the service rather than to be it.
  var startsAnother: Bool { isDetached && readyDescriptor == nil }

  /// Whether this process is the service in the background.
  var isInBackground: Bool { readyDescriptor != nil }
}

extension OperationOptions {
  /// Watches the files of the project from now on; `nil` when nobody wants it.
  func makeWatcher(_ project: ProjectOptions) throws -> FileWatcher? {
    guard watches, !startsAnother else { return nil }
    return try said { () throws(FileProblem) in try FileWatcher(try ProjectWatcher.files(project)) }
  }

  /// Starts the service in the background, unless it runs there already.
  ///
  /// - Throws: ``ExitStatus`` when it does not serve, after the reason was told.
  func startAnother(_ project: ProjectOptions) async throws {
    for path in try said({ () throws(FileProblem) in try ProjectLoader.paths(project) }) + project.environmentFiles
    where !Files.isRegular(path) {
      Terminal.complain("'\(path)' can be read only once", help: "a service in the background reads its files itself")
      throw ExitStatus.usage
    }
    let place = InstancePlace(project, pidFile: instance.pidFile, logFile: logFile)
    switch try await FoundInstance.find(place) {
    case .none, .stale: try await DetachedLaunch(place: place).run()
    case .running(let record):
      Terminal.write(record.addresses?.announcement ?? "", to: .standardOutput)
      Terminal.complain("this project is served already, by pid \(record.process.id)", help: "end it with 'stop'")
      throw ExitStatus.failure
    case .unknown:
      Terminal.complain("this project is served already (\(place.pidFile))", help: "see 'status'")
      throw ExitStatus.failure
    }
  }
}

extension LogFormat: WordArgument {}
extension LogLevel: WordArgument {}
