/// One thing that a service says about itself. It holds no input, no output, no header and no secret.
package struct LogRecord: Hashable, Sendable {
  /// In milliseconds since 1970-01-01T00:00:00Z.
  package var time: UInt64
  package var level: LogLevel
  /// One sentence.
  package var message: String
  /// The id of the task that it is about.
  package var task: String?
  package var workflow: String?
  package var job: String?
  /// What kind of failure it is.
  package var code: String?
  /// An HTTP status.
  package var status: Int?
  package var file: String?
  /// 1-based.
  package var line: Int?
  /// How long it took.
  package var seconds: Double?

  package init(time: UInt64, _ level: LogLevel, _ message: String) {
    self.time = time
    self.level = level
    self.message = message
  }
}
