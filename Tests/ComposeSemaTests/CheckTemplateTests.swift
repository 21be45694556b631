import ComposeBasic
import ComposeSema
import ComposeSyntax
import Testing

/// One template by itself, against the kinds of the values at hand.
@Suite struct CheckTemplateTests {
  private static let row = Type.object(ObjectType([.init("id", .integer), .init("name", .text)], rest: nil))
  private static let rows = Type.list(row)

  private static let roots: [String: Type] = [
    "text": .text, "integer": .integer, "number": .number, "flag": .boolean, "bytes": .bytes, "nothing": .any,
    "list": .someList, "object": .someObject, "rows": rows, "texts": .list(.text), "image": .media("image"),
    "stream": .stream(.any, fragmented: true), "words": .stream(.union([.text, .null]), fragmented: true),
    "events": .stream(row, fragmented: false), "encoded": .encoded(.text), "chunk[]": .text,
    "maybe": .union([rows, .null]),
  ]

  @Test(arguments: [
    // Paths that find nothing are data, not mistakes.
    ("${object.a.b}", "any"), ("${text.a}", "any"), ("${stream.text}", "any"), ("${unknown.a}", "any"),
    ("${rows[0].name}", "text"), ("${text[0]}", "text"), ("${text[0:2].a}", "any"), ("${chunk[]}", "text"),
    // Conversions keep what they do not change.
    ("${rows as json}", "list<object{id: integer, name: text}>"), ("${text as json}", "any"),
    ("${rows as list}", "list<object{id: integer, name: text}>"), ("${list as list}", "list<any>"),
    ("${rows as any}", "list<object{id: integer, name: text}>"), ("${integer as none}", "integer"),
    ("${rows as select/a,b}", "list<object{id: integer, name: text}>"), ("${text as select/a,b}", "\"a\" | \"b\""),
    ("${object as object}", "object"), ("${rows as object[]/id}", "list<object{id: any}>"),
    ("${words as text}", "text"), ("${encoded as string}", "text"), ("${stream as text}", "text"),
    ("${words as integer[]}", "stream<integer, items>"), ("${words as image}", "stream<text | null, fragmented>"),
    ("${bytes as file}", "file"), ("${text as image;base64}", "image"), ("${integer as stream/json}", "encoded<json>"),
    ("${object.a as integer | 5}", "integer"), ("${object.a | 5 items}", "any"),
    ("${maybe | none}", "list<object{id: integer, name: text}> | text"),
    // Texts.
    ("a${object.a}", "text"), ("${text}${integer}", "text"), ("${integer}${integer}", "text"),
    ("${object.a}${object.b}", "any"),
    // Lists.
    ("[1, a, \"...${texts}\"]", "list<integer | text>"), ("[\"...${rows}\"]", "list<object{id: integer, name: text}>"),
    ("[\"...${object.a}\"]", "list<any>"), ("[]", "list<any>"),
    // Objects.
    ("{a: 1, \"...\": {a: x, b: true}}", "object{a: text, b: boolean}"),
    ("{\"...\": {a: x}, a: 1}", "object{a: integer}"), ("{a: 1, \"...\": \"${object}\"}", "object{a: any, …}"),
    ("{a: 1, \"?\": {input: \"${flag}\", value: true, if_true: {b: 1}}}", "object{a: integer, b: null | integer}"),
    // Maps.
    ("{\"*\": \"${rows}\", n: \"${item.name}\", i: \"${index}\"}", "list<object{n: text, i: integer}>"),
    ("{\"*\": \"${rows}\"}", "list<object{id: integer, name: text}>"),
    (
      "{\"*\": {input: \"${maybe}\", where: {input: \"${item.id}\", value: 1}}}",
      "list<object{id: integer, name: text}>"
    ),
    ("{\"*\": \"${words}\", n: \"${item}\"}", "stream<object{n: text}, fragmented>"),
    ("{\"*\": \"${events}\", n: \"${item.name}\"}", "stream<object{n: text}, items>"),
    ("{\"*\": \"${object.a}\", n: \"${item}\"}", "any"), ("{\"*\": null, n: 1}", "list<object{n: integer}>"),
    ("{\"*\": \"${rows}\", \"...\": \"${item}\", id: \"${item.id as text}\"}", "list<object{id: text, name: text}>"),
    ("{\"*\": \"${image}\", n: \"${item}\"}", "stream<object{n: bytes}, items>"),
    // Inside a map its item and index hide others of that name.
    ("{\"*\": \"${rows}\", n: {\"*\": \"${texts}\", t: \"${item}\"}}", "list<object{n: list<object{t: text}>}>"),
    // Conditions.
    ("{\"?\": {input: \"${integer}\", value: 1, if_true: a, if_false: 2}}", "text | integer"),
    ("{\"?\": [{input: \"${integer}\", value: 1, if_true: a}, {if_true: 2}]}", "text | integer | null"),
    // Joins.
    ("{\"+\": [a, \"${text}\"]}", "text"),
    ("{\"+\": [\"${rows}\", \"${texts}\"]}", "list<object{id: integer, name: text} | text>"),
    ("{\"+\": [{a: 1}, {b: x}]}", "object{a: integer, b: text}"), ("{\"+\": [\"${object.a}\", x]}", "any"),
    ("{\"+\": [head, \"${words}\", \"${texts}\"]}", "stream<text, fragmented>"), ("{\"+\": []}", "null"),
    ("{\"+\": null}", "null"), ("{\"+\": \"${texts}\"}", "any"),
    // Zips and splits.
    ("{\"&\": {a: \"${rows}\", b: \"${text}\"}}", "list<object{a: object{id: integer, name: text}, b: text}>"),
    ("{\"&\": {a: \"${texts}\", b: \"${words}\"}}", "stream<object{a: text, b: text}, fragmented>"),
    ("{\"&\": {a: \"${object.a}\"}}", "any"), ("{\"&\": null}", "null"),
    (
      "{\"|\": \"${rows}\", ids: \"${item.id}\", \"...\": \"${index}\"}",
      "object{ids: list<integer>, ...: list<integer>}"
    ),
    ("{\"|\": \"${words}\", a: \"${item}\"}", "object{a: stream<text, fragmented>}"),
  ])
  func types(_ template: String, _ type: String) throws {
    var diagnostics = Diagnostics()
    #expect(try check(template, into: &diagnostics).description == type)
    #expect(diagnostics.all.filter { $0.severity != .note }.map(\.message) == [])
  }

