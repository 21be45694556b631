/// How the process ends; thrown by a command that has said everything already.
enum ExitStatus: Int32, Error {
  /// Findings, or a workflow that failed.
  case failure = 1
  /// Bad usage, unreadable input, or a file with errors that was to be run.
  case usage = 2
  /// A fault of ours.
  case fault = 3
  /// Another plan than before, whose callers need not know.
  case changed = 4
  /// Another plan than before, whose callers break.
  case breaking = 5
  /// The terminal is gone (SIGHUP).
  case hungUp = 129
  /// Ctrl-C.
  case interrupted = 130
  /// SIGTERM.
  case terminated = 143
}
