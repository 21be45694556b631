import ComposeRuntime
import Testing

/// `"+"` (language specification, section 9).
@Suite struct JoinTests {
  private static let roots =
    #"{"l": [1, 2], "o": {"a": 1}, "p": {"a": 2, "b": 3}, "s": "text", "n": null, "t": ["p", "q"]}"#

  @Test(arguments: [
    OperatorRow(#"{"+": ["a ", "${s}", "${n}", "!"]}"#, #""a text!""#),
    OperatorRow(#"{"+": "${t}"}"#, #""pq""#),
    OperatorRow(#"{"+": null}"#, "null"),
    OperatorRow(#"{"+": []}"#, "null"),
    OperatorRow(#"{"+": ["${n}"]}"#, "null"),
    OperatorRow(#"{"+": ["${l}", "${n}", [[3]]]}"#, "[1, 2, [3]]"),
    OperatorRow(#"{"+": ["${l}", "xé"]}"#, #"[1, 2, "x", "é"]"#),
    OperatorRow(#"{"+": ["${l}", "${p}"]}"#, #"[1, 2, "a", "b"]"#),
    OperatorRow(#"{"+": ["${p}", "${o}", {"c": 4}]}"#, #"{"a": 1, "b": 3, "c": 4}"#),
    OperatorRow(#"{"+": ["${o}", [[k, v], {x: 1, y: 2}], [ab]]}"#, #"{"a": "b", "k": "v", "x": "y"}"#),
    OperatorRow(#"{"+": ["${o}", "", []]}"#, #"{"a": 1}"#),
    OperatorRow(#"{"+": [{"+": [a, b]}, c]}"#, #""abc""#),
    OperatorRow(#"{"+": [x], k: 1}"#, #"{"+": ["x"], "k": 1}"#),
    OperatorRow(#"{"+": ["${l}", 5]}"#, fails: .wrongKind),
    OperatorRow(#"{"+": [x, 5]}"#, fails: .wrongKind),
    OperatorRow(#"{"+": [x, "${l}"]}"#, fails: .wrongKind),
    OperatorRow(#"{"+": ["${o}", "${l}"]}"#, fails: .wrongKind),
    OperatorRow(#"{"+": ["${o}", 5]}"#, fails: .wrongKind),
    OperatorRow(#"{"+": ["${o}", ab]}"#, fails: .wrongValue),
    OperatorRow(#"{"+": ["${o}", [[1, 2]]]}"#, fails: .wrongKind),
    OperatorRow(#"{"+": [true]}"#, fails: .wrongKind),
    OperatorRow(#"{"+": [5, "${s}"]}"#, fails: .wrongKind),
    OperatorRow(#"{"+": "${s}"}"#, fails: .wrongKind),
    OperatorRow(#"{"+": {a: x}}"#, fails: .wrongKind),
  ])
  func values(_ row: OperatorRow) async { await row.check(scope(Self.roots)) }

  // MARK: Streams

  @Test func partsAreUnrolledInOrder() async throws {
    let source = CountingSource(.bare, #"["a", null, [8], ""]"#)
    let template = #"{"+": [head, "${s}", "${n}", [1, null, [2]], 5, {k: 1}]}"#
    let joined = try await stream(template, scope("{}", ["s": source.stream]))
    #expect(joined.form == .chunks(fragmented: true))
    #expect(await rest(of: joined) == #""head" "a" [8] "" 1 [2] 5 {"k": 1}"#)
  }

  @Test func aStreamOfPartsIsUnrolled() async throws {
    let inner = CountingSource(.chunks(fragmented: false), "[3, null, 4]")
    let outer = ValueStream(.bare, elements: [json("[1, 2]"), inner.stream, .null, .text("end"), json("[[5]]")])
    let joined = try await stream(#"{"+": "${s}"}"#, scope("{}", ["s": .stream(outer)]))
    #expect(await rest(of: joined) == #"1 2 3 4 "end" [5]"#)
  }

  @Test func laterPartsAreNotReadBeforeTheirTurn() async throws {
    let first = CountingSource(.bare, "[1, 2]")
    let second = CountingSource(.bare, "[3]")
    let joined = try await stream(#"{"+": ["${a}", "${b}"]}"#, scope("{}", ["a": first.stream, "b": second.stream]))
    #expect(try await joined.next()?.jsonText == "1")
    #expect([first.pulls, second.pulls] == [1, 0])
    joined.cancel()
    #expect([first.cancels, second.cancels] == [1, 1])
  }

  @Test func anErrorGivesUpTheOtherParts() async throws {
    let first = CountingSource(.bare, "[1]", failure: RuntimeError(.connection, "lost"))
    let second = CountingSource(.bare, "[3]")
    let joined = try await stream(#"{"+": ["${a}", "${b}"]}"#, scope("{}", ["a": first.stream, "b": second.stream]))
    #expect(await rest(of: joined) == "1 !")
    #expect(second.pulls == 0)
    #expect(second.cancels == 1)
  }

  @Test func resourcesComeInPieces() async throws {
    let resource = Resource(.bytes, source: BytesSource([UInt8](repeating: 65, count: 8193)))
    let joined = try await stream(#"{"+": [x, "${r}"]}"#, scope("{}", ["r": .resource(resource)]))
    var sizes: [Int] = []
    while let chunk = try await joined.next() {
      if case .bytes(let bytes) = chunk { sizes.append(bytes.count) }
    }
    #expect(sizes == [8192, 1])
  }
}
