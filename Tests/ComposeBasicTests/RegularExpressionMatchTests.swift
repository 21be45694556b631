import ComposeBasic
import Testing

/// All matches of a pattern in a text, as `re.finditer` of Python finds them.
@Suite struct RegularExpressionMatchTests {
  private static let rows: [(pattern: String, text: String, matches: [String])] = [
    ("x*", "axxb", ["", "xx", "", ""]),
    ("a|ab", "abab", ["a", "a"]),
    (#"\b|:+"#, "a::b", ["", "", "::", "", ""]),
    ("", "ab", ["", "", ""]),
    (#"\w+"#, "é1 _x", ["é1", "_x"]),
    ("(?m)^.", "ab\ncd", ["a", "c"]),
    ("a+?", "aaa", ["a", "a", "a"]),
    ("(?=(a))", "aa", ["", ""]),
    ("q", "abc", []),
  ]

  @Test(arguments: rows) func all(_ row: (pattern: String, text: String, matches: [String])) throws {
    var found: [String] = []
    try RegularExpression(row.pattern).forEachMatch(in: row.text) { found.append($0.text) }
    #expect(found == row.matches)
    #expect(try RegularExpression(row.pattern).occurs(in: row.text) != found.isEmpty)
  }

  @Test func groups() throws {
    let pattern = try RegularExpression("(?P<b>b)|(a)(?P<c>c)?", options: .ignoresCase)
    #expect(pattern.groupCount == 3)
    #expect(pattern.groupNames.map(\.name) == ["b", "c"])
    #expect(pattern.groupNames.map(\.group) == [1, 3])
    var groups: [[String?]] = []
    // What a group had in one match is not left over for the next.
    try pattern.forEachMatch(in: "ACab") { groups.append($0.groups) }
    #expect(groups == [[nil, "A", "C"], [nil, "a", nil], ["b", nil, nil]])
  }

  @Test func options() throws {
    var found: [String] = []
    try RegularExpression("^a.", options: [.multiline, .dotIsAny]).forEachMatch(in: "a\na\n") { found.append($0.text) }
    #expect(found == ["a\n", "a\n"])
  }

  /// Exponential time is given up; a long text with a simple pattern is not.
  @Test func steps() throws {
    let text = String(repeating: "a", count: 40) + "b"
    #expect(throws: RegularExpressionError.self) { try RegularExpression("(a*)*c").forEachMatch(in: text) { _ in } }
    var count = 0
    let long = String(repeating: "word 12 ", count: 20_000)
    try RegularExpression(#"\d+"#).forEachMatch(in: long) { _ in count += 1 }
    #expect(count == 20_000)
  }
}
