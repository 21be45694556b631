import ComposeRuntime
import Testing

@Suite struct CastTests {
  private static let stream = Value.stream(ValueStream(.bare) { () throws(RuntimeError) in nil })

  @Test(
    arguments: [
      (.text(" 42\n"), .integer(42)), (.text("+7"), .integer(7)), (.text("-007"), .integer(-7)),
      (.text("1_000"), .integer(1000)),
      (.text("٤٢"), .integer(42)), (.text("\u{A0}5\u{3000}"), .integer(5)), (.text("-0"), .integer(0)),
      (.text("9223372036854775808"), .bigInteger("9223372036854775808")),
      (.text("-00100000000000000000000"), .bigInteger("-100000000000000000000")),
      (.text(String(repeating: "9", count: 4300)), .bigInteger(String(repeating: "9", count: 4300))),
      (.number(3.7), .integer(3)), (.number(-3.7), .integer(-3)), (.number(-0.0), .integer(0)),
      (.boolean(true), .integer(1)),
      (.number(9_223_372_036_854_775_808), .bigInteger("9223372036854775808")),
      (
        .number(-1e23),
        .bigInteger("-99999999999999991611392")
      ),
      (.bytes(Array("42".utf8)), .integer(42)),
      (
        .bigInteger("36893488147419103232"),
        .bigInteger("36893488147419103232")
      ),
    ] as [(Value, Value)])
  func integers(_ value: Value, _ expected: Value) throws {
    let converted = try convert(value, to: .integer)
    #expect(converted.isIdentical(to: expected), "\(converted.debugForm)")
  }

  @Test(
    arguments: [
      .text(""), .text("abc"), .text("3.7"), .text("1e3"), .text("0x10"), .text("1__0"), .text("_1"),
      .text("1_"), .text("- 1"),
      .text("--1"), .text("²"), .text("1\u{200B}"), .text("\u{1C}1"),
      .text(String(repeating: "9", count: 4301)), .number(.nan), .number(.infinity),
      .list([]), .object([:]), .bytes([0xFF]), .bytes(Array("x".utf8)), stream,
    ] as [Value])
  func notIntegers(_ value: Value) {
    #expect { try convert(value, to: .integer) } throws: { ($0 as? RuntimeError)?.code == .value }
  }

  @Test(
    arguments: [
      (.text(" 3.5 "), 3.5), (.text("1."), 1), (.text(".5"), 0.5), (.text("-1_0.5_0e1_0"), -10.50e10),
      (.text("٣.٥"), 3.5),
      (.text("iNf"), .infinity), (.text("-Infinity"), -.infinity), (.text("+nan"), .nan),
      (
        .text("1e400"),
        .infinity
      ),
      (.text("-1E400"), -.infinity), (.text("1e-400"), 0),
      (.integer(9_007_199_254_740_993), 9_007_199_254_740_992),
      (.boolean(true), 1), (.bigInteger("36893488147419103232"), 36_893_488_147_419_103_232),
      (.bytes(Array("3.5".utf8)), 3.5),
    ] as [(Value, Double)])
  func numbers(_ value: Value, _ expected: Double) throws {
    let converted = try convert(value, to: .number)
    #expect(converted.isIdentical(to: .number(expected)), "\(converted.debugForm)")
  }

  @Test(
    arguments: [
      .text(""), .text("abc"), .text("."), .text("1e"), .text("0x1p3"), .text("1_.5"), .text("1._5"),
      .text("1e_5"), .text("1 2"),
      .text("infin"), .text("nan(1)"), .list([]), .object([:]), stream, .bytes([0xFF]),
      .bigInteger("1" + String(repeating: "0", count: 400)),
    ] as [Value])
  func notNumbers(_ value: Value) {
    #expect { try convert(value, to: .number) } throws: { ($0 as? RuntimeError)?.code == .value }
  }

  @Test(
    arguments: [
      (.integer(5), "5", "5"), (.number(1e16), "1e+16", "1e+16"), (.boolean(true), "True", "True"),
      (.text("a\n"), "a\n", "a\n"),
      (.list([.text("é"), .null, .number(1)]), "[\"é\", null, 1.0]", "['é', None, 1.0]"),
      (.object(["k": .boolean(false)]), "{\"k\": false}", "{'k': False}"), (.bytes([0xC3, 0xA9]), "é", "é"),
      (.bigInteger("100000000000000000000000"), "100000000000000000000000", "100000000000000000000000"),
    ] as [(Value, String, String)])
  func texts(_ value: Value, _ text: String, _ markdown: String) throws {
    #expect(try convert(value, to: .text).isIdentical(to: .text(text)))
    #expect(try convert(value, to: .string).isIdentical(to: .text(text)))
    #expect(try convert(value, to: .markdown).isIdentical(to: .text(markdown)))
  }

  @Test(arguments: [stream, .list([stream]), .object(["k": stream]), .bytes([0xFF])] as [Value])
  func notTexts(_ value: Value) {
    for type in [CastType.string, .text, .markdown] {
      #expect { try convert(value, to: type) } throws: { ($0 as? RuntimeError)?.code == .value }
    }
  }

  @Test func nullStaysNull() throws {
    for type in CastType.allCases {
      #expect(try convert(.null, to: type).isNull)
    }
  }

  @Test(
    arguments: [
      ("data:,a%20b%zz%4", "a b%zz%4"), ("data:text/plain;base64,aGk=", "hi"), ("data:base64,aGk=", "hi"),
      ("data:text/plain;charset=x,%C3%A9é", "éé"), ("data:,a,b", "a,b"), ("data:;base64,aGk=", "hi"),
      ("data:a;base64;b,aGk", nil), ("data:text/plain", nil), ("data:text/plain;,x", nil), ("dat:,x", nil), ("", nil),
    ] as [(String, String?)])
  func dataURIs(_ uri: String, _ expected: String?) {
    let decoded = try? decodeDataURI(uri)
    #expect(decoded.map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test func base64RoundTrip() throws {
    var generator = JSONGenerator(seed: 7)
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      #expect(try Base64.decode(Base64.encode(bytes)) == bytes)
    }
    #expect(Base64.encode([0xFB, 0xFF]) == "+/8=")
  }

  @Test(
    arguments: [
      (.text("abc"), .integer, "'abc' is not an integer"), (.text("abc"), .number, "'abc' is not a number"),
      (.list([]), .number, "a list is not a number"), (.integer(5), .object, "'5' is not an object"),
      (.text("{a: 1}"), .json, "'{a: 1}' is not JSON: expected a key in double quotes at byte 1"),
      (
        .text(String(repeating: "x", count: 50)),
        .integer, "a text of 50 characters is not an integer"
      ),
      (stream, .text, "a stream cannot become text"),
    ] as [(Value, CastType, String)])
  func messages(_ value: Value, _ type: CastType, _ message: String) {
    #expect { try convert(value, to: type) } throws: { ($0 as? RuntimeError)?.message == message }
  }
}
