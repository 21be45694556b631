import Testing

@testable import ComposeServer

@Suite struct APIKeysTests {
  @Test(arguments: [
    ("Bearer one", true), ("bearer one", true), ("BEARER second", true), ("Bearer on", false), ("Bearer onee", false),
    ("Bearer ", false), ("Bearer", false), ("one", false), ("Basic one", false), ("Bearer one ", false),
    ("Bearer two", false), ("Bearer one,second", false), ("Bearer one\0", false),
  ])
  func keys(_ header: String, _ isAccepted: Bool) {
    #expect((APIKeys(["one", "second"]).caller(for: header) != nil) == isAccepted)
  }

  @Test func lengths() {
    for length in [1, 255, 256, 257, 1000] {
      let key = String(repeating: "k", count: length)
      let keys = APIKeys(["other", APIKey(key)])
      #expect(keys.caller(for: "Bearer " + key) != nil, "\(length)")
      #expect(keys.caller(for: "Bearer " + key + "k") == nil, "\(length)")
      #expect(keys.caller(for: "Bearer " + key.dropLast() + "j") == nil, "\(length)")
    }
  }

  @Test func withoutKeysAnyoneMayAsk() {
    #expect(APIKeys([]).caller(for: nil)?.mayRun("w") == true)
    #expect(APIKeys([""]).isEmpty)
    #expect(APIKeys(["", "one"]).caller(for: "Bearer ") == nil)
    #expect(APIKeys(["one"]).caller(for: nil) == nil)
  }

  @Test func scopes() throws {
    let keys = APIKeys(
      try ["all", "some:a+b", "twice:a", "twice:c", "free:a", "free"].map { try #require(APIKey(entry: $0)) })
    func allowed(_ key: String) -> String {
      let caller = keys.caller(for: "Bearer " + key)
      return ["a", "b", "c"].filter { caller?.mayRun($0) ?? false }.joined()
    }
    #expect(allowed("all") == "abc")
    #expect(allowed("some") == "ab")
    #expect(allowed("twice") == "ac")
    #expect(allowed("free") == "abc")
    #expect(allowed("some:a+b") == "")
  }

  @Test(
    arguments: [
      ("k", "k", nil), (" k ", "k", nil), ("k:a", "k", ["a"]), ("k:a+b", "k", ["a", "b"]),
      ("k: a + b", "k", ["a", "b"]),
      ("k:l:", "k:l", nil), ("k:l:a", "k:l", ["a"]), ("k::", "k:", nil),
    ] as [(String, String, Set<String>?)])
  func entries(_ text: String, _ key: String, _ workflows: Set<String>?) throws {
    let entry = try #require(APIKey(entry: text))
    #expect(entry.key == key && entry.workflows == workflows)
  }

  @Test(arguments: ["", " ", ":", ":a", "k:a+", "k:+", "k:a++b"])
  func noEntries(_ text: String) { #expect(APIKey(entry: text) == nil) }
}
