import ComposeBasic
import ComposeSyntax
import Testing

/// One text with one mistake. The marks `‹` and `›` enclose what must be underlined.
struct Mistake: Sendable, CustomTestStringConvertible {
  let marked: String
  let code: String
  /// The text after the fix; `nil` when there must be none.
  let repaired: String?

  init(_ marked: String, _ code: String = "expression-syntax", repaired: String? = nil) {
    self.marked = marked
    self.code = code
    self.repaired = repaired
  }

  var text: String { String(marked.filter { $0 != "‹" && $0 != "›" }) }

  var underlined: String {
    let behind = marked.drop { $0 != "‹" }.dropFirst()
    return String(behind.prefix { $0 != "›" })
  }

  /// The 0-based byte at which the underline begins.
  var column: Int { marked.prefix { $0 != "‹" }.utf8.count }

  var testDescription: String { text }
}

@Suite struct ExpressionErrors {
  static let structure = [
    Mistake("a ‹${›input.x"),
    Mistake("‹${›input.x | {"),
    Mistake("‹${›input.x @(d e"),
    Mistake("‹${›input.items[0"),
    Mistake("‹${›x | ${y | ${z}}"),
    Mistake("‹${›"),
    Mistake("‹${}›"),
    Mistake("é ‹${ \t}›"),
    Mistake("${‹1x›}"),
    Mistake("${‹\"x\"›}"),
    Mistake("${‹.›x}"),
    Mistake("${‹é›}"),
    Mistake("${‹${›x}}"),
    Mistake("${x | ${‹#›}}"),
    Mistake("${input‹ ›.x}", repaired: "${input.x}"),
    Mistake("${input‹.›}"),
    Mistake("${input.a ‹+› 1}"),
    Mistake("${input.a ‹==› null}"),
    Mistake("${input.a ‹?› 'b' : 'c'}"),
    Mistake("${input.a‹+›b}"),
    Mistake("${input.a‹==›b}"),
    Mistake("${input.a‹??›b}"),
    Mistake("${input‹.upper()›}"),
    Mistake("${input.a‹.replace('b', 1)›.c}"),
    Mistake("${‹length(›input.a}"),
    Mistake("${input.a ‹b›}"),
    Mistake("${input.a‹;›base64}"),
    Mistake("${PORT‹:›-8080}"),
    Mistake("${input.a ‹'b c'›}"),
    Mistake("${u‹\u{200B}›.x}"),
  ]

  static let indexes = [
    Mistake("${input.l[‹-:›]}", "lone-minus"),
    Mistake("${l[‹1:-›] | d}", "lone-minus"),
    Mistake("${input.l[‹a[0].b›].c}"),
    Mistake("${input.l[‹+1›]}"),
    Mistake("${input.l‹[\"a.b\"]›}"),
    Mistake("${input.l[‹${›i}]}"),
    Mistake("${input.l‹[]›.x}", repaired: "${input.l[*].x}"),
    Mistake("${input.l[‹ 0 ›]}", repaired: "${input.l[0]}"),
    Mistake("${input‹[\"k\"]›.x}", repaired: "${input.k.x}"),
    Mistake("${input‹[\"a b\"]›}"),
    Mistake("${top‹[*]›.v}", repaired: "${top.[*].v}"),
    Mistake("${list[0]‹[1]›}", repaired: "${list[0].[1]}"),
    Mistake("${list[0]‹x›}", repaired: "${list[0].x}"),
  ]

  static let casts = [
    Mistake("‹${x as›}"),
    Mistake("‹${x as› | 5}"),
    Mistake("${x ‹AS› text}", repaired: "${x as text}"),
    Mistake("${x as text‹/›}"),
    Mistake("${x as text‹;›}"),
    Mistake("${x as text ‹as› json}"),
    Mistake("${x as audio‹[rate=1]›}"),
    Mistake("${x as audio/pcm‹[›rate=1}"),
    Mistake("${x as audio/pcm[a=1, ‹b c›, d=2]}"),
    Mistake("${x as object/a,‹ ›b}", repaired: "${x as object/a,b}"),
  ]

  static let defaults = [
    Mistake("${x ‹|›}"),
    Mistake("${x ‹|› @(d y)}"),
    Mistake("${x ‹||› 5}", repaired: "${x | 5}"),
    Mistake("${x | ‹\"a b\"›}", "quoted-default", repaired: "${x | a b}"),
    Mistake("${x as text | ‹'${y}'› @(d e)}", "quoted-default", repaired: "${x as text | ${y} @(d e)}"),
    Mistake("${x | ‹\"\"›}", "quoted-default"),
    Mistake("${x | ‹\" a\"›}", "quoted-default"),
    Mistake("${x | ${y | ‹\"a\"›}}", "quoted-default", repaired: "${x | ${y | a}}"),
  ]

