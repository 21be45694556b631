import ComposeRuntime
import Testing

@Suite struct ValueDebugTests {
  @Test(arguments: [
    (0.0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (-1.5, "-1.5"), (0.1, "0.1"), (100, "100.0"),
    (123_456_789.125, "123456789.125"),
    (0.0001, "0.0001"), (0.00012345, "0.00012345"), (0.00001, "1e-05"), (0.000012345, "1.2345e-05"),
    (1e-7, "1e-07"),
    (9_007_199_254_740_991, "9007199254740991.0"), (9_007_199_254_740_992, "9007199254740992.0"),
    (9_717_305_910_140_850, "9717305910140850.0"), (9_999_999_999_999_998, "9999999999999998.0"),
    (1e16, "1e+16"),
    (12_345_678_901_234_568, "1.2345678901234568e+16"), (1e22, "1e+22"), (1.5e300, "1.5e+300"),
    (-1e100, "-1e+100"),
    (.leastNonzeroMagnitude, "5e-324"), (2.2250738585072014e-308, "2.2250738585072014e-308"),
    (0.1 + 0.2, "0.30000000000000004"),
    (1.7976931348623157e308, "1.7976931348623157e+308"), (.nan, "nan"), (.infinity, "inf"),
    (-.infinity, "-inf"),
  ])
  func writesFloats(_ number: Double, _ expected: String) { #expect(floatText(number) == expected) }

  @Test func writesFloatsThatReadBack() {
    var generator = JSONGenerator(seed: 6)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      #expect(Double(floatText(number)) == number)
    }
  }

  @Test(arguments: [
    ("", "''"), ("it's", "\"it's\""), ("say \"hi\"", "'say \"hi\"'"), ("both ' and \"", "'both \\' and \"'"),
    ("back\\slash", "'back\\\\slash'"), ("tab\tnl\ncr\r", "'tab\\tnl\\ncr\\r'"), ("é🙂日", "'é🙂日'"),
    ("\u{0}\u{1B}\u{7F}", "'\\x00\\x1b\\x7f'"), ("\u{85}\u{A0}\u{AD}ÿ", "'\\x85\\xa0\\xadÿ'"),
    ("\u{200B}\u{2028}\u{FEFF}\u{E000}", "'\\u200b\\u2028\\ufeff\\ue000'"), ("\u{E0001}", "'\\U000e0001'"),
    ("e\u{301}", "'e\u{301}'"), ("\r\n", "'\\r\\n'"), ("a\u{3000}b c", "'a\\u3000b c'"),
  ])
  func quotesTexts(_ text: String, _ expected: String) { #expect(Value.text(text).debugForm == expected) }

  @Test(arguments: [
    ("hi\n'", "b\"hi\\n'\""), ("", "b''"), ("a\"b'", "b'a\"b\\''"),
    (
      "\\\t\r\u{7F}~ ",
      "b'\\\\\\t\\r\\x7f~ '"
    ), ("é", "b'\\xc3\\xa9'"),
  ])
  func quotesBytes(_ text: String, _ expected: String) { #expect(Value.bytes(Array(text.utf8)).debugForm == expected) }

  @Test func nests() {
    let value = Value.object([
      "a": .list([.integer(-1), .null, .boolean(true), .boolean(false), .number(1e16), .bytes([120])]),
      "it's": .object([:]), "big": .bigInteger("123456789012345678901234567890"), "l": .list([]),
    ])
    #expect(
      value.debugForm
        == "{'a': [-1, None, True, False, 1e+16, b'x'], \"it's\": {}, 'big': 123456789012345678901234567890, 'l': []}")
  }

  @Test func showsInsideText() throws {
    #expect(try Value.null.interpolatedText() == "")
    #expect(try Value.text("a\nb").interpolatedText() == "a\nb")
    #expect(try Value.list([.text("a")]).interpolatedText() == "['a']")
    #expect(Value.null.displayText == "None")
    let stream = Value.stream(ValueStream(.bare) { () throws(RuntimeError) in nil })
    for value in [stream, .list([stream]), .object(["k": stream])] {
      #expect { try value.interpolatedText() } throws: { ($0 as? RuntimeError)?.code == .value }
    }
  }
}
