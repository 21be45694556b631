import CSQLite
import ComposeRuntime
import Glibc

/// The database of a store, with the statements that it needs, for one thread.
struct SQLiteDatabase {
  private let path: String
  private let wait: BusyWait
  private let table: String
  private let pageLimit: Int?
  private var connection: SQLiteConnection?
  /// When rows that are over were last deleted, in seconds since 1970.
  private var purged = -Double.infinity

  /// How often rows that are over are deleted, in seconds.
  private static let purgeInterval = 60.0

  init(path: String, table: String, pageLimit: Int?, wait: BusyWait) {
    self.path = path
    self.wait = wait
    // It is a word, so it needs no other quoting; but it may be one of SQL's own.
    self.table = "\"\(table)\""
    self.pageLimit = pageLimit
  }

  mutating func open() throws(SQLiteFailure) -> SQLiteConnection {
    if let connection { return connection }
    makeFolder()
    let opened = try SQLiteConnection(path: path, wait: wait)
    if let pageLimit { try opened.execute("PRAGMA max_page_count = \(pageLimit)") }
    try opened.execute("PRAGMA journal_mode = WAL")
    try opened.execute("PRAGMA synchronous = NORMAL")
    try opened.execute(
      "CREATE TABLE IF NOT EXISTS \(table) (key TEXT PRIMARY KEY, value TEXT, expires_at REAL)")
    let index = "\"\(table.dropFirst().dropLast())_expires_at_idx\""
    try opened.execute(
      "CREATE INDEX IF NOT EXISTS \(index) ON \(table) (expires_at) WHERE expires_at IS NOT NULL")
    connection = opened
    return opened
  }

  mutating func close() { connection = nil }

  /// - Parameter now: in seconds since 1970.
  mutating func perform(_ request: KeyValueRequest, at now: Double) throws(SQLiteFailure) -> [Value] {
    let connection = try open()
    switch request {
    case .get(let keys):
      return try reading(connection, keys.count) { () throws(SQLiteFailure) in
        try values(of: keys, connection, now)
      }
    case .exists(let keys):
      return try reading(connection, keys.count) { () throws(SQLiteFailure) in
        try presence(of: keys, connection, now)
      }
    case .set(let pairs, let seconds):
      let end: Value = seconds.map { .number(now + $0) } ?? .null
      try connection.transaction(isWriting: true) { () throws(SQLiteFailure) in
        for pair in pairs { try insert(pair, until: end, connection) }
        if now - purged >= Self.purgeInterval {
          try connection.statement("DELETE FROM \(table) WHERE expires_at IS NOT NULL AND expires_at <= ?").run([
            .number(now)
          ])
        }
      }
      if now - purged >= Self.purgeInterval { purged = now }
      return pairs.map { _ in .boolean(true) }
    case .delete(let keys):
      return try connection.transaction(isWriting: true) { () throws(SQLiteFailure) in
        // A row that is over is there, but it was not deleted.
        let present = try presence(of: keys, connection, now)
        let statement = try connection.statement("DELETE FROM \(table) WHERE key = ?")
        for key in keys { try statement.run([key]) }
        return present
      }
    }
  }

  /// Several keys are read from one state of the table.
  private func reading(
    _ connection: SQLiteConnection, _ count: Int, _ body: () throws(SQLiteFailure) -> [Value]
  ) throws(SQLiteFailure) -> [Value] {
    count == 1 ? try body() : try connection.transaction(isWriting: false, body)
  }

  private func values(
    of keys: [Value], _ connection: SQLiteConnection, _ now: Double
  ) throws(SQLiteFailure) -> [Value] {
    let statement = try connection.statement(
      "SELECT value FROM \(table) WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)")
    var values: [Value] = []
    values.reserveCapacity(keys.count)
    for key in keys {
      values.append(try statement.first([key, .number(now)]) { $0.column(0).fromKeptText } ?? .null)
    }
    return values
  }

  private func presence(
    of keys: [Value], _ connection: SQLiteConnection, _ now: Double
  ) throws(SQLiteFailure) -> [Value] {
    let statement = try connection.statement(
      "SELECT 1 FROM \(table) WHERE key = ? AND (expires_at IS NULL OR expires_at > ?)")
    var found: [Value] = []
    found.reserveCapacity(keys.count)
    for key in keys { found.append(.boolean(try statement.first([key, .number(now)]) { _ in true } ?? false)) }
    return found
  }

  private func insert(
    _ pair: KeyValueRequest.Pair, until end: Value, _ connection: SQLiteConnection
  ) throws(SQLiteFailure) {
    let statement = try connection.statement(
      "INSERT INTO \(table) (key, value, expires_at) VALUES (?, ?, ?) "
        + "ON CONFLICT(key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at")
    try statement.run([pair.key, pair.value, end])
  }

  /// The folders on the way to the file. If one cannot be made, opening says so.
  private func makeFolder() {
    guard path != ":memory:" else { return }
    var position = path.startIndex
    while let slash = path[position...].firstIndex(of: "/") {
      if slash > path.startIndex { mkdir(String(path[..<slash]), 0o777) }
      position = path.index(after: slash)
    }
  }
}
