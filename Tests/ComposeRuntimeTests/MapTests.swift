import ComposeBasic
import ComposeRuntime
import Testing

/// `"*"` and `where` (language specification, section 9).
@Suite struct MapTests {
  private static let roots = #"""
    {"rows": [{"t": "x", "v": 1, "sub": [7, 8]}, {"t": "y", "v": 2}, {"t": "x", "v": 3}], "l": [3, 4], "s": "text",
     "mix": [1, null, "x"], "deep": [[1, 2], [3]], "item": "outer", "index": "none"}
    """#

  @Test(arguments: [
    OperatorRow(#"{"*": "${l}", x: "${item}", i: "${index}"}"#, #"[{"x": 3, "i": 0}, {"x": 4, "i": 1}]"#),
    OperatorRow(
      #"{"*": "${rows}", "...": "${item}", v: 0, sub: 1}"#,
      #"""
      [{"t": "x", "v": 0, "sub": 1}, {"t": "y", "v": 0, "sub": 1}, {"t": "x", "v": 0, "sub": 1}]
      """#),
    OperatorRow(#"{"*": "${missing}", x: 1}"#, "[]"),
    OperatorRow(#"{"*": null}"#, "[]"),
    OperatorRow(#"{"*": "${l}"}"#, "[3, 4]"),
    OperatorRow(#"{"*": ["${s}", "...${l}"], x: "${item}"}"#, #"[{"x": "text"}, {"x": 3}, {"x": 4}]"#),
    // An object as source has to say `input`, an operator too.
    OperatorRow(#"{"*": {"+": ["${l}", "${l}"]}, x: "${item}"}"#, "[]"),
    OperatorRow(#"{"*": {where: {input: 1, value: 1}}}"#, "[]"),
    OperatorRow(#"{"*": {input: {"+": ["${l}", [5]]}, other: 1}, x: "${item}"}"#, #"[{"x": 3}, {"x": 4}, {"x": 5}]"#),
    OperatorRow(#"{"*": "${mix}", x: "${item | d}"}"#, #"[{"x": 1}, {"x": "d"}, {"x": "x"}]"#),
    OperatorRow(#"{"*": "${deep}", x: "${item[0]}"}"#, #"[{"x": 1}, {"x": 3}]"#),
    OperatorRow(#"{"*": "${l}", x: "${item[0]}"}"#, #"[{"x": 3}, {"x": 4}]"#),
    OperatorRow(
      #"{o: "${item}", m: {"*": "${l}", x: "${item}"}, i: "${index}"}"#,
      #"""
      {"o": "outer", "m": [{"x": 3}, {"x": 4}], "i": "none"}
      """#),
    OperatorRow(
      #"""
      "*": {input: "${rows}", where: {input: "${item.sub}", operator: neq}}
      m: {"*": "${item.sub}", x: "${item}", i: "${index}"}
      i: "${index}"
      """#,
      #"[{"m": [{"x": 7, "i": 0}, {"x": 8, "i": 1}], "i": 0}]"#),
    // Every element becomes an object, and operators beside `*` are keys.
    OperatorRow(#"{"*": "${l}", "?": {input: "${item}", value: 3, if_true: {x: 1}}}"#, #"[{"x": 1}, {}]"#),
    OperatorRow(#"{"*": [1], "+": [x], "&": 1, "|": 2}"#, #"[{"+": ["x"], "&": 1, "|": 2}]"#),
    OperatorRow(#"{"*": "${s}", x: 1}"#, fails: .wrongKind),
    OperatorRow(#"{"*": 5, x: 1}"#, fails: .wrongKind),
    OperatorRow(#"{"*": "${mix}", "...": "${item}"}"#, fails: .wrongKind),
    OperatorRow(#"{"*": "${mix}", x: "${item as integer}"}"#, fails: .wrongValue),
  ])
  func lists(_ row: OperatorRow) async { await row.check(scope(Self.roots)) }

  /// `where` over the rows, and the values of `v` that pass.
  @Test(arguments: [
    (#"{input: "${item.t}", value: x}"#, "[1, 3]"),
    (#"{input: "${item.v}", operator: gt, value: 1}"#, "[2, 3]"),
    (#"{}"#, "[1, 2, 3]"),
    (#"null"#, "[1, 2, 3]"),
    (#"{and: [{input: 1, value: 2}]}"#, "[1, 2, 3]"),
    (#"{input: "${item.t}"}"#, "[]"),
    (#"{all: []}"#, "[1, 2, 3]"),
    (#"{any: []}"#, "[]"),
    (#"{all: [{input: "${item.t}", value: x}, {input: "${index}", operator: gt, value: 0}]}"#, "[3]"),
    (#"{any: [{input: "${item.t}", value: y}, {input: "${item.v}", value: 3}]}"#, "[2, 3]"),
    (#"{not: {input: "${item.t}", value: x}}"#, "[2]"),
    (#"{all: [{input: "${item.t}", value: x}], any: [], not: {}}"#, "[1, 3]"),
    (#"{all: null, input: "${item.v}", value: 2}"#, "[2]"),
    (#"{any: [{input: "${item.v}", value: 1}, {input: "${item.v}", operator: in, value: "${l}"}]}"#, "[1, 3]"),
  ])
  func filters(_ condition: String, _ values: String) async {
    let row = OperatorRow("{\"+\": [[], {\"*\": {input: {\"*\": {input: \"${rows}\", where: \(condition)}}}}]}", "")
    do throws(RuntimeError) {
      guard case .list(let list) = try await evaluate(row.template, scope(Self.roots)) else { throw .cancelled }
      #expect(Value.list(list.map { $0.member("v") }).isIdentical(to: json(values)))
    } catch {
      Issue.record("\(condition): \(error.message)")
    }
  }

  @Test(arguments: [
    ("x", OperatorRow.Result.wrongKind), ("[{}]", .wrongKind), ("{all: {}}", .wrongKind), ("{any: [x]}", .wrongKind),
    ("{not: x}", .wrongKind), (#"{input: "${item.zz}", operator: gt, value: 1}"#, .wrongKind),
    ("{operator: equals}", .wrongValue),
  ])
  func badFilters(_ condition: String, _ result: OperatorRow.Result) async {
    await OperatorRow("{\"*\": {input: \"${rows}\", where: \(condition)}}", fails: result).check(scope(Self.roots))
    // Nothing is reached when there is no element.
    await OperatorRow("{\"*\": {input: [], where: \(condition)}}", "[]").check(scope(Self.roots))
  }

  // MARK: Streams

  @Test func pullsOnlyWhatIsRead() async throws {
    let source = CountingSource(.chunks(fragmented: false), "[1, 2, 3]")
    let mapped = try await stream(#"{"*": "${s}", x: "${item}", i: "${index}"}"#, scope("{}", ["s": source.stream]))
    #expect(mapped.form == .chunks(fragmented: false))
    #expect(source.pulls == 0)
    #expect(try await mapped.next()?.jsonText == json(#"{"x": 1, "i": 0}"#).jsonText)
    #expect(source.pulls == 1)
    mapped.cancel()
    #expect(source.cancels == 1)
  }

  @Test(arguments: [
    (ValueStream.Form.chunks(fragmented: true), #"{"i": 0} {"i": 1}"#),
    (.chunks(fragmented: false), #"{"i": 0} {"i": 1} {"i": 2}"#),
    (.bare, #"{"i": 0} {"i": 1} {"i": 2}"#),
  ])
  func indexCountsItemsOfTheSource(_ form: ValueStream.Form, _ all: String) async throws {
    let everything = CountingSource(form, "[1, null, 2]")
    let mapped = try await stream(#"{"*": "${s}", i: "${index}"}"#, scope("{}", ["s": everything.stream]))
    #expect(mapped.form == form)
    #expect(await rest(of: mapped) == all)
    let filtered = CountingSource(form, "[1, null, 2]")
    let template = #"{"*": {input: "${s}", where: {input: "${item}", value: 2}}, i: "${index}"}"#
    let last = try await stream(template, scope("{}", ["s": filtered.stream]))
    #expect(await rest(of: last) == all.split(separator: "} ").last.map(String.init))
  }

  @Test func filtersPassItemsAsTheyAre() async throws {
    let source = CountingSource(.encoded(.text), #"["a", "b", "a"]"#)
    let template = #"{"*": {input: "${s}", where: {input: "${item}", value: a}}}"#
    let filtered = try await stream(template, scope("{}", ["s": source.stream]))
    #expect(filtered.form == .bare)
    #expect(await rest(of: filtered) == #""a" "a""#)
  }

  @Test func errorsShowWhereTheyAreRead() async throws {
    let source = CountingSource(.bare, #"["1", "x", "3"]"#)
    let mapped = try await stream(#"{"*": "${s}", n: "${item as integer}"}"#, scope("{}", ["s": source.stream]))
    #expect(await rest(of: mapped) == #"{"n": 1} !"#)
    #expect(source.cancels == 1)
    let broken = CountingSource(.bare, "[1]", failure: RuntimeError(.connection, "lost"))
    let lost = try await stream(#"{"*": "${s}", n: "${item}"}"#, scope("{}", ["s": broken.stream]))
    #expect(await rest(of: lost) == #"{"n": 1} !"#)
  }

  @Test func aStreamIsClaimed() async throws {
    let source = CountingSource(.bare, "[1]").stream
    _ = try await evaluate(#"{"*": "${s}", x: 1}"#, scope("{}", ["s": source]))
    await #expect(throws: RuntimeError.self) { try await evaluate(#"{"*": "${s}", x: 1}"#, scope("{}", ["s": source])) }
  }

  @Test func resourcesComeInPieces() async throws {
    let resource = Resource(.bytes, source: BytesSource([UInt8](repeating: 7, count: 20_000)))
    let pieces = try await stream(#"{"*": "${r}", i: "${index}"}"#, scope("{}", ["r": .resource(resource)]))
    #expect(await rest(of: pieces) == #"{"i": 0} {"i": 1} {"i": 2}"#)
  }
}
