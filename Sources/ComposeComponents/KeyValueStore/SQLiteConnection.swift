import CSQLite
import Glibc
import Synchronization

/// One open database, for one thread.
///
/// Calls wait while another program has locked the database, as long as ``BusyWait`` lets them.
final class SQLiteConnection {
  private let handle: OpaquePointer
  private let wait: BusyWait
  private var statements: [String: SQLiteStatement] = [:]

  /// Opens the file, or makes it. The path is never taken for a URI.
  init(path: String, wait: BusyWait) throws(SQLiteFailure) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      // There is a handle even then, for the text.
      let failure = SQLiteFailure(
        code: code, text: opened.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code)))
      sqlite3_close_v2(opened)
      throw failure
    }
    handle = opened
    self.wait = wait
    let user = Unmanaged.passUnretained(wait).toOpaque()
    sqlite3_busy_handler(handle, onBusy, user)
    sqlite3_progress_handler(handle, 10_000, onProgress, user)
  }

  deinit {
    // Statements go first: a connection with some left is not closed.
    statements = [:]
    sqlite3_close_v2(handle)
  }

  /// Runs statements that give nothing.
  func execute(_ sql: String) throws(SQLiteFailure) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    if code != SQLITE_OK { throw failure(code) }
  }

  /// The statement of that text, prepared once and reset.
  func statement(_ sql: String) throws(SQLiteFailure) -> SQLiteStatement {
    if let statement = statements[sql] { return statement }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw failure(code) }
    let statement = SQLiteStatement(prepared)
    statements[sql] = statement
    return statement
  }

  /// All of the body or nothing of it.
  ///
  /// - Parameter isWriting: takes the lock for writing at once, where waiting for it cannot end in a deadlock.
  func transaction<Output>(
    isWriting: Bool, _ body: () throws(SQLiteFailure) -> Output
  ) throws(SQLiteFailure) -> Output {
    try execute(isWriting ? "BEGIN IMMEDIATE" : "BEGIN")
    do throws(SQLiteFailure) {
      let output = try body()
      if wait.isGivenUp { throw SQLiteFailure(code: SQLITE_INTERRUPT, text: "given up") }
      try execute("COMMIT")
      return output
    } catch {
      // Some failures have rolled back already.
      if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
      throw error
    }
  }

  private func failure(_ code: Int32) -> SQLiteFailure {
    SQLiteFailure(code: code, text: String(cString: sqlite3_errmsg(handle)))
  }
}

/// How long a call may wait for others that have locked the database.
final class BusyWait: Sendable {
  /// When waiting ends, in nanoseconds of the monotonic clock.
  private let end = Atomic<UInt64>(0)
  private let call = Mutex<Abandonment?>(nil)

  /// A new call begins.
  ///
  /// - Parameter limit: in seconds.
  func begin(_ call: Abandonment, limit: Double) {
    self.call.withLock { $0 = call }
    end.store(now + UInt64(limit * 1e9), ordering: .relaxed)
  }

  /// Whether nobody waits for the present call any more.
  var isGivenUp: Bool { call.withLock { $0?.isDone ?? false } }

  /// Waits a little; false when that is enough.
  fileprivate func goOn(_ count: Int32) -> Bool {
    guard !isGivenUp, now < end.load(ordering: .relaxed) else { return false }
    // 1, 2, 4, 8 ms, and so on every 10 ms.
    usleep(count < 4 ? 1000 << UInt32(count) : 10_000)
    return !isGivenUp
  }

  private var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

/// Says to a thread that nobody waits for its work any more.
final class Abandonment: Sendable {
  private let flag = Atomic<Bool>(false)

  var isDone: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}

/// The functions that SQLite calls are global, so that they belong to no actor.
private func onBusy(_ user: UnsafeMutableRawPointer?, _ count: Int32) -> Int32 {
  guard let user else { return 0 }
  return Unmanaged<BusyWait>.fromOpaque(user).takeUnretainedValue().goOn(count) ? 1 : 0
}

private func onProgress(_ user: UnsafeMutableRawPointer?) -> Int32 {
  guard let user else { return 0 }
  return Unmanaged<BusyWait>.fromOpaque(user).takeUnretainedValue().isGivenUp ? 1 : 0
}
