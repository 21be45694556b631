import ComposeTestSupport
import Testing

@Suite struct TestJSONTests {
  @Test func readsAllKinds() throws {
    let json = try TestJSON(#" {"a": [1, -2.5e+3, true, false, null], "b": "x\n\u00e9\ud83d\ude00\/", "c": {}} "#)
    #expect(json["a"] == .array([.number("1"), .number("-2.5e+3"), .boolean(true), .boolean(false), .null]))
    #expect(json["a"]?[0]?.integer == 1 && json["a"]?[9] == nil)
    #expect(json["b"]?.string == "x\né😀/" && json["c"] == .object([:]))
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "nul", "\"\n\"", "\"\\x\"", "\"\\ud800\"", "1 2", "{\"a\":1,\"a\":2}",
    "\"\\u12\"", "\"open",
  ])
  func refusesWhatIsNoJSON(_ text: String) {
    #expect(throws: TestSupportError.self) { try TestJSON(text) }
  }
}
