import ComposeBasic
import ComposePlan
import Testing

@Suite struct JSONDocumentTests {
  @Test(arguments: [
    "null", "true", "-0", "1.5e+10", "[]", "{}", #"[1,[2,{"a":null}]]"#, #""é\"\\\n\u0001""#, #"{"a":1,"b":[]}"#,
  ])
  func isWrittenAsItWasRead(_ text: String) throws {
    var json = JSONWriter(.compact)
    try JSONDocument(reading: Array(text.utf8)).append(to: &json)
    #expect(json.text == text)
  }

  @Test func escapesAreRead() throws {
    let document = try JSONDocument(reading: Array(#"{"\u00e9\/\b\f\r\t": "\ud83d\ude00"}"#.utf8))
    #expect(document["é/\u{8}\u{C}\r\t"] == .text("😀"))
  }

  @Test(arguments: [
    "", " ", "nul", "01", "1.", "1e", "-", "+1", ".5", "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "'a'", "\"a",
    "\"\n\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "1 2", "NaN", "[", "{\"a\":1",
    #"{"a":1,"a":2}"#, String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
  ])
  func otherTextIsRefused(_ text: String) {
    #expect(throws: JSONDocumentError.self) { try JSONDocument(reading: Array(text.utf8)) }
  }

  @Test func textThatIsNotUTF8IsRefused() {
    #expect(throws: JSONDocumentError.self) { try JSONDocument(reading: [0x22, 0xFF, 0x22]) }
  }
}
