import ComposeRuntime
import Testing

/// `"&"` (language specification, section 9).
@Suite struct ZipTests {
  private static let roots = #"{"a": [1, 2, 3], "b": ["x", "y"], "s": "pq", "o": {"k": 1, "m": 2}, "n": null}"#

  @Test(arguments: [
    OperatorRow(#"{"&": {x: "${a}", y: "${b}"}}"#, #"[{"x": 1, "y": "x"}, {"x": 2, "y": "y"}]"#),
    OperatorRow(#"{"&": {x: "${s}", y: "${o}"}}"#, #"[{"x": "p", "y": "k"}, {"x": "q", "y": "m"}]"#),
    OperatorRow(#"{"&": {x: "${a}", y: []}}"#, "[]"),
    OperatorRow(#"{"&": {x: 5, y: "${n}"}}"#, "[]"),
    OperatorRow(#"{"&": null}"#, "null"),
    OperatorRow(#"{"&": "${missing}"}"#, "null"),
    OperatorRow(#"{"&": {"...": {"x": "${b}"}}}"#, #"[{"x": "x"}, {"x": "y"}]"#),
    OperatorRow(#"{"&": {x: "${a}"}, k: 1}"#, #"{"&": {"x": [1, 2, 3]}, "k": 1}"#),
    OperatorRow(#"{"&": {}}"#, fails: .wrongValue),
    OperatorRow(#"{"&": "${a}"}"#, fails: .wrongKind),
    OperatorRow(#"{"&": {x: "${a}", y: 5}}"#, fails: .wrongKind),
  ])
  func values(_ row: OperatorRow) async { await row.check(scope(Self.roots)) }

  // MARK: Streams

  @Test func theShortestWinsAndKeysSetTheOrder() async throws {
    let first = CountingSource(.bare, "[1, 2, 3]")
    let second = CountingSource(.chunks(fragmented: false), #"["x"]"#)
    let roots = ["a": first.stream, "b": second.stream]
    let zipped = try await stream(#"{"&": {x: "${a}", y: "${b}", z: [true, false]}}"#, scope("{}", roots))
    #expect(zipped.form == .chunks(fragmented: false))
    #expect([first.pulls, second.pulls] == [0, 0])
    #expect(await rest(of: zipped) == #"{"x": 1, "y": "x", "z": true}"#)
    // The first source loses one more element than the second has.
    #expect([first.pulls, second.pulls] == [2, 2])
    #expect([first.cancels, second.cancels] == [1, 0])
  }

  @Test func aFragmentedSourceMakesItFragmented() async throws {
    let source = CountingSource(.chunks(fragmented: true), #"["p", null, "q"]"#)
    let zipped = try await stream(#"{"&": {x: "${s}", y: "${a}"}}"#, scope(Self.roots, ["s": source.stream]))
    #expect(zipped.form == .chunks(fragmented: true))
    #expect(await rest(of: zipped) == #"{"x": "p", "y": 1} {"x": "q", "y": 2}"#)
  }

  @Test func nullsOfOtherSourcesStay() async throws {
    let source = CountingSource(.bare, #"["p", null]"#)
    let zipped = try await stream(#"{"&": {x: "${s}"}}"#, scope("{}", ["s": source.stream]))
    #expect(await rest(of: zipped) == #"{"x": "p"} {"x": null}"#)
  }

  @Test func faultsShowWhenItIsRead() async throws {
    let first = CountingSource(.bare, "[1, 2]")
    let second = CountingSource(.bare, "[1]", failure: RuntimeError(.connection, "lost"))
    let zipped = try await stream(
      #"{"&": {x: "${a}", y: "${b}"}}"#, scope("{}", ["a": first.stream, "b": second.stream]))
    #expect(await rest(of: zipped) == #"{"x": 1, "y": 1} !"#)
    #expect(first.cancels == 1)
    let source = CountingSource(.bare, "[1]")
    let wrong = try await stream(#"{"&": {x: "${s}", y: 5}}"#, scope("{}", ["s": source.stream]))
    #expect(await rest(of: wrong) == "!")
    #expect(source.cancels == 1)
  }
}
