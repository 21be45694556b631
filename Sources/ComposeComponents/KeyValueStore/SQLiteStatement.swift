import CSQLite
import ComposeRuntime

/// A prepared statement. It is used up to its end, and then it is as new.
final class SQLiteStatement {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { sqlite3_finalize(handle) }

  /// Runs the statement, and makes something of its first row.
  ///
  /// - Parameters:
  ///   - values: for the parameters, in order.
  ///   - read: gets the row's columns; `nil` is given when there is no row.
  func first<Output>(
    _ values: [Value], _ read: (SQLiteStatement) throws(SQLiteFailure) -> Output
  ) throws(SQLiteFailure) -> Output? {
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    for (position, value) in values.enumerated() { try bind(value, at: Int32(position + 1)) }
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return try read(self)
    case SQLITE_DONE: return nil
    case let code: throw failure(code)
    }
  }

  func run(_ values: [Value]) throws(SQLiteFailure) { _ = try first(values) { (_) throws(SQLiteFailure) in () } }

  /// A column of the present row. A text that is not UTF-8 stays bytes.
  func column(_ index: Int32) -> Value {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_NULL: return .null
    case SQLITE_INTEGER: return .integer(Int(sqlite3_column_int64(handle, index)))
    case SQLITE_FLOAT: return .number(sqlite3_column_double(handle, index))
    case let type:
      // The bytes first: asking for text may move them.
      let start =
        type == SQLITE_TEXT ? UnsafeRawPointer(sqlite3_column_text(handle, index)) : sqlite3_column_blob(handle, index)
      let bytes = Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index))))
      if type == SQLITE_TEXT, let text = String(validating: bytes, as: UTF8.self) { return .text(text) }
      return .bytes(bytes)
    }
  }

  private func bind(_ value: Value, at index: Int32) throws(SQLiteFailure) {
    let code: Int32
    switch value {
    case .null: code = sqlite3_bind_null(handle, index)
    case .boolean(let value): code = sqlite3_bind_int64(handle, index, value ? 1 : 0)
    case .integer(let value): code = sqlite3_bind_int64(handle, index, Int64(value))
    case .number(let value): code = sqlite3_bind_double(handle, index, value)
    case .text(let text), .bigInteger(let text):
      // A C string always has an address; bound without one, an empty text would be NULL.
      code = text.withCString { csqlite_bind_text(handle, index, $0, UInt64(text.utf8.count)) }
    case .bytes([]): code = sqlite3_bind_zeroblob(handle, index, 0)
    case .bytes(let bytes):
      code = bytes.withUnsafeBytes { csqlite_bind_blob(handle, index, $0.baseAddress, UInt64($0.count)) }
    case .list, .object, .stream, .resource: code = SQLITE_MISMATCH
    }
    if code != SQLITE_OK { throw failure(code) }
  }

  private func failure(_ code: Int32) -> SQLiteFailure {
    SQLiteFailure(code: code, text: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))))
  }
}
