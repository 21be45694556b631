import ComposeRuntime
import Testing

/// What jobs walk over. Every row was read off the reference.
@Suite struct ItemsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let value: @Sendable () -> Value
    /// The items as JSON.
    let items: [String]
    /// What `for-each` makes of the value, and with `streaming`.
    let result: Result
    let streamed: Result
    let branch: ValueStream.Form

    enum Result { case one, list, bare, fragmented }

    var testDescription: String { name }
  }

  private static func row(
    _ name: String, _ items: [String], _ result: Row.Result, _ streamed: Row.Result, branch: ValueStream.Form = .bare,
    _ value: @escaping @Sendable () -> Value
  ) -> Row {
    Row(name: name, value: value, items: items, result: result, streamed: streamed, branch: branch)
  }

  private static func stream(_ form: ValueStream.Form) -> @Sendable () -> Value {
    { CountingSource(form, #"["a", null, "b"]"#).stream }
  }

  static let rows: [Row] = [
    row("null", ["null"], .one, .one) { .null },
    row("boolean", ["true"], .one, .one) { .boolean(true) },
    row("number", ["7"], .one, .one) { .integer(7) },
    row("text", [#""abc""#], .one, .one) { .text("abc") },
    row("empty text", [#""""#], .one, .one) { .text("") },
    row("object", [#"{"a": 1}"#], .one, .one) { json(#"{"a": 1}"#) },
    row("empty object", ["{}"], .one, .one) { json("{}") },
    row("list", ["1", "null", "2"], .list, .bare) { json("[1, null, 2]") },
    row("empty list", [], .list, .bare) { json("[]") },
    row(
      "fragmented chunks", [#""a""#, #""b""#], .fragmented, .fragmented, branch: .chunks(fragmented: true),
      stream(.chunks(fragmented: true))),
    row(
      "other chunks", [#""a""#, "null", #""b""#], .bare, .bare, branch: .chunks(fragmented: false),
      stream(.chunks(fragmented: false))),
    row("bare", [#""a""#, "null", #""b""#], .bare, .bare, stream(.bare)),
    row("encoded", [#""a""#, #""b""#], .bare, .bare) {
      (try? CountingSource(.bare, #"["a", null, "", "b"]"#).stream.encoded(as: .text)) ?? .null
    },
  ]

  @Test(arguments: rows)
  func items(_ row: Row) async throws {
    #expect(try await self.items(of: row.value()) == row.items)
  }

  @Test(arguments: rows)
  func branches(_ row: Row) async throws {
    for branch in try row.value().branches(3) {
      guard case .stream(let stream) = branch else {
        Issue.record("no stream")
        return
      }
      #expect(stream.form == row.branch)
      #expect(await rest(of: stream) == row.items.joined(separator: " "))
    }
  }

  @Test(arguments: rows, [1, 2, 5])
  func mapping(_ row: Row, _ batchSize: Int) async throws {
    for streaming in [false, true] {
      let result = try await row.value().mappingItems(batchSize: batchSize, streaming: streaming) {
        (item, index) async throws(RuntimeError) in .list([.integer(index), item])
      }
      let expected = row.items.enumerated().map { "[\($0), \($1)]" }
      switch (streaming ? row.streamed : row.result, result) {
      case (.one, let value?): #expect([value.jsonText] == expected)
      case (.list, .list(let list)?): #expect(list.map(\.jsonText) == expected)
      case (.bare, .stream(let stream)?):
        #expect(stream.form == .bare)
        #expect(await rest(of: stream) == expected.joined(separator: " "))
      case (.fragmented, .stream(let stream)?):
        #expect(stream.form == .chunks(fragmented: true))
        #expect(await rest(of: stream) == expected.joined(separator: " "))
      default: Issue.record("\(row.name) gives \(result?.debugForm ?? "nothing")")
      }
    }
  }

  @Test(arguments: rows)
  func folding(_ row: Row) async throws {
    let result = try await row.value().foldingItems(into: .text("")) {
      (before, item, index) async throws(RuntimeError) in
      guard case .text(let text) = before else { throw .cancelled }
      return .text(text + (index == 0 ? "" : " ") + item.jsonText)
    }
    #expect(result.isIdentical(to: .text(row.items.joined(separator: " "))))
  }

  @Test func bytesAndResourcesAreOneItem() async throws {
    for value in [Value.bytes([1, 2]), .resource(Resource(.bytes, source: BytesSource([1, 2])))] {
      var items = try Items(value)
      #expect(try await items.next()?.isIdentical(to: value) == true)
      #expect(try await items.next() == nil)
      #expect(
        try await value.mappingItems { (item, _) async throws(RuntimeError) in item }?.isIdentical(to: value) == true)
    }
    var branches = try Value.bytes([1, 2]).branches(1)
    guard case .stream(let branch)? = branches.popLast() else { return }
    #expect(try await branch.next()?.isIdentical(to: .bytes([1, 2])) == true)
  }

  @Test func anItemThatIsTakenOutLeavesNothing() async throws {
    let odd: ItemBody = { (item, index) async throws(RuntimeError) in index % 2 == 1 ? item : nil }
    #expect(try await json("[1, 2, 3, 4]").mappingItems(odd)?.jsonText == "[2, 4]")
    #expect(try await json("[1, 2, 3, 4]").mappingItems(batchSize: 3, odd)?.jsonText == "[2, 4]")
    #expect(try await Value.integer(1).mappingItems(odd) == nil)
  }

  @Test func nullResultsStayUnlessTheStreamIsFragmented() async throws {
    let null: ItemBody = { (_, _) async throws(RuntimeError) in .null }
    #expect(try await Value.text("a").mappingItems(null)?.jsonText == "null")
    #expect(try await json("[1, 2]").mappingItems(null)?.jsonText == "[null, null]")
    for (form, expected) in [(ValueStream.Form.bare, "null null"), (.chunks(fragmented: true), "")] {
      guard case .stream(let stream)? = try await CountingSource(form, "[1, 2]").stream.mappingItems(null) else {
        Issue.record("no stream")
        return
      }
      #expect(await rest(of: stream) == expected)
    }
  }

  @Test func aStreamIsClaimedByWhoWalksOverIt() async throws {
    let stream = CountingSource(.bare, "[1]").stream
    _ = try Items(stream)
    #expect(throws: RuntimeError.self) { try Items(stream) }
    await #expect(throws: RuntimeError.self) {
      try await stream.mappingItems { (item, _) async throws(RuntimeError) in item }
    }
    #expect(throws: RuntimeError.self) { try stream.branches(2) }
  }

  private func items(of value: Value) async throws(RuntimeError) -> [String] {
    var items = try Items(value)
    var found: [String] = []
    while let item = try await items.next() { found.append(item.jsonText) }
    return found
  }
}
