import ComposeRuntime
import Testing

/// Values as the units of fields. The published rows are in `CastConformanceTests`; these are the edges.
@Suite struct UnitTests {
  @Test(
    arguments: [
      (.text("0.0000005s"), 0), (.text("0.0000015s"), 0.000002), (.text("1.5ms"), 0.0015), (.text("0.1d"), 8640),
      (.text("-0:30"), 30), (.text("1:00:00"), 3600), (.text("0:0.1"), 0.1), (.text("1_0:0"), 600),
      (.text(" 5 "), 5), (.text("٣s"), 3), (.boolean(true), 1), (.number(0.1), 0.1), (.integer(86_400_000), 86_400_000),
      (.number(1.0000004), 1), (.text("999999999d"), 86_399_999_913_600), (.text("1:inf"), .infinity),
    ] as [(Value, Double)])
  func durations(_ value: Value, _ expected: Double) throws {
    #expect(try seconds(of: value) == expected)
  }

  @Test(
    arguments: [
      .text("s"), .text("1s2"), .text("1 h 2"), .text("nan"), .text("infs"), .text("1:2:3:4"), .text("1.5:00"),
      .text(":5"), .text("1:"), .text("1000000000d"), .number(1e300), .number(.nan),
      .bigInteger("99999999999999999999"),
      .list([]), .object([:]), .bytes([0x31]), .text("0x10"), .text("5S"), .text("1h30m"),
    ] as [Value])
  func notDurations(_ value: Value) {
    #expect { try seconds(of: value) } throws: { ($0 as? RuntimeError)?.code == .value }
  }

  @Test(
    arguments: [
      (.text("0.5K"), 512), (.text("1e3"), 1000), (.text("1 KB"), 1024), (.text(" 7 "), 7), (.number(-1.9), -1),
      (.boolean(false), 0), (.text("2.0000001B"), 2), (.text("1_000M"), 1_048_576_000),
    ] as [(Value, Int)])
  func sizes(_ value: Value, _ expected: Int) throws {
    #expect(try byteCount(of: value) == expected)
  }

  @Test(
    arguments: [
      .text("KB"), .text("1gb"), .text("1KiB"), .text("infG"), .text("nan"), .text("1e30"), .number(.infinity),
      .list([.integer(1)]), .text("GB1"),
    ] as [Value])
  func notSizes(_ value: Value) {
    #expect { try byteCount(of: value) } throws: { ($0 as? RuntimeError)?.code == .value }
  }

  @Test func decimals() throws {
    #expect(try decimalCount(of: .text("1.5g")) == 1_500_000_000)
    #expect(try decimalCount(of: .text("2 k")) == 2000)
    #expect(try decimalCount(of: .boolean(true)) == 1)
    #expect(try decimalCount(of: .number(2.7)) == 2)
    for text in ["1000", "k", "1kk", "1B", ""] {
      #expect(throws: RuntimeError.self) { try decimalCount(of: .text(text)) }
    }
  }

  @Test(
    arguments: [
      (.text("#f80"), Color(red: 255, green: 136, blue: 0)),
      (.text(" ##FF880010\n"), Color(red: 255, green: 136, blue: 0, alpha: 16)),
      (.text("0a0B0c"), Color(red: 10, green: 11, blue: 12)),
      (.list([.text("1"), .number(2.9), .boolean(true)]), Color(red: 1, green: 2, blue: 1)),
      (.list([.integer(-1), .integer(999), .integer(0), .integer(7)]), Color(red: -1, green: 999, blue: 0, alpha: 7)),
    ] as [(Value, Color)])
  func colors(_ value: Value, _ expected: Color) throws {
    #expect(try Color(value) == expected)
  }

  @Test(
    arguments: [
      .text("red"), .text("#ff88"), .text("f f"), .text("#f8é"), .text(""), .integer(5),
      .list([.integer(1), .integer(2)]),
      .list([.null, .integer(1), .integer(2)]), .object([:]),
    ] as [Value])
  func notColors(_ value: Value) {
    #expect { try Color(value) } throws: { ($0 as? RuntimeError)?.code == .value }
  }

  @Test func boxes() throws {
    let box = try Box(.list([.null, .integer(1), .text("2"), .number(3.9)]))
    #expect(box == Box(left: nil, top: 1, right: 2, bottom: 3))
    for value in [.list([]), .list([.integer(1)]), .text("1,2,3,4"), .list([.text("x"), .null, .null, .null])]
      as [Value]
    {
      #expect(throws: RuntimeError.self) { try Box(value) }
    }
  }

  @Test func textInputs() async throws {
    let resource = Value.resource(Resource(.file, source: BytesSource([0x61, 0xFF])))
    let rows: [(Value, Value)] = [
      (.null, .null), (.text("a"), .text("a")), (.bytes([0x61, 0xFF]), .text("a\u{FFFD}")),
      (resource, .text("a\u{FFFD}")),
      (.integer(1), .text("1")), (.boolean(true), .text("true")), (.object(["é": .number(1)]), .text(#"{"é": 1.0}"#)),
      (.list([.null, .text("a"), .list([.null])]), .list([.null, .text("a"), .text("[null]")])),
    ]
    for (value, expected) in rows { #expect(try await value.textInput().isIdentical(to: expected)) }
    await #expect(throws: RuntimeError.self) { try await Value.object(["k": resource]).textInput() }
  }

  @Test func streamsAsTextInputs() async throws {
    // A character that is cut between two fragments is one character.
    let pieces: [Value] = [.bytes([0xC3]), .bytes([0xA9]), .text("x"), .bytes([0xC3]), .text("y")]
    let fragments = ValueStream(.chunks(fragmented: true), elements: pieces)
    #expect(try await Value.stream(fragments).textInput().isIdentical(to: .text("éx\u{FFFD}y")))
    let items = ValueStream(.chunks(fragmented: false), elements: [.integer(1), .null, .bytes([0x61])])
    let texts = try await Value.stream(items).textInput().drained()
    #expect(texts.isIdentical(to: .list([.text("1"), .null, .text("a")])))
    for chunk in [Value.integer(1), .object([:]), .list([])] {
      let stream = ValueStream(.chunks(fragmented: true), elements: [chunk])
      await #expect(throws: RuntimeError.self) { try await Value.stream(stream).textInput() }
    }
  }

  @Test func nullIsTheDefaultOfTheField() throws {
    #expect(try seconds(of: .null) == nil)
    #expect(try byteCount(of: .null) == nil)
    #expect(try decimalCount(of: .null) == nil)
    #expect(try Color(.null) == nil)
    #expect(try Box(.null) == nil)
  }
}
