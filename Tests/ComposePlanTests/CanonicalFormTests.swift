import ComposePlan
import Testing

/// What must hold for all values, shown with random ones.
@Suite struct CanonicalFormTests {
  /// The bytes give the value back, so that different values have different bytes.
  @Test func canBeReadBack() {
    var generator = CanonicalValueGenerator(seed: 5)
    var seen: [[UInt8]: CanonicalValue] = [:]
    for _ in 0..<4000 {
      let value = generator.value()
      let bytes = CanonicalWriter.bytes { value.write(into: &$0) { $0 } }
      #expect(CanonicalReader.value(of: bytes) == value)
      #expect(seen.updateValue(value, forKey: bytes).map { $0 == value } ?? true)
    }
    #expect(seen.count > 1500)
  }

  @Test func orderOfKeysMakesNoDifference() {
    var generator = CanonicalValueGenerator(seed: 6)
    for _ in 0..<1000 {
      let value = generator.value()
      let hash = SemanticHash { value.write(into: &$0) { $0 } }
      #expect(SemanticHash { value.write(into: &$0) { $0.reversed() } } == hash)
      #expect(SemanticHash { value.write(into: &$0) { $0.sorted { $0.key < $1.key } } } == hash)
    }
  }

  @Test func orderOfElementsMakesADifference() {
    var generator = CanonicalValueGenerator(seed: 7)
    var count = 0
    for _ in 0..<1000 {
      let elements = [generator.value(), generator.value(), generator.value()]
      guard elements != elements.reversed() else { continue }
      count += 1
      let hash = SemanticHash { CanonicalValue.list(elements).write(into: &$0) { $0 } }
      #expect(SemanticHash { CanonicalValue.list(elements.reversed()).write(into: &$0) { $0 } } != hash)
    }
    #expect(count > 900)
  }

  /// Values that other formats confuse.
  @Test func likeValuesDiffer() {
    let values: [CanonicalValue] = [
      .null, .boolean(false), .integer(0), .number((0.0).bitPattern), .number((-0.0).bitPattern), CanonicalValue(""),
      CanonicalValue("0"), CanonicalValue("null"), .bytes([]), .list([]), .map([:]), .list([.null]),
      .list([.list([])]), .list([.list([]), .list([])]), .union([], [:]), .list([CanonicalValue(""), .map([:])]),
      .integer(1), .number((1.0).bitPattern), .boolean(true), .number(Double.nan.bitPattern), CanonicalValue("nan"),
      CanonicalValue("\u{E9}"), CanonicalValue("e\u{301}"), .list([CanonicalValue("ab")]),
      .list([CanonicalValue("a"), CanonicalValue("b")]), .map([[97]: .null]), .map([[97]: .map([:])]),
      .bigInteger(negative: false, magnitude: [1, 0, 0, 0, 0, 0, 0, 0, 0]), .bytes([1, 0, 0, 0, 0, 0, 0, 0, 0]),
      CanonicalValue("18446744073709551616"), .bigInteger(negative: true, magnitude: [1, 0, 0, 0, 0, 0, 0, 0, 0]),
      .number(18_446_744_073_709_551_616.0.bitPattern),
    ]
    let hashes = values.map { value in SemanticHash { value.write(into: &$0) { $0 } } }
    #expect(Set(hashes).count == values.count)
  }
}

/// Random values that are the same in every run (SplitMix64).
private struct CanonicalValueGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func value(depth: Int = 0) -> CanonicalValue {
    switch below(depth > 3 ? 9 : 14) {
    case 0: return .null
    case 1: return .boolean(below(2) == 0)
    case 2: return .integer(Int(truncatingIfNeeded: next()) >> below(64))
    case 3:
      let magnitude = [UInt8(1 + below(255))] + (0..<7 + below(20)).map { _ in UInt8(below(256)) }
      // Those of 64 bits are only big when they do not fit an Int.
      return .bigInteger(negative: below(2) == 0, magnitude: magnitude.count == 8 ? [255] + magnitude : magnitude)
    case 4:
      let value = Double(bitPattern: next())
      return .number(value.isNaN ? Double.nan.bitPattern : value.bitPattern)
    case 5: return .number(Double(Float(bitPattern: UInt32(truncatingIfNeeded: next()) & 0x7F7F_E000)).bitPattern)
    case 6: return .number((Double(below(4096)) / 64).bitPattern)
    case 7: return .text(text())
    case 8: return .bytes((0..<below(40)).map { _ in UInt8(below(256)) })
    case 9, 10: return .list((0..<below(5)).map { _ in value(depth: depth + 1) })
    case 11, 12: return .map(entries(below(30) == 0 ? 300 : below(6), depth: depth + 1))
    default: return .union(text(), entries(below(3), depth: depth + 1).filter { $0.key != Array("absent".utf8) })
    }
  }

  private mutating func entries(_ count: Int, depth: Int) -> [[UInt8]: CanonicalValue] {
    var entries: [[UInt8]: CanonicalValue] = [:]
    for _ in 0..<count { entries[text()] = count > 10 ? .null : value(depth: depth) }
    return entries
  }

  private mutating func text() -> [UInt8] {
    let pieces = ["a", "b", "plain text", "\u{E9}", "e\u{301}", "日本", "🙂", "\"", "\n", "\u{0}", "ab"]
    return (0..<below(8)).flatMap { _ in Array(pieces[below(pieces.count)].utf8) }
  }

  private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}
