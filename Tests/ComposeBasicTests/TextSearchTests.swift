import ComposeBasic
import Testing

@Suite struct TextSearchTests {
  /// Several places are looked at together: a match may begin and end at any of them, and what looks almost like one is
  /// none.
  @Test(arguments: ["a", "ab", "aab", "\"usage\"", "ÿé", "0123456789abcdef0"])
  func aMatchIsFoundWhereverItStands(_ part: String) {
    let near = String(part.dropLast()) + "\u{80}"
    for before in 0...20 {
      for after in [0, 1, 7, 8, 9] {
        let front = String(String(repeating: near, count: before).utf8.prefix(before * 2)) ?? ""
        let text = front + part + String(repeating: "·", count: after)
        let expected = slowOffset(of: part, in: text)
        #expect(text.utf8Offset(of: part) == expected && text.contains(part))
        let bytes = Array(text.utf8)
        #expect(bytes.firstRange(of: Array(part.utf8))?.lowerBound == expected)
        #expect(
          text.dropFirst(0).firstPlace(of: part).map { text.utf8.distance(from: text.startIndex, to: $0) } == expected)
        #expect(!String(repeating: near, count: before).contains(part) || near.contains(part))
      }
    }
  }

  @Test func ends() {
    #expect("".utf8Offset(of: "") == 0 && "".utf8Offset(of: "a") == nil && "a".utf8Offset(of: "") == 0)
    #expect("abc".utf8Offset(of: "abcd") == nil && "abcdefghi".utf8Offset(of: "i") == 8)
  }

  private func slowOffset(of part: String, in text: String) -> Int? {
    let (bytes, wanted) = (Array(text.utf8), Array(part.utf8))
    return (0...max(0, bytes.count - wanted.count)).first { bytes[$0...].starts(with: wanted) }
  }
}
