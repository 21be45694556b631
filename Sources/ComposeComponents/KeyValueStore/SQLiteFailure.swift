import CSQLite
import ComposeRuntime

/// What SQLite says when something fails (sqlite.org, "Result and Error Codes").
struct SQLiteFailure: Error {
  /// The primary code: what is in the lowest eight bits.
  let code: Int32
  let text: String

  init(code: Int32, text: String) {
    self.code = code & 0xFF
    self.text = text
  }

  /// What it means for a run.
  ///
  /// - Parameter path: the path of the database.
  func error(at path: String) -> RuntimeError {
    switch code {
    case SQLITE_BUSY, SQLITE_LOCKED:
      RuntimeError(
        .timeout, "the database '\(path)' is locked: another program has been writing to it for too long")
    case SQLITE_INTERRUPT: .cancelled
    case SQLITE_NOTADB:
      RuntimeError(.value, "'\(path)' is not an SQLite database; 'path' names the file of the store")
    case SQLITE_CORRUPT: RuntimeError(.value, "the database '\(path)' is damaged: \(text)")
    case SQLITE_FULL: RuntimeError(.value, "the database '\(path)' cannot grow: there is no space left")
    case SQLITE_READONLY, SQLITE_PERM:
      RuntimeError(.value, "the database '\(path)' or its folder must not be written to")
    case SQLITE_CANTOPEN:
      RuntimeError(
        .value, "the database '\(path)' cannot be opened: it is a folder, or its folder must not be written to")
    case SQLITE_TOOBIG: RuntimeError(.value, "the value is larger than SQLite can keep")
    default: RuntimeError(.value, "the database '\(path)' cannot be used: \(text)")
    }
  }
}