  @Test(arguments: [
    ("${stream as integer}", "impossible-cast"), ("${events as text}", "impossible-cast"),
    ("${image as boolean}", "impossible-cast"), ("${flag as base64}", "impossible-cast"),
    ("${bytes as image}", "impossible-cast"), ("${text as audio}", "impossible-cast"),
    ("${text as integer[]}", "impossible-cast"), ("${events as base64}", "impossible-cast"),
    ("${events as integer[]}", "impossible-cast"), ("x ${image}", "impossible-cast"), ("x ${stream}", "stream-misuse"),
    ("${object as markdown}", "debug-form"), ("x ${bytes}", "debug-form"), ("x ${flag}", "debug-form"),
    ("${integer}${object.a}", "ambiguous-concatenation"), ("${bytes as text;base64}", "ignored-format"),
    ("${object.a as integer | 1__0}", "invalid-default"), ("${object.a as integer | _1}", "invalid-default"),
    ("${object.a as integer | 5.0}", "invalid-default"), ("${object.a as number | 1e}", "invalid-default"),
    ("${object.a as number | 0x10}", "invalid-default"), ("${object.a as boolean | yes}", "invalid-default"),
    ("${object.a as slider/0,1 | -1}", "invalid-default"), ("${object.a as select/a,b | c}", "invalid-default"),
    ("{\"?\": {input: \"${text}\", operator: gt, value: 1}}", "impossible-comparison"),
    ("{\"?\": {input: \"${object}\", operator: lt, value: \"${object}\"}}", "impossible-comparison"),
    ("{\"?\": {operator: match, input: \"${text}\", value: \"[\"}}", "invalid-pattern"),
    ("{\"+\": \"${text}\"}", "invalid-operator"), ("{\"|\": \"${text}\", a: 1}", "invalid-operator"),
    ("{\"&\": \"${list}\"}", "invalid-operator"), ("{\"*\": \"${integer}\", a: 1}", "invalid-operator"),
  ])
  func findings(_ template: String, _ code: String) throws {
    var diagnostics = Diagnostics()
    _ = try check(template, into: &diagnostics)
    #expect(diagnostics.all.map(\.code.id) == [code])
  }

  /// Texts that the reference reads as numbers are no findings.
  @Test(arguments: [
    "integer | 007", "integer | +5", "integer | 1_000", "integer |  5 ", "integer | ٤٢", "number | .5", "number | 5.",
    "number | 1e3", "number | -Infinity", "number | NaN", "number | 1_0.0_1", "number | 1e400", "json | null",
    "list | [1, NaN]", "object | {\"a\": []}", "boolean | TRUE", "boolean | 0", "select/a,b | b",
    "slider/0,1,0.1 | 0.5",
  ])
  func defaults(_ conversion: String) throws {
    var diagnostics = Diagnostics()
    var template = Diagnostics()
    let text = parseTemplateText("${object.a as \(conversion)}", file: SourceFile.ID(index: 0), into: &template)
    _ = ComposeSema.check(Template(.text(text), at: text.range), roots: Self.roots, into: &diagnostics)
    #expect((template.all + diagnostics.all).map(\.message) == [])
  }

  private func check(_ text: String, into diagnostics: inout Diagnostics) throws -> Type {
    var sources = SourceSet()
    let source = sources.add(path: "template.yml", bytes: Array(text.utf8))
    var syntax = Diagnostics()
    let node = try #require(parseYAML(source, environment: Environment(), into: &syntax).root)
    let template = parseTemplate(node, into: &syntax)
    #expect(syntax.all.map(\.message) == [])
    return ComposeSema.check(template, roots: Self.roots, into: &diagnostics)
  }
}
