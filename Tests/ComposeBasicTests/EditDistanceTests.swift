import ComposeBasic
import Testing

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1),
    ("abc", "xabc", 1), ("temprature", "temperature", 1), ("nubmer", "number", 1), ("kitten", "sitting", 3),
    ("ca", "abc", 3), ("é", "e", 1),
  ])
  func distance(_ left: String, _ right: String, _ distance: Int) {
    #expect(editDistance(left, right) == distance)
    #expect(editDistance(right, left) == distance)
  }

  struct Case: Sendable {
    let text: String
    let candidates: [String]
    let expected: String?
  }

  @Test(arguments: [
    Case(text: "temprature", candidates: ["type", "temperature"], expected: "temperature"),
    Case(text: "maxTokens", candidates: ["max_tokens", "tokens"], expected: "max_tokens"),
    Case(text: "Max-Tokens", candidates: ["maxtoken", "max_tokens"], expected: "max_tokens"),
    Case(text: "nmber", candidates: ["number", "member"], expected: "number"),
    Case(text: "txt", candidates: ["text", "test"], expected: "text"),
    Case(text: "boat", candidates: ["coat", "goat"], expected: "coat"),
    Case(text: "colour", candidates: ["shape", "size"], expected: nil),
    // Nothing in common is not a likeness, however short the names are.
    Case(text: "a", candidates: ["b"], expected: nil),
    Case(text: "", candidates: ["a"], expected: nil),
    // The text itself is no suggestion.
    Case(text: "same", candidates: ["same"], expected: nil),
    Case(text: "same", candidates: [], expected: nil),
  ])
  func suggests(_ example: Case) {
    #expect(suggestion(for: example.text, among: example.candidates) == example.expected)
  }
}
