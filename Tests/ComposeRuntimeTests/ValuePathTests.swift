import ComposeRuntime
import Testing

@Suite struct ValuePathTests {
  private static let list = Value.list([.integer(10), .integer(20), .integer(30)])

  @Test func findsMembers() {
    let object = Value.object(["a": .integer(1), "0": .integer(2)])
    #expect(object.member("a").isIdentical(to: .integer(1)))
    #expect(object.member("0").isIdentical(to: .integer(2)))
    #expect(object.member("zz").isNull)
    for value in [Self.list, .text("a"), .null, .bytes([1])] { #expect(value.member("a").isNull) }
  }

  @Test(
    arguments: [(0, 10), (2, 30), (-1, 30), (-3, 10), (3, nil), (-4, nil), (Int.max, nil), (Int.min, nil)]
      as [(Int, Int?)])
  func findsElements(_ index: Int, _ expected: Int?) {
    let element = Self.list.element(at: index)
    #expect(element.isIdentical(to: expected.map { .integer($0) } ?? .null))
  }

  @Test(
    arguments: [
      (0, 2, [10, 20]), (1, nil, [20, 30]), (nil, 1, [10]), (nil, nil, [10, 20, 30]), (-2, nil, [20, 30]),
      (nil, -2, [10]),
      (5, 9, []), (2, 0, []), (-99, 99, [10, 20, 30]), (Int.min, Int.max, [10, 20, 30]), (1, -1, [20]),
    ] as [(Int?, Int?, [Int])])
  func slices(_ from: Int?, _ to: Int?, _ expected: [Int]) {
    #expect(Self.list.slice(from: from, to: to).isIdentical(to: .list(expected.map { .integer($0) })))
  }

  @Test func givesNullWhereThereIsNoList() {
    for value in [Value.object(["a": .null]), .text("abc"), .null, .integer(5), .bytes([1])] {
      #expect(value.element(at: 0).isNull)
      #expect(value.slice(from: 0, to: 1).isNull)
      #expect(value.wildcard { $0 }.isNull)
    }
  }

  @Test func keepsNullsOfAWildcard() {
    let rows = Value.list([.object(["v": .integer(1)]), .integer(5), .null])
    #expect(rows.wildcard { $0.member("v") }.isIdentical(to: .list([.integer(1), .null, .null])))
  }

  @Test func takesCodePointsAfterARoot() {
    let word = Value.text("ae\u{301}🙂")
    #expect(word.rootElement(at: 1).isIdentical(to: .text("e")))
    #expect(word.rootElement(at: -1).isIdentical(to: .text("🙂")))
    #expect(word.rootElement(at: 4).isNull)
    #expect(word.rootSlice(from: 1, to: 3).isIdentical(to: .text("e\u{301}")))
    #expect(Value.bytes([7, 8]).rootElement(at: -1).isIdentical(to: .integer(8)))
    #expect(Value.bytes([7, 8]).rootSlice(from: 1, to: nil).isIdentical(to: .bytes([8])))
    #expect(Self.list.rootElement(at: 1).isIdentical(to: .integer(20)))
    #expect(Value.boolean(true).rootElement(at: 0).isNull)
  }
}
