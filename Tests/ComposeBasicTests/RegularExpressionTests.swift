import ComposeBasic
import Testing

/// The syntax and meaning of Python's module `re`, as the Python Library Reference describes them.
@Suite struct RegularExpressionTests {
  /// A pattern, what begins with a match, and what does not.
  private static let rows: [(pattern: String, matches: [String], others: [String])] = [
    ("h.l", ["hello", "hall"], ["ohello", "h\nl", "hl"]),
    ("", ["", "x"], []),
    ("a|bc", ["a", "bcd"], ["b", "ca"]),
    ("a.c", ["a\rc", "a\u{2028}c"], ["a\nc"]),
    ("(?s)a.c", ["a\nc"], []),
    ("abc$", ["abc", "abc\n"], ["abcd", "abc\n\n", "abc\r"]),
    (#"abc\Z"#, ["abc"], ["abc\n"]),
    ("(?m)a$.b", [], ["a\nb"]),
    ("(?ms)a$.^b", ["a\nb"], ["a\rb"]),
    (#"\d+\D"#, ["1a", "٣x"], ["a1", "12", "²x"]),
    (#"\w+-"#, ["é_1-", "½-"], ["e\u{301}-", "-"]),
    (#"(?a)\w"#, ["_"], ["é"]),
    (#"\s\S"#, [" a", "\u{1C}a", "\u{3000}a"], ["\u{200B}a", "  "]),
    (#"a\b"#, ["a", "a-"], ["ab"]),
    (#"a\B"#, ["ab"], ["a"]),
    ("[]a]", ["]", "a"], ["b"]),
    ("[^]a]", ["b"], ["]", "a", ""]),
    (#"[\d\-x-z_]"#, ["5", "-", "y", "_"], ["w"]),
    ("[a&&b][[]", ["&["], ["a&"]),
    ("a{2}b", ["aab"], ["ab", "aaab"]),
    ("a{,2}b", ["b", "aab"], ["aaab"]),
    ("a{1,}b", ["ab", "aaab"], ["b"]),
    ("x{a}{", ["x{a}{"], ["x"]),
    ("a*?b", ["b", "aab"], ["c"]),
    ("(a|ab)(c|bcd)$", ["abcd", "abc"], ["ab"]),
    (#"(a)\1"#, ["aa"], ["ab"]),
    (#"(?P<q>['"]).*?(?P=q)"#, ["'a'", "\"a\""], ["'a\""]),
    (#"(a)?(?(1)b|c)"#, ["ab", "c"], ["b"]),
    ("a(?=b)", ["ab"], ["a"]),
    ("a(?!b)", ["ac", "a"], ["ab"]),
    ("ab(?<=b)(?<!a)", ["ab"], []),
    ("(?>a*)a", [], ["aaa"]),
    ("a*+a", [], ["aaa"]),
    ("(?:ab)++c", ["ababc"], ["abab"]),
    ("(?i)straße", ["STRAßE", "straſe".replacing("ſ", with: "ß")], ["strasse"]),
    ("(?i)é[a-c]", ["ÉB"], ["Éd"]),
    ("(?i:a)b", ["Ab"], ["AB"]),
    ("(?i)(?-i:a)b", ["aB"], ["Ab"]),
    ("(?x) a b # c\n d", ["abd"], ["a b"]),
    (#"\x41\u00e9\U0001F600\n\0\101"#, ["Aé\u{1F600}\n\0A"], []),
    ("a(?#no)b", ["ab"], []),
    ("(a*)*b", ["aab", "b"], ["aac"]),
    ("(?:)*x", ["x"], ["y"]),
    ("(a|b)*?c", ["abc"], ["abd"]),
    (#"🇩🇪\Z"#, ["🇩🇪"], []),
    ("e", ["e\u{301}"], []),
    ("\r\n", ["\r\n"], []),
  ]

  @Test func matchesAtTheBeginning() throws {
    for row in Self.rows {
      let expression = try RegularExpression(row.pattern)
      for text in row.matches {
        #expect(try expression.matchesPrefix(of: text), "\(row.pattern.debugDescription) \(text.debugDescription)")
      }
      for text in row.others {
        #expect(try !expression.matchesPrefix(of: text), "\(row.pattern.debugDescription) \(text.debugDescription)")
      }
    }
  }

  @Test(arguments: [
    "(", ")", "a)", "[", "[]", "[a", "*", "a**", "a+*", "^*", #"\b+"#, "|*", "(?P<a>x)(?P<a>y)", "(?P<1>x)", "(?P=a)",
    #"\1"#, #"(\1)"#, #"(?(1)a)"#, "(a)(?(1)b|c|d)", "(?<=a+)b", "a{2,1}", "[z-a]", #"[\d-z]"#, #"\z"#, #"\p{L}"#,
    #"\Q"#,
    #"\x4"#, #"\ud800"#, #"\N{DASH}"#, #"\400"#, "\\", "(?L)a", "(?z)a", "a(?i)b", "(?P>a)", "(?au)x", "(?i-i:a)",
    "(?<a>x)", "(?#", "{2}", "(?:(?:a{200}){200}){200}",
  ])
  func refuses(_ pattern: String) {
    #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
  }

  @Test func doesNotSearchForEver() throws {
    let expression = try RegularExpression("(a+)+$")
    #expect(try expression.matchesPrefix(of: String(repeating: "a", count: 40)))
    #expect(throws: RegularExpressionError.self) {
      try expression.matchesPrefix(of: String(repeating: "a", count: 40) + "b")
    }
  }

  /// The search has no recursion over the text, and a thread's stack is small.
  @Test func longTextsAreNoDeepRecursion() throws {
    let text = String(repeating: "ab", count: 50_000)
    #expect(try RegularExpression("(?:a|b)*$").matchesPrefix(of: text))
    #expect(try RegularExpression(".*b").matchesPrefix(of: text))
    #expect(throws: RegularExpressionError.self) {
      try RegularExpression(String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000))
    }
  }
}
