import CSQLite
import ComposeRuntime
import Glibc
import Synchronization

/// Values in a table of an SQLite database, in the form in which the reference keeps them: a row for each key, with the
/// value as text and the second of its end since 1970.
///
/// SQLite blocks, so it has a thread of its own: calls are done there one after the other.
final class SQLiteStore: KeyValueBackend {
  /// How long a call waits for another program that writes, in seconds; as long as the reference does.
  static let busyLimit = 5.0

  private let thread = WorkerThreads(limit: 1)
  private let path: String
  private let wait = BusyWait()
  /// Only the thread touches it, so nobody ever waits for this lock.
  private let database: Mutex<SQLiteDatabase>
  private let busyLimit: Double

  /// - Parameters:
  ///   - path: of the file; `:memory:` for none.
  ///   - table: has passed ``isTableName(_:)``.
  ///   - pageLimit: the most pages that the file may have.
  init(path: String, table: String, busyLimit: Double = SQLiteStore.busyLimit, pageLimit: Int? = nil) {
    self.busyLimit = busyLimit
    self.path = path
    database = Mutex(SQLiteDatabase(path: path, table: table, pageLimit: pageLimit, wait: wait))
  }

  /// Whether a name can be that of a table, in the reference as well: letters, digits and `_`, no digit first.
  static func isTableName(_ name: String) -> Bool {
    let isWord = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: false
      }
    }
    guard isWord, let first = name.utf8.first else { return false }
    return first > UInt8(ascii: "9")
  }

  func open() async throws(RuntimeError) {
    try await perform { (database) throws(SQLiteFailure) in _ = try database.open() }
  }

  func perform(_ request: KeyValueRequest, on clock: any RunClock) async throws(RuntimeError) -> [Value] {
    if case .set(let pairs, _) = request, pairs.contains(where: \.key.isNull) {
      throw .wrongKind("a key in a database cannot be null: its value would never be found again")
    }
    let kept = try request.mapValues { (value) throws(RuntimeError) in .text(try value.keptText()) }
    let now = clock.secondsSinceEpoch
    return try await perform { (database) throws(SQLiteFailure) in try database.perform(kept, at: now) }
  }

  func close() async {
    await thread.run { self.database.withLock { $0.close() } }
    thread.stop()
  }

  private func perform<Output: Sendable>(
    _ body: @escaping @Sendable (inout SQLiteDatabase) throws(SQLiteFailure) -> Output
  ) async throws(RuntimeError) -> Output {
    let abandonment = Abandonment()
    return try await withTaskCancellationHandler {
      await thread.run { () -> Result<Output, RuntimeError> in
        if abandonment.isDone { return .failure(.cancelled) }
        self.wait.begin(abandonment, limit: self.busyLimit)
        do throws(SQLiteFailure) {
          return .success(try self.database.withLock { (database) throws(SQLiteFailure) in try body(&database) })
        } catch {
          return .failure(abandonment.isDone ? .cancelled : error.error(at: self.path))
        }
      }
    } onCancel: {
      abandonment.set()
    }.get()
  }
}
