import ComposeRuntime
import ComposeTestSupport
import Glibc
import Testing

@testable import ComposeComponents

/// The file of a store is shared with another program: `sqlite3`.
@Suite(.timeLimit(.minutes(5))) struct SQLitePeerTests {
  private func withPeer(_ path: String, _ body: (RunningProgram) async throws -> Void) async throws {
    let launch = ProgramLaunch("/usr/bin/sqlite3", ["-batch", path], input: .open)
    try await withProgram(launch) { peer in try await body(peer) }
  }

  private func set(_ number: Int) -> KeyValueRequest {
    .set([.init(key: .text("k"), value: .integer(number))], seconds: nil)
  }

  private func value(_ store: SQLiteStore) async throws -> String {
    Value.list(try await store.perform(.get([.text("k")]), on: SystemClock())).jsonText
  }

  @Test func bothReadAndWrite() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/s.sqlite"
      let store = SQLiteStore(path: path, table: "t")
      _ = try await store.perform(set(1), on: SystemClock())
      try await withPeer(path) { peer in
        peer.write("SELECT 'has ' || key || '=' || value FROM t;\n")
        try await peer.waitForOutput(containing: "has k=1")
        peer.write("UPDATE t SET value = '{\"a\": [2]}'; SELECT 'done';\n")
        try await peer.waitForOutput(containing: "done")
        #expect(try await value(store) == #"[{"a": [2]}]"#)
        peer.write("PRAGMA integrity_check;\n")
        try await peer.waitForOutput(containing: "ok")
      }
      await store.close()
    }
  }

  @Test func aCallWaitsForTheOther() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/s.sqlite"
      let store = SQLiteStore(path: path, table: "t", busyLimit: 3600)
      try await store.open()
      try await withPeer(path) { peer in
        peer.write("BEGIN IMMEDIATE; SELECT 'locked';\n")
        try await peer.waitForOutput(containing: "locked")
        async let done = store.perform(set(1), on: SystemClock())
        peer.write("INSERT INTO t VALUES ('k', '0', NULL); COMMIT;\n")
        #expect(Value.list(try await done).jsonText == "[true]")
      }
      #expect(try await value(store) == "[1]")
      await store.close()
    }
  }

  @Test func aLockThatStays() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/s.sqlite"
      let store = SQLiteStore(path: path, table: "t", busyLimit: 0.05)
      _ = try await store.perform(set(1), on: SystemClock())
      try await withPeer(path) { peer in
        peer.write("BEGIN IMMEDIATE; DELETE FROM t; SELECT 'locked';\n")
        try await peer.waitForOutput(containing: "locked")
        let message = await failure { _ = try await store.perform(set(2), on: SystemClock()) }
        #expect(message.hasPrefix("timeout: the database '\(path)' is locked"))
        #expect(try await value(store) == "[1]")
        // What it has not committed goes with it.
        peer.signal(SIGKILL)
        _ = try await peer.waitForExit()
      }
      _ = try await store.perform(set(3), on: SystemClock())
      #expect(try await value(store) == "[3]")
      await store.close()
    }
  }
}
