package import ComposeBasic
package import ComposeRuntime

/// The log of a service: what happens goes to every place that wants lines of its level.
package final class ServiceLog: Sendable {
  /// A place that lines go to.
  package struct Sink: Sendable {
    package let level: LogLevel
    package let format: LogFormat
    package let queue: LogQueue

    package init(level: LogLevel, format: LogFormat, queue: LogQueue) {
      self.level = level
      self.format = format
      self.queue = queue
    }
  }

  private let sinks: [Sink]
  private let milliseconds: @Sendable () -> UInt64

  /// - Parameter milliseconds: the time of day since 1970.
  package init(
    _ sinks: [Sink], milliseconds: @escaping @Sendable () -> UInt64 = { SystemClock().millisecondsSinceEpoch }
  ) {
    self.sinks = sinks
    self.milliseconds = milliseconds
  }

  /// Whether somebody reads lines of this level.
  package func wants(_ level: LogLevel) -> Bool { sinks.contains { $0.level <= level } }

  /// Says something, which may be about a task.
  package func say(_ level: LogLevel, _ message: String, ofTask task: String? = nil, _ workflow: String? = nil) {
    guard wants(level) else { return }
    var record = LogRecord(time: milliseconds(), level, message)
    record.task = task
    record.workflow = workflow
    write(record)
  }

  /// Says what happened in a run.
  package func observe(_ event: RunEvent, ofTask task: String, in sources: SourceSet) {
    guard wants(LogRecord.level(of: event)) else { return }
    if let record = LogRecord(event, task: task, time: milliseconds(), in: sources) { write(record) }
  }

  /// Says how a request was answered. Requests that come every few seconds would bury everything else, so it takes
  /// `debug` to see them.
  package func requestEnded(
    _ method: String, _ route: String, status: Int, seconds: Double, ofTask task: String?
  ) {
    guard wants(.debug) else { return }
    var record = LogRecord(time: milliseconds(), .debug, "\(method) \(route) was answered with \(status).")
    record.task = task
    record.status = status
    record.seconds = seconds
    write(record)
  }

  /// Writes what is left. Nothing may be said afterwards.
  package func end() async {
    for sink in sinks { await sink.queue.end() }
  }

  private func write(_ record: LogRecord) {
    for sink in sinks where sink.level <= record.level { sink.queue.write(sink.format.line(record)) }
  }
}
