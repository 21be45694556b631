import ComposeRuntime

/// Random values and JSON texts that are the same in every run (SplitMix64).
struct JSONGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

  mutating func one<Element>(of choices: [Element]) -> Element { choices[below(choices.count)] }

  // MARK: Values

  /// A value that JSON can say, NaN and the infinities included.
  mutating func value(depth: Int = 0) -> Value {
    switch below(depth > 4 ? 7 : 11) {
    case 0: return .null
    case 1: return .boolean(below(2) == 0)
    case 2: return .integer(Int(truncatingIfNeeded: next()))
    case 3: return .bigInteger(one(of: ["-", ""]) + "1" + String(repeating: "7", count: 20 + below(30)))
    case 4: return .number(Double(bitPattern: next()))
    case 5: return .number(Double(below(2_000_000)) / 1000)
    case 6: return .text(text())
    case 7, 8: return .list((0..<below(5)).map { _ in value(depth: depth + 1) })
    default: return .object(OrderedObject((0..<below(14)).map { _ in (key(), value(depth: depth + 1)) }))
    }
  }

  mutating func text() -> String {
    let pieces = ["a", "plain text", "é", "e\u{301}", "日本", "🙂", "\"", "\\", "\n", "\u{1}", "\u{7F}", "/", "\u{0}"]
    return (0..<below(6)).map { _ in one(of: pieces) }.joined()
  }

  private mutating func key() -> String { one(of: ["a", "b", "é", "e\u{301}", "", "k\(below(20))", text()]) }

  // MARK: Texts

  /// A valid JSON text with all sorts of spellings, keys that occur twice among them.
  mutating func document(depth: Int = 0) -> String {
    let blank = one(of: ["", "", " ", "\n\t"])
    if depth > 4 || below(10) < 4 {
      let scalars = [
        "null", "true", "false", "0", "-0", "-17", "1.5", "-2E+3", "1e400", "NaN", "Infinity", "-Infinity",
        "\"\"",
        "\"text\"", #""\u00e9\n\/""#, #""\ud83d\ude42""#, #""\ud83d""#, "\"日本 and more than eight bytes\"",
        "123456789012345678901234567890", "0.1", "1234567.891e-30",
      ]
      return blank + one(of: scalars) + blank
    }
    if below(2) == 0 {
      let elements = (0..<below(5)).map { _ in document(depth: depth + 1) }
      return "[\(blank)\(elements.joined(separator: ","))]"
    }
    let members = (0..<below(6)).map { _ in
      one(of: ["\"a\"", "\"b\"", #""\u0061""#, "\"é\"", "\"c\""]) + blank + ":" + document(depth: depth + 1)
    }
    return "{\(blank)\(members.joined(separator: "," + blank))}"
  }

  /// A text that is nearly JSON: bytes changed, lost, added, or the end missing.
  mutating func brokenDocument() -> [UInt8] {
    var bytes = Array(document().utf8)
    for _ in 0...below(3) where !bytes.isEmpty {
      let position = below(bytes.count)
      switch below(4) {
      case 0: bytes[position] = UInt8(truncatingIfNeeded: next())
      case 1: bytes.remove(at: position)
      case 2: bytes.insert(one(of: Array("{}[],:\"\\e-0u\u{1}".utf8) + [0xFF, 0xC3]), at: position)
      default: bytes.removeSubrange(position...)
      }
    }
    return bytes
  }

  mutating func path() -> [JSONPathStep] {
    (0..<below(4)).map { _ in
      below(2) == 0 ? .key(one(of: ["a", "b", "é", "zz"])) : .index(below(4) - 2)
    }
  }
}
