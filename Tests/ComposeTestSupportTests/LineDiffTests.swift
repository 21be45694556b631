import ComposeTestSupport
import Testing

@Suite struct LineDiffTests {
  @Test func isEmptyForEqualTexts() { #expect(lineDiff(expected: "a\nb\n", actual: "a\nb\n").isEmpty) }

  @Test func keepsTheLongestCommonPart() {
    let difference = lineDiff(expected: "a\nb\nc\nd\n", actual: "x\nb\nd\ne\n")
    #expect(difference == "- a\n+ x\n  b\n- c\n  d\n+ e")
  }

  @Test func leavesOutWhatIsFarAway() {
    let lines = (1...9).map { "\($0)\n" }
    let difference = lineDiff(
      expected: lines.joined(), actual: lines.joined().replacing("5", with: "five"), context: 1)
    #expect(difference == "  …\n  4\n- 5\n+ five\n  6\n  …")
  }

  @Test func showsAMissingLastLineBreak() {
    #expect(lineDiff(expected: "a\n", actual: "a") == "- a\n+ a⏎ (no line break at the end)")
  }

  @Test func showsCarriageReturns() { #expect(lineDiff(expected: "a\r\n", actual: "a\n") == "- a␍\n+ a") }

  @Test func handlesAnEmptySide() {
    #expect(lineDiff(expected: "", actual: "a\nb\n") == "+ a\n+ b")
    #expect(lineDiff(expected: "a\n", actual: "") == "- a")
  }
}
