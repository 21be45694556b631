import ComposeRuntime
import Testing

@Suite struct JSONPrinterTests {
  private static let sample: Value = .object([
    "a": .list([.integer(1), .number(1), .null, .boolean(true)]), "é": .text("\"\\\n\u{1}\u{7F}日"),
    "empty": .list([.list([]), .object([:])]),
  ])

  @Test func printsThreeLayouts() throws {
    #expect(
      Self.sample.jsonText == #"{"a": [1, 1.0, null, true], "é": "\"\\\n\u0001"# + "\u{7F}" + #"日", "empty": [[], {}]}"#
    )
    #expect(
      String(decoding: try Self.sample.compactJSON(), as: UTF8.self)
        == #"{"a":[1,1.0,null,true],"é":"\"\\\n\u0001"# + "\u{7F}" + #"日","empty":[[],{}]}"#)
    #expect(
      Self.sample.indentedJSON == """
        {
          "a": [
            1,
            1.0,
            null,
            true
          ],
          "é": "\\"\\\\\\n\\u0001\u{7F}日",
          "empty": [
            [],
            {}
          ]
        }
        """)
  }

  @Test func saysInTextWhatJSONCannot() {
    let value = Value.list([.number(.nan), .number(-.infinity), .bytes(Array("raw".utf8)), .number(1e16)])
    #expect(value.jsonText == #"[NaN, -Infinity, "b'raw'", 1e+16]"#)
  }

  @Test(arguments: [
    Value.number(.nan), .number(.infinity), .bytes([1]), .stream(ValueStream(.bare) { () throws(RuntimeError) in nil }),
  ])
  func refusesInRequestsWhatJSONCannotSay(_ value: Value) {
    for value in [value, .list([value]), .object(["k": value])] {
      #expect { try value.compactJSON() } throws: { ($0 as? RuntimeError)?.code == .value }
    }
  }

  @Test func readsBackWhatItPrints() throws {
    var generator = JSONGenerator(seed: 1)
    for _ in 0..<3000 {
      let value = generator.value()
      #expect(try parseJSON(value.jsonText).isIdentical(to: value), "\(value.debugForm)")
      #expect(try parseJSON(value.indentedJSON).isIdentical(to: value), "\(value.debugForm)")
      if let bytes = try? value.compactJSON() {
        #expect(try parseJSON(bytes).isIdentical(to: value), "\(value.debugForm)")
      }
    }
  }
}
