import ComposeRuntime
import Testing

@Suite struct JSONReaderTests {
  @Test(arguments: [
    ("null", Value.null), (" true ", .boolean(true)), ("false\n", .boolean(false)),
    ("0", .integer(0)), ("-0", .integer(0)), ("-0.0", .number(-0.0)), ("1.0", .number(1)),
    ("1E2", .number(100)),
    ("999999999999999999", .integer(999_999_999_999_999_999)), ("9223372036854775807", .integer(.max)),
    ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .bigInteger("9223372036854775808")),
    ("-100000000000000000000000", .bigInteger("-100000000000000000000000")),
    ("0.1", .number(0.1)), ("123456789.125", .number(123456789.125)),
    ("5e-324", .number(.leastNonzeroMagnitude)),
    ("1.7976931348623157e308", .number(1.7976931348623157e308)), ("1e400", .number(.infinity)),
    ("-1e400", .number(-.infinity)), ("1e-400", .number(0)),
    ("9007199254740993.0", .number(9_007_199_254_740_992)),
    ("NaN", .number(.nan)), ("Infinity", .number(.infinity)), ("-Infinity", .number(-.infinity)),
    (#""""#, .text("")), (#""\"\\\/\b\f\n\r\t""#, .text("\"\\/\u{8}\u{C}\n\r\t")),
    (#""\u00e9\u00E9""#, .text("éé")),
    (#""\ud83d\ude42!""#, .text("🙂!")), (#""a\ud83d""#, .text("a\u{FFFD}")),
    (#""\ude42a""#, .text("\u{FFFD}a")),
    (#""\ud83d\u0061""#, .text("\u{FFFD}a")), (#""\ud83d\ud83d\ude42""#, .text("\u{FFFD}🙂")),
    ("\"日本 🙂 \u{7F}\"", .text("日本 🙂 \u{7F}")), ("\"1234567\\\"90123456\"", .text("1234567\"90123456")),
    ("[]", .list([])), ("[ 1 , [ ] ]", .list([.integer(1), .list([])])), ("{ }", .object([:])),
    (#"{"a":1,"b":2,"a":3}"#, .object(["a": .integer(3), "b": .integer(2)])),
    ("{\"é\":1,\"e\u{301}\":2}", .object(["é": .integer(1), "e\u{301}": .integer(2)])),
  ])
  func reads(_ text: String, _ expected: Value) throws {
    let value = try parseJSON(text)
    #expect(value.isIdentical(to: expected), "\(value.debugForm)")
  }

  @Test(arguments: [
    "", " ", "nul", "nulL", "True", "+1", "01", "-", "-a", "1.", ".5", "1.e5", "1e", "1e+", "0x10",
    "1_000", "-Inf", "nan",
    "'a'", "\"", "\"a", "\"\\", "\"\\u12\"", "\"\\u12g4\"", "\"\\x\"", "\"\\", "\"a\nb\"", "\"\u{0}\"",
    "\"12345678\t\"",
    "[", "[1", "[1,", "[1,]", "[,]", "[1 2]", "]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
    "{\"a\":1,}", "{a:1}",
    "{1:2}", "{\"a\" 1}", "{\"a\":}", "1 2", "{} x", "\u{FEFF}{}", "\u{A0}1", "[1]//", "\u{0}", "1\u{0}",
  ])
  func refuses(_ text: String) { #expect(throws: JSONError.self) { try parseJSON(text) } }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22],
      [0x22, 0x5C, 0x6E, 0xFF, 0x22], [0xC3], [0xEF, 0xBB, 0xBF, 0x31],
    ] as [[UInt8]])
  func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try parseJSON(bytes) }
    #expect(throws: JSONError.self) { try JSONPathScanner([.key("a")]).value(in: bytes) }
  }

  /// Equal keys in objects of all sizes, one of them spelt with an escape.
  @Test(arguments: [2, 3, 8, 15, 16, 17, 40, 300])
  func lastOfEqualKeysWins(_ count: Int) throws {
    for position in 0..<count {
      let keys = (0..<count).map { "\"k\($0)\"" }
      let expected = OrderedObject((0..<count).map { ("k\($0)", .integer($0 == position ? -1 : $0)) })
      for again in [keys[position], "\"\\u006b\(position)\""] {
        let members = (keys + [again]).enumerated().map { "\($1): \($0 == count ? -1 : $0)" }
        for order in [members, [members[count]] + members] {
          let value = try parseJSON("{\(order.joined(separator: ", "))}")
          guard order.count == count + 1 else {
            #expect(value.isEqual(to: .object(expected)), "\(again) of \(count), first and last")
            continue
          }
          #expect(value.isIdentical(to: .object(expected)), "\(again) of \(count)")
        }
      }
    }
  }

  @Test func saysWhere() {
    #expect(throws: JSONError("expected ',' or '}'", offset: 7)) { try parseJSON(#"{"a":1 "b":2}"#) }
    #expect(throws: JSONError("unexpected end", offset: 3)) { try parseJSON("[1,") }
  }

  @Test func boundsDepth() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(throws: Never.self) { try parseJSON(nested(512)) }
    #expect(throws: JSONError.self) { try parseJSON(nested(513)) }
    #expect(throws: JSONError.self) { try parseJSON(String(repeating: "[", count: 1_000_000)) }
    #expect(throws: JSONError.self) { try parseJSON(String(repeating: "{\"a\":", count: 1_000_000)) }
    #expect(throws: JSONError.self) {
      try JSONPathScanner([.index(1)]).value(in: Array(String(repeating: "[", count: 1_000_000).utf8))
    }
  }

  @Test func boundsIntegers() throws {
    let digits = String(repeating: "1", count: 4300)
    #expect(try parseJSON(digits).isIdentical(to: .bigInteger(digits)))
    #expect(throws: JSONError.self) { try parseJSON(digits + "1") }
  }

  @Test func survivesWhatIsNearlyJSON() {
    var generator = JSONGenerator(seed: 2)
    for _ in 0..<4000 {
      let bytes = generator.brokenDocument()
      // Where the text happens to be valid still, printing and reading again must change nothing.
      guard let value = try? parseJSON(bytes) else { continue }
      let again = try? parseJSON(value.jsonText)
      #expect(again?.isIdentical(to: value) == true, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func failsForEveryBeginning() throws {
    let text = #"{"a": [1.5e+3, "x\u00e9\n", {"b": null}], "long key of many bytes": -Infinity}"#
    _ = try parseJSON(text)
    let bytes = Array(text.utf8)
    for length in 0..<bytes.count {
      let beginning = Array(bytes[..<length])
      #expect(throws: JSONError.self) { try parseJSON(beginning) }
      #expect(throws: JSONError.self) { try JSONPathScanner([.key("zz")]).value(in: beginning) }
    }
  }
}
