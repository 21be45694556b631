import ComposeSyntax
import Testing

/// The expectations are what PyYAML's `safe_load` gives for the same text.
@Suite struct YAMLResolverTests {
  @Test(arguments: [
    ("~", "null"), ("null", "null"), ("Null", "null"), ("NULL", "null"), ("nULL", "text"), ("", "null"),
    ("yes", "boolean true"), ("No", "boolean false"), ("ON", "boolean true"), ("off", "boolean false"),
    ("True", "boolean true"), ("y", "text"), ("n", "text"), ("yEs", "text"), ("trueish", "text"),
    ("0", "integer 0"), ("-0", "integer 0"), ("+5", "integer 5"), ("42", "integer 42"), ("1_000", "integer 1000"),
    ("010", "integer 8"), ("-010", "integer -8"), ("08080", "text"), ("08", "text"), ("0o10", "text"),
    ("0b101", "integer 5"), ("0b12", "text"), ("0x1F", "integer 31"), ("0xFF_FF", "integer 65535"), ("0x", "text"),
    ("0_", "integer 0"), ("0b_", "text"),
    ("22:22", "integer 1342"), ("-1:30", "integer -90"), ("1:60", "text"), ("1:300", "text"), ("0:30", "text"),
    ("190:20:30", "integer 685230"),
    ("9223372036854775807", "integer 9223372036854775807"),
    ("-9223372036854775808", "integer -9223372036854775808"),
    ("9223372036854775808", "bigInteger 9223372036854775808"),
    ("-123456789012345678901234567890", "bigInteger -123456789012345678901234567890"),
    ("0xFFFFFFFFFFFFFFFFFFFF", "bigInteger 1208925819614629174706175"),
    ("1.5", "number 1.5"), ("-1.5", "number -1.5"), ("1.", "number 1.0"), (".5", "number 0.5"), ("-.5", "text"),
    ("1.10", "number 1.1"), ("1_0.2_5", "number 10.25"), ("1e3", "text"), ("1.5e3", "text"),
    ("1.5e+3", "number 1500.0"), ("1.e+2", "number 100.0"), (".5E-1", "number 0.05"), ("1.5e+", "text"),
    ("._5", "text"), (".", "text"), ("..", "text"), ("1.2.3", "text"),
    (".inf", "number inf"), ("-.INF", "number -inf"), ("+.Inf", "number inf"), (".NaN", "number nan"),
    (".nan", "number nan"), ("-.nan", "text"), ("inf", "text"),
    ("1:30.5", "number 90.5"), ("190:20:30.15", "number 685230.15"), ("1:60.5", "text"),
    ("2001-12-14", "timestamp"), ("2001-1-4", "text"), ("2001-12-14t21:59:43.10-05:00", "timestamp"),
    ("2001-12-14 21:59:43.10 -5", "timestamp"), ("2001-12-15 2:59:43", "timestamp"),
    ("2001-1-4T2:59:43Z", "timestamp"), ("2001-12-14T21:59", "text"), ("2001-12-14x", "text"),
    ("127.0.0.1", "text"), ("+", "text"), ("-x", "text"), ("=", "text"), ("1a", "text"), ("_1", "text"),
  ])
  func resolves(_ text: String, _ expected: String) {
    let node = ParsedYAML("key: \(text)\n")["key"]
    #expect(node?.scalar.map { describe($0.value) } == expected)
  }

  @Test(arguments: [
    ("'5'", "text"), ("\"yes\"", "text"), ("!!str 5", "text"), ("! 5", "text"), ("!!int \"5\"", "integer 5"),
    ("!!float 5", "number 5.0"), ("!!bool 'yes'", "boolean true"), ("!!null x", "null"), ("!!str", "text"),
  ])
  func quotesAndTags(_ text: String, _ expected: String) {
    let parsed = ParsedYAML("key: \(text)\n")
    #expect(parsed["key"]?.scalar.map { describe($0.value) } == expected)
    #expect(parsed.findings.isEmpty)
  }

  @Test func aLongNumberStaysText() {
    let digits = String(repeating: "9", count: 5000)
    #expect(ParsedYAML("key: \(digits)")["key"]?.scalar?.value == .text(digits))
  }
}
