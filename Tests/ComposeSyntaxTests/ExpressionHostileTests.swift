import ComposeBasic
import ComposeSyntax
import ComposeTestSupport
import Testing

/// Long texts on which a parser that reads anything twice would not end.
@Suite(.serialized, .timeLimit(.minutes(15))) struct ExpressionHostileInputs {
  static let repeated: [(String, String, String)] = [
    ("", "\\$", ""), ("${a | ", "\\$", ""), ("${a | ", "\\$", "}"), ("", "${", ""), ("", "${a", ""), ("", "${a b ", ""),
    ("", "${}", ""), ("", "}", ""), ("${a | ", "{", ""), ("${a | ", "{}", "}"), ("${a", "[0]", "}"),
    ("${a.b", "[0]", "}"),
    ("${a.b", "[", "}"), ("${a.b", "[", ""), ("${a.b", "[x]", ""), ("${a", ".b", "}"), ("${a", ".", "}"),
    ("${a", " ", ""),
    ("${a | x", " ", "y}"), ("${a | ", " ", "}"), ("${a | x", " @", "}"), ("${a @(b ", ")", "}"),
    ("${a @(b ", " )", ""),
    ("${a @(b ", "(", ""), ("${a", " @(b c)", "}"), ("${a @(b ", "${c} ", ")}"), ("${a as object/", "a, ", "b}"),
    ("${a as b/c", "[0]", "}"), ("${a as b/c", "[", "}"), ("${a as b/c[", "d=e,", "f=g]}"),
    ("${a as b/c[d=", " ", "]}"),
    ("${a @(b c)", " |", ""), ("", "${a @(b c) | d ", ""), ("${", "\"", ""), ("", "${\"", ""), ("", "{{ input", ""),
    ("", "$ ", ""), ("", "{{ input | ", ""), ("", "$(input.", ""), ("", "${a | \"b\"}", ""), ("${", "é", "}"),
    ("${a.", "é", "}"),
    ("", "$<", ""), ("", "$<input ", ""), ("", "$<input | ", ""), ("", "$<input | ", ">"), ("", "$<input.x | b> ", ""),
    ("", "$<input | ", "!>!>!>"), ("", "${a|", ""), ("", "${a|", "}"), ("", "${a | b}-", ""), ("", "${a | b} ", "}"),
    ("", "@(", ""), ("${a @(b ", "@(", "}"), ("${a.", "[", "]}"), ("${a.", "[\"", "}"), ("${a | b", " @(c", ")}"),
    ("${a as b[", "[", "}"), ("${a as b/c[", "${", "}]}"), ("", "${a as", " b}"), ("${a", "as", " b}"),
    ("${a | ", "\\}", "}"), ("", "${a.b/c | d }", ""),
    ("", "${a as b/c[d=", ""), ("", "${a | ${b c ", ""), ("", "${a[", ""), ("", "${a(", ""), ("", "${a @(", ""),
  ]

  @Test(arguments: repeated)
  func isLinear(start: String, unit: String, end: String) async {
    // A megabyte for the texts on which backtracking is exponential, a hundred thousand brackets, and for the others
    // enough to tell a parser that reads twice.
    let size = ["\\$", "${"].contains(unit) ? 1_000_000 : unit == "[" ? 100_000 : 50_000
    let count = size / unit.utf8.count
    let parsed = await computed { ParsedTemplate(start + String(repeating: unit, count: count) + end) }
    #expect(parsed.template.range.end == parsed.text.utf8.count)
    #expect(parsed.diagnostics.count <= 42)
  }

  @Test func nestsSixtyFourLevels() {
    let parsed = ParsedTemplate(nested("${a | ", "}", 64))
    #expect(parsed.diagnostics.isEmpty)
    #expect(parsed.template.expressions.count == 64)
  }

  @Test(arguments: [("${a | ", "}"), ("${a as b/c[d=", "]}"), ("${a | x{", "}}"), ("${a as b/c[d=${e | ", "}]}")])
  func refusesDeeperNesting(open: String, close: String) {
    for depth in [66, 100_000] {
      let parsed = ParsedTemplate(nested(open, close, depth))
      #expect(parsed.diagnostics.count == 1)
      #expect(parsed.diagnostics.first?.code == .expressionSyntax)
      #expect(tilingFault(parsed.template) == nil)
    }
  }

  @Test func survivesDeepNestingThatIsNeverClosed() {
    let parsed = ParsedTemplate(String(repeating: "${a | ", count: 100_000))
    #expect(parsed.diagnostics.map { Int($0.range.start) }.contains(0))
    #expect(parsed.template.expressions.isEmpty)
  }

  private func nested(_ open: String, _ close: String, _ depth: Int) -> String {
    String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
  }
}
