import ComposeBasic
import ComposeRuntime
import ComposeServer
import ComposeSyntax
import Glibc

/// Where the log of a service goes: standard error, and the files that the compose file names.
final class LogPlaces: Sendable {
  let log: ServiceLog
  private let files: [(path: String, queue: LogQueue)]

  /// Opens the log.
  ///
  /// - Throws: ``FileProblem`` for a file that cannot be written.
  init(_ operation: OperationOptions, _ verbosity: VerbosityOptions, _ loggers: [SectionDecl]) throws(FileProblem) {
    let format = operation.logFormat ?? .text
    let describeLoss: @Sendable (Int) -> [UInt8] = { count in
      format.line(LogRecord(time: now(), .warning, "\(count) lines of the log were dropped: they came too fast."))
    }
    var sinks: [ServiceLog.Sink] = []
    var files: [(path: String, queue: LogQueue)] = []
    let chosen = Self.chosenLevel(operation, verbosity)
    var levels = loggers.filter { $0.type?.value != "file" }.map(Self.level(of:))
    if levels.isEmpty, loggers.isEmpty || chosen != nil { levels = [Self.standardLevel(operation)] }
    for level in levels.prefix(1) {
      let queue = LogQueue(descriptor: STDERR_FILENO, ownsDescriptor: false, describeLoss: describeLoss)
      if let queue { sinks.append(ServiceLog.Sink(level: chosen ?? level, format: format, queue: queue)) }
    }
    for logger in loggers where logger.type?.value == "file" {
      let path = logger.node.locatedText("path")?.value ?? "./logs/run.log"
      let descriptor = try Self.open(path)
      guard let queue = LogQueue(descriptor: descriptor, ownsDescriptor: true, describeLoss: describeLoss) else {
        close(descriptor)
        continue
      }
      sinks.append(ServiceLog.Sink(level: Self.level(of: logger), format: format, queue: queue))
      files.append((path, queue))
    }
    log = ServiceLog(sinks)
    self.files = files
  }

  /// Goes on with new files of the same names: somebody has moved the old ones away.
  func reopen() {
    for (path, queue) in files {
      guard let descriptor = try? Self.open(path) else { continue }
      queue.replace(with: descriptor)
    }
  }

  // MARK: Levels

  private static func chosenLevel(_ operation: OperationOptions, _ verbosity: VerbosityOptions) -> LogLevel? {
    operation.logLevel ?? (verbosity.verbose ? .debug : verbosity.quiet ? .error : nil)
  }

  /// On a terminal the log is not what people look at, so it tells of failures only.
  private static func standardLevel(_ operation: OperationOptions) -> LogLevel {
    operation.isInBackground || operation.logFormat != nil ? .info : .warning
  }

  private static func level(of logger: SectionDecl) -> LogLevel {
    logger.node.locatedText("level").flatMap { LogLevel(rawValue: $0.value) } ?? .info
  }

  private static func open(_ path: String) throws(FileProblem) -> Int32 {
    makeFolders(to: path)
    let descriptor = DetachedLaunch.openLog(path)
    guard descriptor >= 0 else { throw FileProblem("the log '\(path)' cannot be written: \(Files.reason(errno))") }
    return descriptor
  }

  private static func makeFolders(to path: String) {
    for (index, character) in zip(path.indices, path) where character == "/" && index > path.startIndex {
      _ = mkdir(String(path[..<index]), 0o755)
    }
  }
}

/// Milliseconds since 1970.
private func now() -> UInt64 { SystemClock().millisecondsSinceEpoch }
