import ComposeRuntime
import Testing

/// `"?"` (language specification, section 9).
@Suite struct ConditionTests {
  private static let roots = #"{"a": 5, "s": "hello", "n": null, "o": {"k": 1}}"#

  @Test(arguments: [
    OperatorRow(#"{"?": {input: "${a}", value: 5, if_true: "yes ${s}", if_false: no}}"#, #""yes hello""#),
    OperatorRow(#"{"?": {input: "${a}", value: 6, if_true: 1, if_false: "${o}"}}"#, #"{"k": 1}"#),
    OperatorRow(#"{"?": {input: "${a}", value: 6, if_true: 1}}"#, "null"),
    OperatorRow(#"{"?": {input: "${a}", value: 5}}"#, "null"),
    OperatorRow(#"{k: {"?": {input: 1, value: 2, if_true: 3}}}"#, #"{"k": null}"#),
    // An `if_false` ends the search, null too.
    OperatorRow(#"{"?": [{input: 1, value: 2, if_false: null}, {input: 1, value: 1, if_true: x}]}"#, "null"),
    OperatorRow(#"{"?": [{input: 1, value: 2, if_true: x}, {input: 1, value: 1, if_true: y}]}"#, #""y""#),
    OperatorRow(#"{"?": []}"#, "null"),
    OperatorRow(#"{"?": {if_true: t}}"#, #""t""#),
    OperatorRow(#"{"?": {input: "${n}", value: null, if_true: t}}"#, #""t""#),
    OperatorRow(#"{"?": {input: "${a}", value: "5", if_true: t, if_false: f}}"#, #""f""#),
    // `all` means nothing here.
    OperatorRow(#"{"?": {all: [{input: 1, value: 2}], if_true: t, if_false: f}}"#, #""t""#),
    // The branch that is not taken is not rendered, and conditions behind the one that decides are not reached.
    OperatorRow(#"{"?": {input: 1, value: 1, if_true: t, if_false: "${s as integer}"}}"#, #""t""#),
    OperatorRow(#"{"?": [{input: 1, value: 1, if_true: t}, x]}"#, #""t""#),
    OperatorRow(#"{"?": null}"#, fails: .wrongKind),
    OperatorRow(#"{"?": "${o}"}"#, fails: .wrongKind),
    OperatorRow(#"{"?": [{input: 1, value: 2}, x]}"#, fails: .wrongKind),
    OperatorRow(#"{"?": {operator: null, if_true: t}}"#, fails: .wrongValue),
    OperatorRow(#"{"?": {operator: "${op}", if_true: t}}"#, fails: .wrongValue),
    OperatorRow(#"{"?": {operator: EQ}}"#, fails: .wrongValue),
    OperatorRow(#"{"?": {operator: [eq]}}"#, fails: .wrongValue),
    OperatorRow(#"{"?": {input: "${s as integer}", value: 1}}"#, fails: .wrongValue),
  ])
  func asAValue(_ row: OperatorRow) async { await row.check(scope(Self.roots)) }

  @Test(arguments: [
    OperatorRow(#"{x: 1, "?": {input: 1, value: 1, if_true: {y: "${s}", x: 2}}}"#, #"{"x": 2, "y": "hello"}"#),
    OperatorRow(#"{"?": {input: 1, value: 1, if_true: {x: 2}}, x: 1}"#, #"{"x": 1}"#),
    OperatorRow(#"{x: 1, "?": {input: 1, value: 2, if_true: {y: 2}}}"#, #"{"x": 1}"#),
    OperatorRow(#"{x: 1, "?": {input: 1, value: 1, if_true: null}}"#, #"{"x": 1}"#),
    OperatorRow(#"{x: 1, "?": {input: 1, value: 1, if_true: text}}"#, fails: .wrongKind),
    OperatorRow(#"{x: 1, "?": 3}"#, fails: .wrongKind),
  ])
  func besideOtherKeys(_ row: OperatorRow) async { await row.check(scope(Self.roots)) }

  // MARK: Comparisons

  /// `input operator value`, which is true, false or fails; the rules are Python's.
  @Test(arguments: [
    "1 eq 1.0: true", "1 eq true: true", "'1' eq 1: false", "null eq null: true", "[1, {a: 2}] eq [1.0, {a: 2}]: true",
    "1 neq 1: false", "null neq 0: true",
    "2 gt 1.5: true", "true gt false: true", "9007199254740993 gt 9007199254740992.0: true",
    "9223372036854775808 gt 9223372036854775807: true", "-9223372036854775809 lt -9223372036854775808: true",
    "100000000000000000000 gt 99999999999999999999: true", "100000000000000000000 lt 1.0e+300: true",
    "-100000000000000000001 lt -100000000000000000000: true", "1 lt .inf: true", ".nan lt 1: false",
    ".nan gte 1: false", "-.inf lt -9223372036854775809: true", "0.5 gt 0: true", "-0.5 lt 0: true",
    "'10' gt '9': false", "'é' gt 'z': true", "'ab' gt 'a': true", "'\u{FFFD}' lt '\u{1F600}': true",
    "[1, 2] lt [1, 3]: true", "[1] lt [1, 0]: true", "[2] gt [1, 5]: true", "[] gte []: true", "[a, 1] lt [b, x]: true",
    "[1, a] lt [1, 2]: !", "'2' gt 1: !", "null gt 1: !", "null lt null: !", "{} lt {}: !", "1 gte null: !",
    "a in [a, b]: true", "1 in [true]: true", "a in [b]: false", "ell in hello: true", "'' in hello: true",
    "k in {k: 1}: true", "1 in {k: 1}: false", "[k] in {k: 1}: !", "1 in hello: !", "1 in null: !", "1 in 5: !",
    "a not-in [b]: true", "a not-in [a]: false", "1 not-in null: !",
    "hello starts-with he: true", "hello starts-with el: false", "5 starts-with '5': !", "'5' starts-with 5: !",
    "null starts-with x: !", "hello ends-with llo: true", "hello ends-with '': true", "lo ends-with hello: false",
    "[1] ends-with 1: !",
    "hello match 'h.l': true", "hello match ell: false", "hello match 'hell$': false", "hello match '(?i)HE': true",
    "hello match '(?P<x>l)|h(?P<y>e)': true", "5 match '5': !", "x match null: !",
  ])
  func comparison(_ row: String) async throws {
    let colon = try #require(row.lastIndex(of: ":"))
    let operators = [
      " eq ", " neq ", " gt ", " gte ", " lt ", " lte ", " in ", " not-in ", " starts-with ", " ends-with ", " match ",
    ]
    let (name, place) = try #require(
      operators.compactMap { name in row.firstRange(of: name).map { (name, $0) } }.first)
    let (input, value) = (row[..<place.lowerBound], row[place.upperBound..<colon])
    let template = "{'?': {input: \(input), operator: \(name), value: \(value), if_true: true, if_false: false}}"
    let result = row[row.index(colon, offsetBy: 2)...]
    let expected =
      result == "!" ? OperatorRow(template, fails: .wrongKind) : OperatorRow(template, String(result))
    await expected.check(Scope())
  }

  @Test(arguments: ["(", "[b-a]", "a**", "(?P<x>a)(?P<x>b)", "\\z", "(?<=a*)b"])
  func badPatternsFail(_ pattern: String) async {
    let row = OperatorRow("{'?': {operator: match, input: text, value: '\(pattern)'}}", fails: .wrongValue)
    await row.check(Scope())
  }
}
