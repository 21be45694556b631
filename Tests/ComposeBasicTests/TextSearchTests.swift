import ComposeBasic
import Testing

@Suite struct TextSearchTests {
  /// Several places are looked at together: a match may begin at any of them, and what looks almost like one is none.
  @Test(arguments: ["a", "ab", "aab", "\"usage\"", "ÿé", "0123456789abcdef0"])
  func aMatchIsFoundWhereverItStands(_ part: String) {
    // All but its last character, again and again, in front of it.
    let almost = String(part.dropLast()) + "·"
    for count in 0...20 {
      for rest in ["", "·", "····", almost] {
        let front = String(repeating: almost, count: count)
        let text = front + part + rest
        #expect(text.utf8Offset(of: part) == front.utf8.count && text.contains(part))
        #expect(Array(text.utf8).firstRange(of: Array(part.utf8))?.lowerBound == front.utf8.count)
        #expect(text[...].firstPlace(of: part) == text.utf8.index(text.startIndex, offsetBy: front.utf8.count))
        #expect((front + rest).utf8Offset(of: part) == nil && !(front + rest).contains(part))
      }
    }
  }

  @Test func ends() {
    #expect("".utf8Offset(of: "") == 0 && "".utf8Offset(of: "a") == nil && "a".utf8Offset(of: "") == 0)
    #expect("abc".utf8Offset(of: "abcd") == nil && "abcdefghi".utf8Offset(of: "i") == 8)
  }
}
