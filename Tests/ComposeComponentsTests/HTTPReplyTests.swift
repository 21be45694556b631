import Testing

@testable import ComposeComponents

/// What headers and bodies of answers say.
@Suite struct HTTPReplyTests {
  @Test(
    arguments: [
      (#"{"error": {"message": "Rate limit reached.", "type": "tokens"}}"#, "Rate limit reached."),
      (#"{"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}"#, "Overloaded"),
      (
        #"[{"error": {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT"}}]"#,
        "API key not valid."
      ),
      (
        #"{"error": "invalid_grant", "error_description": "The code has expired."}"#,
        "invalid_grant: The code has expired."
      ),
      (#"{"error": "model not found"}"#, "model not found"), (#"{"error": ["a", "b"]}"#, "a; b"),
      (
        #"{"type": "about:blank", "title": "Out of credit", "detail": "Your balance is 30.", "status": 403}"#,
        "Out of credit: Your balance is 30."
      ),
      (#"{"title": "Forbidden"}"#, "Forbidden"), (#"{"detail": "Not Found"}"#, "Not Found"),
      (
        #"{"detail": [{"loc": ["body", "messages", 0], "msg": "field required", "type": "missing"}]}"#,
        "field required (body.messages.0)"
      ),
      (#"{"errors": [{"code": 1000, "message": "Invalid token"}, {"message": "More"}]}"#, "Invalid token; More"),
      (#"{"message": "no\n  such model"}"#, "no such model"), (#"{"Message": "AWS says no"}"#, "AWS says no"),
      (#"{"error": {"code": "rate_limited"}}"#, "rate_limited"), (#"{"status": "bad"}"#, #"{"status": "bad"}"#),
      ("plain  text\nof two lines", "plain text of two lines"), ("", nil), (" \n", nil),
      (
        "<!DOCTYPE html><html><head><TITLE>502 Bad\n Gateway</TITLE></head><body><h1>x</h1></body></html>",
        "502 Bad Gateway"
      ),
      ("<html><body><script>var a = 1</script><h1>Bad &amp; sad</h1><p>day</p></body></html>", "Bad & sad day"),
      ("<html><body>É<title></title>", "É"), ("<html", nil), ("{\"error\": null}", "{\"error\": null}"),
    ] as [(String, String?)])
  func message(_ body: String, _ expected: String?) {
    #expect(providerMessage(in: Array(body.utf8)) == expected)
  }

  @Test(
    arguments: [
      ("0", 0), ("7", 7), (" 120 ", 120), ("1.5", 1.5), ("86400", 86400), ("86401", nil), ("-1", nil), ("", nil),
      ("soon", nil), ("inf", nil), ("1e3", nil), ("Sun, 06 Nov 1994 08:49:47 GMT", 10),
      ("Sunday, 06-Nov-94 08:49:47 GMT", 10), ("Sun Nov  6 08:49:47 1994", 10), ("Sun, 06 Nov 1994 08:49:30 GMT", 0),
      ("Sun, 06 Nov 2094 08:49:47 GMT", nil), ("Sun, 32 Nov 1994 08:49:47 GMT", nil), ("Sun, 06 Nov 1994", nil),
      ("Sun, 06 Abc 1994 08:49:47 GMT", nil), ("Sun, 06 Nov 1994 25:49:47 GMT", nil),
    ] as [(String, Double?)])
  func retryAfter(_ header: String, _ expected: Double?) {
    // Sun, 06 Nov 1994 08:49:37 GMT.
    #expect(retryAfterSeconds(header, now: 784_111_777) == expected)
  }

  @Test(
    arguments: [
      ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
      ("Tue, 31 Dec 2999 23:59:59 GMT", 32_503_679_999),
    ] as [(String, Double)])
  func dates(_ text: String, _ expected: Double) {
    #expect(secondsSinceEpoch(ofHTTPDate: text) == expected)
  }

  @Test(
    arguments: [
      ("utf-8", [0xC3, 0xA9], "é"), ("UTF8", [0xFF], nil), ("ISO-8859-1", [0xE9, 0x80], "é\u{80}"),
      ("latin1", [0x41], "A"), ("us-ascii", [0x41], "A"), ("ascii", [0xE9], nil), ("windows-1252", [0x80, 0xE9], "€é"),
      ("cp1252", [0x81], nil), ("utf-16", [0xFE, 0xFF, 0x00, 0x41], "A"), ("utf-16", [0x41, 0x00], "A"),
      ("utf-16be", [0xD8, 0x3D, 0xDE, 0x00], "😀"), ("utf-16le", [0x3D, 0xD8], nil), ("utf-16", [0x41], nil),
    ] as [(String, [UInt8], String?)])
  func characters(_ name: String, _ bytes: [UInt8], _ expected: String?) throws {
    let characters = try #require(CharacterSet(name))
    #expect(characters.text(of: bytes) == expected)
  }

  @Test func unknownCharacters() { #expect(CharacterSet("shift_jis") == nil) }
}
