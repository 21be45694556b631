import ComposeRuntime
import Testing

@Suite struct JSONPathScannerTests {
  private static let delta: [JSONPathStep] = [.key("choices"), .index(0), .key("delta"), .key("content")]

  @Test(arguments: [
    (#"{"id":"x","choices":[{"index":0,"delta":{"content":"Hi \u00e9"}}],"usage":null}"#, Value.text("Hi é")),
    (#"{"choices":[{"delta":{"role":"assistant"}}]}"#, .null), (#"{"choices":[]}"#, .null), ("[]", .null),
    ("5", .null),
    (#"{"choices":[{"delta":{"content":{"a":[1]}}}]}"#, .object(["a": .list([.integer(1)])])),
    (#"{"choices":[{"d\u0065lta":{"content":1}}]}"#, .integer(1)),
    (#"{"choices":[{"delta":{"content":1}}],"choices":[{"delta":{"other":1}}]}"#, .null),
    (#"{"choices":[{"delta":{"content":1,"content":2}}]}"#, .integer(2)),
  ])
  func finds(_ text: String, _ expected: Value) throws {
    let found = try JSONPathScanner(Self.delta).value(in: Array(text.utf8))
    #expect(found.isIdentical(to: expected), "\(found.debugForm)")
  }

  @Test func countsFromTheEnd() throws {
    let bytes = Array("[[1,2],[3,4,{\"a\":5}]]".utf8)
    #expect(try JSONPathScanner([.index(-1), .index(-1), .key("a")]).value(in: bytes).isIdentical(to: .integer(5)))
    #expect(try JSONPathScanner([.index(-2), .index(-2)]).value(in: bytes).isIdentical(to: .integer(1)))
    #expect(try JSONPathScanner([.index(-3)]).value(in: bytes).isNull)
  }

  @Test(arguments: [
    #"{"choices":[{"delta":{"content":"Hi"}}],"x":01}"#, #"{"choices":[{"delta":{"content":"Hi"}}]"#,
    #"{"x":"\q","choices":[{"delta":{"content":"Hi"}}]}"#, #"{"choices":[{"delta":{"content":"Hi"}},]}"#,
    #"{"x":[tru],"choices":[{"delta":{"content":"Hi"}}]}"#, #"{"choices":[{"delta":{"content":"Hi"}}]} x"#,
  ])
  func refusesWhatIsBrokenElsewhere(_ text: String) {
    #expect(throws: JSONError.self) { try JSONPathScanner(Self.delta).value(in: Array(text.utf8)) }
  }

  @Test func agreesWithTheReader() throws {
    var generator = JSONGenerator(seed: 3)
    var found = 0
    for _ in 0..<6000 {
      let text = generator.document()
      let path = generator.path()
      let expected = follow(path, in: try parseJSON(text))
      let actual = try JSONPathScanner(path).value(in: Array(text.utf8))
      #expect(actual.isIdentical(to: expected), "\(path) in \(text)")
      if !path.isEmpty, !expected.isNull { found += 1 }
    }
    #expect(found > 200)
  }

  @Test func failsLikeTheReader() {
    var generator = JSONGenerator(seed: 4)
    for _ in 0..<6000 {
      let bytes = generator.brokenDocument()
      let path = generator.path()
      let expected = Result { () throws(JSONError) in follow(path, in: try parseJSON(bytes)) }
      let actual = Result { () throws(JSONError) in try JSONPathScanner(path).value(in: bytes) }
      let text = String(decoding: bytes, as: UTF8.self)
      switch (expected, actual) {
      case (.success(let expected), .success(let actual)):
        #expect(actual.isIdentical(to: expected), "\(path) in \(text)")
      case (.failure(let expected), .failure(let actual)): #expect(actual == expected, "\(text)")
      default: Issue.record("the reader and the scanner differ: \(path) in \(text)")
      }
    }
  }

  private func follow(_ path: [JSONPathStep], in value: Value) -> Value {
    path.reduce(value) { value, step in
      switch step {
      case .key(let key): value.member(String(decoding: key, as: UTF8.self))
      case .index(let index): value.element(at: index)
      }
    }
  }
}
