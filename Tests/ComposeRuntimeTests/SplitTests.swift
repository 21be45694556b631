import ComposeRuntime
import Testing

/// `"|"` (language specification, section 9).
@Suite struct SplitTests {
  private static let roots =
    #"{"rows": [{"x": 1, "y": 2}, {"x": 3}], "l": [5, 6], "s": "text", "n": null, "o": {"k": 1}}"#

  @Test(arguments: [
    OperatorRow(#"{"|": "${rows}", x: "${item.x}", y: "${item.y}"}"#, #"{"x": [1, 3], "y": [2, null]}"#),
    OperatorRow(#"{"|": "${rows}", i: "${index}", c: 1}"#, #"{"i": [0, 1], "c": [1, 1]}"#),
    OperatorRow(#"{"|": "${n}", a: 1, b: 2}"#, #"{"a": [], "b": []}"#),
    OperatorRow(#"{"|": [], a: 1}"#, #"{"a": []}"#),
    OperatorRow(#"{"|": {"+": ["${l}", [7]]}, a: "${item}"}"#, #"{"a": [5, 6, 7]}"#),
    // Fields are plain: what is an operator elsewhere is a name here, and their values may hold operators.
    OperatorRow(
      #"{"|": "${l}", "...": "${item}", "?": 1, "+": 2, "&": 3}"#,
      #"{"...": [5, 6], "?": [1, 1], "+": [2, 2], "&": [3, 3]}"#),
    OperatorRow(
      #"{"|": "${rows}", a: {"*": "${l}", v: "${item}", i: "${index}"}}"#,
      #"{"a": [[{"v": 5, "i": 0}, {"v": 6, "i": 1}], [{"v": 5, "i": 0}, {"v": 6, "i": 1}]]}"#),
    OperatorRow(#"{"|": "${rows}"}"#, fails: .wrongValue),
    OperatorRow(#"{"|": "${s}", a: 1}"#, fails: .wrongKind),
    OperatorRow(#"{"|": "${o}", a: 1}"#, fails: .wrongKind),
    OperatorRow(#"{"|": {"|": "${rows}", x: 1}, a: 1}"#, fails: .wrongKind),
    OperatorRow(#"{"|": "${rows}", a: "${item.x as list}"}"#, fails: .wrongValue),
  ])
  func values(_ row: OperatorRow) async { await row.check(scope(Self.roots)) }

  @Test(arguments: [
    (ValueStream.Form.bare, true), (.encoded(.text), true), (.chunks(fragmented: true), true),
    (.chunks(fragmented: false), false),
  ])
  func lanesKeepTheFlag(_ form: ValueStream.Form, _ isFragmented: Bool) async throws {
    let source = CountingSource(form, #"[{"x": 1}, {"x": null}, {"x": 3}]"#)
    let lanes = try await splitLanes(#"{"|": "${s}", x: "${item.x}", i: "${index}"}"#, source.stream)
    #expect(lanes.map(\.form) == [.chunks(fragmented: isFragmented), .chunks(fragmented: isFragmented)])
    #expect(await rest(of: lanes[0]) == (isFragmented ? "1 3" : "1 null 3"))
    #expect(await rest(of: lanes[1]) == "0 1 2")
  }

  @Test func aResultWithLanesIsReadWhole() async throws {
    let source = CountingSource(.bare, #"[{"x": "a", "y": 1}, {"x": "b", "y": 2}]"#)
    let value = try await evaluate(#"{"|": "${s}", x: "${item.x}", y: "${item.y}"}"#, scope("{}", ["s": source.stream]))
    let drained = try await value.drainingInnerStreams()
    #expect(drained.jsonText == json(#"{"x": "ab", "y": [1, 2]}"#).jsonText)
  }

  @Test func lanesCanBeJoinedAndZipped() async throws {
    let joined = CountingSource(.bare, "[1, 2]")
    let roots = scope("{}", ["s": joined.stream])
    let lanes = try await evaluate(#"{"|": "${s}", x: "${item}", y: "y${item}"}"#, roots)
    let both = try await stream(#"{"+": ["${v.x}", "${v.y}"]}"#, scope("{}", ["v": lanes]))
    #expect(await rest(of: both) == #"1 2 "y1" "y2""#)
    #expect(joined.pulls == 3)
    let zipped = CountingSource(.bare, "[1, 2]")
    let others = try await evaluate(#"{"|": "${s}", x: "${item}", y: "y${item}"}"#, scope("{}", ["s": zipped.stream]))
    let pairs = try await stream(#"{"&": "${v}"}"#, scope("{}", ["v": others]))
    #expect(await rest(of: pairs) == #"{"x": 1, "y": "y1"} {"x": 2, "y": "y2"}"#)
  }
}

/// The claimed streams of an object.
func splitLanes(_ template: String, _ source: Value) async throws(RuntimeError) -> [ValueStream] {
  guard case .object(let object) = try await evaluate(template, Scope(["s": source])) else {
    throw RuntimeError(.internal, "no object")
  }
  var streams: [ValueStream] = []
  for case (_, .stream(let stream)) in object {
    try stream.take()
    streams.append(stream)
  }
  return streams
}