  static let annotations = [
    Mistake("${x ‹@(flag)›}"),
    Mistake("${x ‹@()›}"),
    Mistake("${x @(‹d-e› y)}"),
    Mistake("${x ‹@(›d y}"),
    Mistake("${x ‹@(›d with } brace)}"),
    Mistake("${x @(d costs ‹${›y})}"),
    Mistake("${x @(d y) ‹|› 5}", repaired: "${x | 5 @(d y)}"),
    Mistake("${x @(d y) @(e z) ‹as› text | 5 }", repaired: "${x as text | 5 @(d y) @(e z)}"),
    Mistake("${x @(d y) ‹as› json | {}}"),
  ]

  static let paths = [
    Mistake("${input.a‹.›.b}", "path-junk", repaired: "${input.a.b}"),
    Mistake("${input.‹.›a.b.}", "path-junk", repaired: "${input.a.b}"),
    Mistake("${input.a‹?›.b}", "path-junk", repaired: "${input.a.b}"),
    Mistake("${input.a‹/›b}", "path-junk", repaired: "${input.a.b}"),
    Mistake("${input.a‹$›b as text | c}", "path-junk", repaired: "${input.a.b as text | c}"),
    Mistake("${input.‹(›a)}", "path-junk", repaired: "${input.a}"),
    Mistake("${input.‹*›}", "path-junk"),
    Mistake("${input.a.‹*›.b}", "path-junk"),
    Mistake("${input.l‹[›0}", repaired: "${input.l[0]}"),
    Mistake("${input.l‹[›0.x} ${y[0]}", repaired: "${input.l[0].x} ${y[0]}"),
    Mistake("${input.l‹[x]›}", "path-junk"),
    Mistake("${input.l‹[1.5]›}", "path-junk"),
    Mistake("${input.l‹[::2]›}", "path-junk"),
    Mistake("${input.a.‹['k-1']›}", "path-junk", repaired: "${input.a.k-1}"),
    Mistake("${input.l[0]‹x›}", "path-junk", repaired: "${input.l[0].x}"),
  ]

  static let readings = [
    Mistake("${nope‹|›q}", "swallowed-default", repaired: "${nope |q}"),
    Mistake("${x as integer‹|›5}", "swallowed-default", repaired: "${x as integer |5}"),
    Mistake("${x as select/a,b‹|›a}", "swallowed-default", repaired: "${x as select/a,b |a}"),
    Mistake("${x as text;base64‹|›z}", "swallowed-default", repaired: "${x as text;base64 |z}"),
    Mistake("${nope‹|›${input.x}}", "swallowed-default", repaired: "${nope |${input.x}}"),
    Mistake(
      "Hi ${input.s | World}‹! {ok}›", "greedy-default", repaired: "Hi ${input.s | World @(description s)}! {ok}"),
    Mistake("{\"a\": ${input.x | 1}‹}›", "greedy-default", repaired: "{\"a\": ${input.x | 1 @(description x)}}"),
    Mistake("${n | a}‹-${x}}›", "greedy-default", repaired: "${n | a @(description n)}-${x}}"),
    Mistake("${input.x @(d a)}‹ and (b)}›", "greedy-default"),
    Mistake("${n | a}‹\n}›", "greedy-default", repaired: "${n | a @(description n)}\n}"),
    Mistake("${a | ${b | x}‹-{y}›}", "greedy-default", repaired: "${a | ${b | x @(description b)}-{y}}"),
    Mistake("${n | pre‹ ›${s}}", "space-before-nested", repaired: "${n | pre${s}}"),
    Mistake("${a | ${b | x‹ ›${c}}}", "space-before-nested", repaired: "${a | ${b | x${c}}}"),
    Mistake(
      "${n as json | {\"v\":‹ ›${x}, \"w\":  ${y}}}", "space-before-nested",
      repaired: "${n as json | {\"v\":${x}, \"w\":${y}}}"),
    Mistake("${x | d‹ \t›}", "trailing-default-space", repaired: "${x | d}"),
    Mistake("${x | ${y}‹ ›}", "trailing-default-space", repaired: "${x | ${y}}"),
    Mistake("‹\\${›x}", "attempted-escape"),
    Mistake("a ‹$${›x}", "attempted-escape"),
    Mistake("${‹inputas› integer}", "glued-cast", repaired: "${input as integer}"),
    Mistake("${input.‹alias› name}", "glued-cast"),
    Mistake("${x ‹asinteger›}", "glued-cast", repaired: "${x as integer}"),
    Mistake("${x | a‹\n›b}"),
    Mistake("${x @(d a‹\n›b)}"),
    Mistake("${x | a‹@(›b c)}", repaired: "${x | a @(b c)}"),
    Mistake("${x | {\"a ‹@(›b c)\": 1} @(d e)}"),
    Mistake("‹${x as audio/pcm[a={b, c}]}›"),
    Mistake("‹${x as image/png[0]}›"),
  ]

