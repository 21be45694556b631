import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Glibc
import Testing

@testable import ComposeComponents

/// What differs from the reference, and what goes wrong.
@Suite struct KeyValueStoreTests {
  private func sqlite(_ path: String, table: String = "kv_store") throws -> StoreFile {
    try StoreFile("type: key-value-store, driver: sqlite, path: \"\(path)\", table: \(table)", keyValueMethods)
  }

  @Test func valuesOutliveTheProgramInAFile() async throws {
    try await withTemporaryFolder { folder in
      let first = try sqlite(folder.path + "/s.sqlite")
      try await first.call("set", json: #"{"key": "k", "value": {"a": 1}}"#)
      await first.host.stop()
      #expect(!Files.exists(folder.path + "/s.sqlite-wal"))
      let second = try sqlite(folder.path + "/s.sqlite")
      #expect(try await second.call("get", json: #"{"key": "k"}"#) == #"{"key": "k", "value": {"a": 1}}"#)
      await second.host.stop()
    }
  }

  /// `scripts/key-value-facts` has made the file with the reference.
  @Test func theFileOfTheReferenceIsOpened() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/s.sqlite"
      try Files.write(try Files.read(Files.absolute("Fixtures/components/stores/key-value-store.sqlite")), to: path)
      let schema = try SQLiteConnection(path: path, wait: BusyWait()).schema
      let file = try sqlite(path)
      #expect(
        try await file.call("get", json: #"{"key": ["text", "number", "list", "over", "later"]}"#)
          == #"[{"key": "text", "value": "täxt"}, {"key": "number", "value": 1.5}, "#
          + #"{"key": "list", "value": [1, {"a": null}]}, {"key": "over", "value": null}, "#
          + #"{"key": "later", "value": "y"}]"#)
      await file.host.stop()
      // A file of ours has the same columns and the same index.
      let mine = try sqlite(folder.path + "/mine.sqlite")
      try await mine.call("set", json: #"{"key": "k", "value": 1}"#)
      await mine.host.stop()
      #expect(try SQLiteConnection(path: folder.path + "/mine.sqlite", wait: BusyWait()).schema == schema)
      #expect(schema.contains("kv_store key TEXT 1"))
    }
  }

  /// The reference stores a number as the name of a text and does not find it again.
  @Test func numbersAreNamesInAFileToo() async throws {
    let file = try sqlite(":memory:")
    try await file.call("set", json: #"{"key": [1, 1.5, true], "value": ["a", "b", "c"]}"#)
    #expect(
      try await file.call("get", json: #"{"key": [1, "1.5"]}"#)
        == #"[{"key": 1, "value": "c"}, {"key": "1.5", "value": "b"}]"#)
    #expect(try await file.call("delete", json: #"{"key": 1}"#) == #"{"key": 1, "deleted": true}"#)
    await file.host.stop()
  }

  @Test func aNameOfSQLMayBeTheTable() async throws {
    let file = try sqlite(":memory:", table: "order")
    try await file.call("set", json: #"{"key": "k", "value": 1}"#)
    #expect(try await file.call("exists", json: #"{"key": "k"}"#) == #"{"key": "k", "exists": true}"#)
    await file.host.stop()
  }

  @Test(arguments: ["a b", "1a", "a;drop table b", "ä", "\\\"x\\\"", ""])
  func otherNamesAreNoTables(_ name: String) async throws {
    let file = try StoreFile(
      "type: key-value-store, driver: sqlite, path: \":memory:\", table: \"\(name)\"", keyValueMethods)
    #expect(await failure { try await file.start() }.contains("'table' must be made of letters"))
  }

  @Test func aFileThatIsNoDatabase() async throws {
    try await withTemporaryFolder { folder in
      let path = try folder.write(String(repeating: "no database, but long enough\n", count: 100), to: "notes.txt")
      let message = await failure { try await sqlite(path).start() }
      #expect(message == "value: '\(path)' is not an SQLite database; 'path' names the file of the store")
      #expect(try folder.read("notes.txt").hasPrefix("no database"))
    }
  }

  @Test func aFolderIsNoDatabase() async throws {
    try await withTemporaryFolder { folder in
      #expect(await failure { try await sqlite(folder.path).start() }.contains("cannot be opened: it is a folder"))
    }
  }

  @Test func aFullDisk() async throws {
    try await withTemporaryFolder { folder in
      let store = SQLiteStore(path: folder.path + "/s.sqlite", table: "t", pageLimit: 8)
      let big = Value.text(String(repeating: "x", count: 100_000))
      let small = KeyValueRequest.set([.init(key: .text("small"), value: .integer(1))], seconds: nil)
      let both = KeyValueRequest.set(
        [.init(key: .text("first"), value: .integer(1)), .init(key: .text("big"), value: big)], seconds: nil)
      _ = try await store.perform(small, on: SystemClock())
      let message = await failure { _ = try await store.perform(both, on: SystemClock()) }
      #expect(message.hasSuffix("cannot grow: there is no space left"))
      // Nothing of the request was done, and the store goes on.
      let kept = try await store.perform(.get([.text("small"), .text("first")]), on: SystemClock())
      #expect(Value.list(kept).jsonText == "[1, null]")
      await store.close()
    }
  }

  @Test func aLockedDatabaseIsWaitedForAndThenAnError() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/s.sqlite"
      let store = SQLiteStore(path: path, table: "t", busyLimit: 0.05)
      let value = KeyValueRequest.set([.init(key: .text("k"), value: .integer(1))], seconds: nil)
      _ = try await store.perform(value, on: SystemClock())
      let other = try SQLiteConnection(path: path, wait: BusyWait())
      try other.execute("BEGIN IMMEDIATE")
      let message = await failure { _ = try await store.perform(value, on: SystemClock()) }
      #expect(message.hasPrefix("timeout: the database '\(path)' is locked"))
      // Reading needs no lock.
      #expect(Value.list(try await store.perform(.get([.text("k")]), on: SystemClock())).jsonText == "[1]")
      try other.execute("COMMIT")
      _ = try await store.perform(value, on: SystemClock())
      await store.close()
    }
  }

  /// It waits for an hour if nobody ends it.
  @Test(.timeLimit(.minutes(5)))
  func cancellingEndsTheWaitForALock() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/s.sqlite"
      let store = SQLiteStore(path: path, table: "t", busyLimit: 3600)
      try await store.open()
      let other = try SQLiteConnection(path: path, wait: BusyWait())
      try other.execute("BEGIN IMMEDIATE")
      let calls = (0..<3).map { number in
        Task { () async -> String in
          await failure {
            _ = try await store.perform(
              .set([.init(key: .text("k"), value: .integer(number))], seconds: nil), on: SystemClock())
          }
        }
      }
      for call in calls { call.cancel() }
      for call in calls { #expect(await call.value == "cancelled: the run was cancelled") }
      try other.execute("COMMIT")
      #expect(Value.list(try await store.perform(.exists([.text("k")]), on: SystemClock())).jsonText == "[false]")
      await store.close()
    }
  }

  @Test func manyCallsAtOnce() async throws {
    try await withTemporaryFolder { folder in
      // Two programs with the same file.
      let files = [try sqlite(folder.path + "/s.sqlite"), try sqlite(folder.path + "/s.sqlite")]
      try await withThrowingTaskGroup { group in
        for number in 0..<200 {
          let file = files[number % 2]
          group.addTask { try await file.call("set", json: "{\"key\": \"k\(number)\", \"value\": \(number)}") }
        }
        try await group.waitForAll()
      }
      let keys = (0..<200).map { Value.text("k\($0)") }
      let found = try await files[0].call("exists", .object(["key": .list(keys)]))
      #expect(found.jsonText.split(separator: "true").count == 201)
      for file in files { await file.host.stop() }
    }
  }

  @Test func streamsAreNotKept() async throws {
    let store = MemoryStore()
    let stream = ValueStream(.bare, next: { () async throws(RuntimeError) in nil })
    let request = KeyValueRequest.set([.init(key: .text("k"), value: .stream(stream))], seconds: nil)
    #expect(
      await failure { _ = try await store.perform(request, on: SystemClock()) }.contains("a stream cannot be kept"))
    let database = SQLiteStore(path: ":memory:", table: "t")
    #expect(
      await failure { _ = try await database.perform(request, on: SystemClock()) }.contains("a stream cannot be kept"))
    let bytes = KeyValueRequest.set([.init(key: .text("k"), value: .list([.bytes([1])]))], seconds: nil)
    #expect(await failure { _ = try await database.perform(bytes, on: SystemClock()) }.contains("bytes inside"))
    await database.close()
  }

  @Test func redisIsRefused() throws {
    let file = """
      component: {type: key-value-store, driver: redis, action: {method: get, key: "${input.key}"}}
      workflow: {job: {input: "${input}"}}
      """
    var sources = SourceSet()
    sources.add(path: "test.yml", bytes: Array(file.utf8))
    let plan = try #require(
      compile(sources.files, in: sources, environment: Environment(), catalog: .builtIn).plan)
    let workflow = try #require(plan.defaultWorkflow)
    let host = ComponentRegistry(services: Services(transport: RecordedTransport("")))
    #expect(
      refusals(of: [workflow], in: plan, host: host).map(\.message) == [
        "the driver 'redis' of key-value-store is not run by this version; it runs memory and sqlite"
      ])
  }

  @Test func nothingIsLeftOpen() async throws {
    try await withTemporaryFolder { folder in
      for _ in 0..<20 {
        let file = try sqlite(folder.path + "/s.sqlite")
        for _ in 0..<10 {
          try await file.call("set", json: #"{"key": "k", "value": 1}"#)
          try await file.call("get", json: #"{"key": "k"}"#)
        }
        await file.host.stop()
      }
      // Other tests open files at the same time, but none of this name.
      #expect(openFiles(in: folder.path).isEmpty)
    }
  }
}

extension SQLiteConnection {
  /// Tables with their columns, and indexes with theirs.
  fileprivate var schema: String {
    get throws(SQLiteFailure) {
      let sql = """
        SELECT group_concat(line, '; ') FROM (
          SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c.pk AS line
          FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'
          UNION ALL
          SELECT m.name || ' ' || i.name || ' ' || (m.sql LIKE '%WHERE expires_at IS NOT NULL') AS line
          FROM sqlite_master m, pragma_index_info(m.name) i WHERE m.type = 'index' AND m.sql IS NOT NULL)
        """
      return try statement(sql).first([]) { $0.column(0).displayText } ?? ""
    }
  }
}
