import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeSema
import ComposeSyntax
import ComposeTestSupport
import Glibc
import Testing

@testable import ComposeComponents

/// The stores answer as those of the reference: `Fixtures/components/key-value-store.jsonl`, which
/// `scripts/key-value-facts` makes.
@Suite struct KeyValueStoreFactTests {
  @Test(arguments: ["memory", "sqlite"])
  func answers(_ driver: String) async throws {
    let text = String(
      decoding: try Files.read(Files.absolute("Fixtures/components/key-value-store.jsonl")), as: UTF8.self)
    var count = 0
    for line in text.split(separator: "\n") {
      guard case .object(let row) = try parseJSON(String(line)), row["driver"]?.displayText == driver else { continue }
      count += 1
      try await withTemporaryFolder { folder in
        let place = driver == "sqlite" ? ", path: \(folder.path)/deep/er/store.sqlite" : ""
        try await walk(row, in: try StoreFile("type: key-value-store, driver: \(driver)\(place)", storeMethods))
      }
    }
    #expect(count >= 150)
  }

  private func walk(_ row: OrderedObject, in file: StoreFile) async throws {
    guard case .list(let steps) = row["steps"] else { return }
    let time = VirtualTime()
    let name = row["name"]?.displayText ?? ""
    try await time.run {
      for (position, step) in steps.enumerated() {
        guard case .object(let step) = step else { continue }
        if let wait = step["wait"] {
          try await time.sleep(seconds: wait.castNumber())
          continue
        }
        guard case .object(let call) = step["call"], let method = call["method"]?.displayText else { continue }
        let outcome = await outcome { () async throws(RuntimeError) in
          try await file.call(method, .object(call), on: time)
        }
        if let gives = step["gives"] {
          #expect(
            outcome.map { $0.isIdentical(to: gives) } ?? false,
            "\(name), step \(position): \(outcome?.jsonText ?? "failed"), not \(gives.jsonText)")
        } else {
          #expect(outcome == nil, "\(name), step \(position): \(outcome?.jsonText ?? "")")
        }
      }
    }
    await file.host.stop()
  }

  private func outcome(_ body: () async throws(RuntimeError) -> Value) async -> Value? { try? await body() }
}

private let storeMethods = [
  "get": ["key", "batch_size"], "set": ["key", "value", "ttl", "batch_size"], "delete": ["key", "batch_size"],
  "exists": ["key", "batch_size"],
]

/// What differs from the reference, and what goes wrong.
@Suite struct KeyValueStoreTests {
  private func sqlite(_ path: String, table: String = "kv_store") throws -> StoreFile {
    try StoreFile("type: key-value-store, driver: sqlite, path: \"\(path)\", table: \(table)", storeMethods)
  }

  private func message(_ body: () async throws -> Void) async -> String {
    do {
      try await body()
      return "no error"
    } catch let error as RuntimeError {
      return "\(error.code.rawValue): \(error.message)"
    } catch {
      return "\(error)"
    }
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
      "type: key-value-store, driver: sqlite, path: \":memory:\", table: \"\(name)\"", storeMethods)
    #expect(await message { try await file.start() }.contains("'table' must be made of letters"))
  }

  @Test func aFileThatIsNoDatabase() async throws {
    try await withTemporaryFolder { folder in
      let path = try folder.write(String(repeating: "no database, but long enough\n", count: 100), to: "notes.txt")
      let message = await message { try await sqlite(path).start() }
      #expect(message == "value: '\(path)' is not an SQLite database; 'path' names the file of the store")
      #expect(try folder.read("notes.txt").hasPrefix("no database"))
    }
  }

  @Test func aFolderIsNoDatabase() async throws {
    try await withTemporaryFolder { folder in
      #expect(await message { try await sqlite(folder.path).start() }.contains("cannot be opened: it is a folder"))
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
      let message = await message { _ = try await store.perform(both, on: SystemClock()) }
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
      let message = await message { _ = try await store.perform(value, on: SystemClock()) }
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
          await message {
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
      await message { _ = try await store.perform(request, on: SystemClock()) }.contains("a stream cannot be kept"))
    let database = SQLiteStore(path: ":memory:", table: "t")
    #expect(
      await message { _ = try await database.perform(request, on: SystemClock()) }.contains("a stream cannot be kept"))
    let bytes = KeyValueRequest.set([.init(key: .text("k"), value: .list([.bytes([1])]))], seconds: nil)
    #expect(await message { _ = try await database.perform(bytes, on: SystemClock()) }.contains("bytes inside"))
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
      for _ in 0..<200 {
        let file = try sqlite(folder.path + "/s.sqlite")
        try await file.call("set", json: #"{"key": "k", "value": 1}"#)
        try await file.call("get", json: #"{"key": "k"}"#)
        await file.host.stop()
      }
      // Other tests open files at the same time, but none of this name.
      #expect(openFiles(in: folder.path).isEmpty)
    }
  }
}

/// What this program has open below a folder.
func openFiles(in folder: String) -> [String] {
  guard let directory = opendir("/proc/self/fd") else { return ["cannot be listed"] }
  defer { closedir(directory) }
  var found: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    var target = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/fd/\(name)", &target, target.count)
    guard count > 0 else { continue }
    let path = String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if path.hasPrefix(folder) { found.append(path) }
  }
  return found
}