  static let lookalikes = [
    Mistake("a ‹{{ input.x }}› b", "not-an-expression", repaired: "a ${input.x} b"),
    Mistake("‹{{jobs.a.output[0]}}›", "not-an-expression", repaired: "${jobs.a.output[0]}"),
    Mistake("‹{{ input.x | upper }}›", "not-an-expression"),
    Mistake("‹$(input.x)›", "not-an-expression", repaired: "${input.x}"),
    Mistake("‹$ {›input.x as text}", "not-an-expression", repaired: "${input.x as text}"),
  ]

  @Test(arguments: structure + indexes + casts + defaults + annotations + lookalikes + paths + readings)
  func isReported(_ mistake: Mistake) throws {
    let parsed = ParsedTemplate(mistake.text)
    try #require(parsed.diagnostics.count == 1, "\(parsed.diagnostics.map(\.message))")
    let diagnostic = parsed.diagnostics[0]
    #expect(diagnostic.code.id == mistake.code)
    #expect(diagnostic.range.start == mistake.column)
    #expect(parsed.text(of: diagnostic.range) == mistake.underlined)
    #expect(diagnostic.upstream != nil)
    #expect(diagnostic.fixes.isEmpty == (mistake.repaired == nil))
    if let repaired = mistake.repaired {
      #expect(parsed.repaired == repaired)
      #expect(ParsedTemplate(repaired).diagnostics.isEmpty)
    }
  }

  @Test(arguments: [
    "$(env)", "$(env | grep x)", "$(context)", "{{ user }}", "{{#each input.x}}", "{{ input + 1 }}", "$ {x}", "$ {}",
    "{ input }", "$", "$$", "{{", "cost: $5 {input.x}", "{{ inputs.x }}", "${x | {{ input.x }}}", "@(x)", "a || b",
    "${x@(d y)}", "${x.y@(d y)}", "${x as text/b;c@(d y) @(e z)}", "${x @(d \\${y})}", "${x | a\n}", "${x | ${y} z}",
    "${x | a-${y}}", "${x | \\${y}}", "${a | b} ${c | d} {", "${a | b}\n{c}",
    "${a | b @(c d)}! {e}", "$<input.x | {>", "$<input.x", "$<input and > b", "$<nope.x>", "$ ${a}", "${x | }",
    "${x as text/choices[0].delta.content;sse-json}", "${a.b|c}", "${x as audio/pcm[a=${b | c}]}",
    "${x as audio/pcm[rate]}", "${x as audio/pcm[a=1, b, c=2]}", "${x as audio/pcm[]}", "${a:b.c}", "${a @(b  )}",
    "${x as json | \"a\"}", "${x | \"a\" or \"b\"}", "${x | 'it''s'}", "${x | \"}",
  ])
  func isSilent(_ text: String) { #expect(ParsedTemplate(text).diagnostics.isEmpty) }

  @Test func reportsEachMistakeOfAText() {
    let parsed = ParsedTemplate("${a b} ${ok} ${c[x]} ${d | ${e f} ${g h}}")
    #expect(parsed.diagnostics.map { Int($0.range.start) } == [4, 17, 31, 38])
    #expect(parsed.template.expressions.map(\.root.value) == ["ok", "d"])
  }

  @Test func namesOnlyTheOutermostOpenExpression() {
    let parsed = ParsedTemplate("${a b ${c} ${d | ${e")
    #expect(parsed.diagnostics.map { Int($0.range.start) } == [0])
  }

  @Test func keepsAMalformedExpressionAsText() {
    #expect(ParsedTemplate("a ${b c} d").template.constant == "a ${b c} d")
    #expect(ParsedTemplate("${b | x ${} y}").template.wholeExpression?.fallback?.constant == "x ${} y")
  }
}
