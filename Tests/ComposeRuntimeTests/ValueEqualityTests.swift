import ComposeRuntime
import Testing

@Suite struct ValueEqualityTests {
  @Test(
    arguments: [
      (.integer(1), .number(1)), (.integer(1), .boolean(true)), (.number(0), .boolean(false)),
      (
        .number(0),
        .number(-0.0)
      ),
      (.bigInteger("9223372036854775808"), .number(9_223_372_036_854_775_808)), (.integer(5), .bigInteger("+05")),
      (.list([.integer(1)]), .list([.number(1)])), (.null, .null), (.text("a"), .text("a")),
      (
        .bytes([1]),
        .bytes([1])
      ),
      (.object(["a": .integer(1), "b": .null]), .object(["b": .null, "a": .boolean(true)])),
    ] as [(Value, Value)])
  func equal(_ left: Value, _ right: Value) {
    #expect(left.isEqual(to: right))
    #expect(right.isEqual(to: left))
  }

  @Test(
    arguments: [
      (.integer(1), .text("1")), (.integer(0), .null), (.boolean(false), .null), (.number(.nan), .number(.nan)),
      (.integer(9_007_199_254_740_993), .number(9_007_199_254_740_992)), (.number(0.5), .integer(0)),
      (.text(""), .null),
      (.text("é"), .text("e\u{301}")), (.text("a"), .bytes([97])), (.list([]), .object([:])),
      (
        .list([.null]),
        .list([])
      ),
      (.object(["a": .null]), .object(["b": .null])), (.object(["a": .null]), .object(["a": .null, "b": .null])),
      (.number(.infinity), .bigInteger("1" + String(repeating: "0", count: 400))),
    ] as [(Value, Value)])
  func different(_ left: Value, _ right: Value) {
    #expect(!left.isEqual(to: right))
    #expect(!right.isEqual(to: left))
  }

  @Test func identityTellsKindsAndOrderApart() {
    let values: [Value] = [
      .null, .boolean(false), .boolean(true), .integer(0), .integer(1), .number(0), .number(-0.0),
      .number(1), .number(.nan),
      .bigInteger("1"), .text(""), .text("é"), .text("e\u{301}"), .bytes([]), .list([]), .list([.integer(1)]),
      .list([.number(1)]), .object([:]), .object(["a": .null, "b": .null]), .object(["b": .null, "a": .null]),
      .stream(ValueStream(.bare) { () throws(RuntimeError) in nil }),
      .stream(ValueStream(.bare) { () throws(RuntimeError) in nil }),
    ]
    for (left, first) in values.enumerated() {
      for (right, second) in values.enumerated() {
        #expect(first.isIdentical(to: second) == (left == right), "\(first.debugForm) and \(second.debugForm)")
      }
    }
  }
}
