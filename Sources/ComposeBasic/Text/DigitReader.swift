/// Reads ASCII digits and single characters from the front of a text.
struct DigitReader {
  private(set) var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  var first: UInt8? { rest.first }

  /// Exactly so many digits, at most 18; `nil`, and nothing is taken, when there are fewer.
  mutating func take(_ count: Int) -> Int? { take(count...count) }

  /// As many digits as there are, within the range, at most 18.
  mutating func take(_ counts: ClosedRange<Int>) -> Int? {
    var number = 0
    var count = 0
    for byte in rest.prefix(counts.upperBound) {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
      count += 1
    }
    guard counts.contains(count) else { return nil }
    rest = rest.dropFirst(count)
    return number
  }

  /// Takes one of the characters, if it is next.
  mutating func skip(_ characters: String) -> Bool {
    guard let first, characters.utf8.contains(first) else { return false }
    rest = rest.dropFirst()
    return true
  }
}
