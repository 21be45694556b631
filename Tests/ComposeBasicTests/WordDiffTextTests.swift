import ComposeBasic
import Testing

/// How differences of words are written.
@Suite struct WordDiffTextTests {
  private func text(_ old: String, _ new: String, _ format: WordDiffFormat) -> String {
    WordDiff(from: old, to: new).text(format)
  }

  private static let numbers = (1...5000).map { "word\($0)" }

  private func prompt(_ changes: [Int: String], separator: (Int) -> String = { _ in " " }) -> String {
    Self.numbers.enumerated().map { (changes[$0 + 1] ?? $1) + separator($0 + 1) }.joined()
  }

  @Test func oneChangeIsOneLine() {
    let expected =
      "… 2493 words … word2494 word2495 word2496 word2497 word2498 word2499 [-word2500-]{+changed+} "
      + "word2501 word2502 word2503 word2504 word2505 word2506 … 2494 words …"
    #expect(text(prompt([:]), prompt([2500: "changed"]), WordDiffFormat(.lines)) == expected)
    #expect(text(prompt([:]), prompt([2500: "changed"]), WordDiffFormat(.oneLine)) == expected)
  }

  /// Context ends with the line, and each changed line is a line.
  @Test func linesStandApart() {
    let lines: (Int) -> String = { $0 % 5 == 0 ? "\n" : " " }
    let changes = [12: "a", 2502: "b", 2504: "c"]
    #expect(
      text(prompt([:], separator: lines), prompt(changes, separator: lines), WordDiffFormat(.lines)) == """
        … 10 words … word11 [-word12-]{+a+} word13 word14 word15 … 2485 words …
        word2501 [-word2502-]{+b+} word2503 [-word2504-]{+c+} word2505 … 2495 words …
        """)
    #expect(
      text(prompt([:], separator: lines), prompt(changes, separator: lines), WordDiffFormat(.oneLine, context: 2))
        == """
        … 9 words … word10↵word11 [-word12-]{+a+} word13 word14 … 2485 words … \
        word2500↵word2501 [-word2502-]{+b+} word2503 [-word2504-]{+c+} word2505↵word2506 … 2494 words …
        """)
  }

  @Test(arguments: [
    // A little is not left out, nor is anything without a limit.
    ("a b c d x e f g", "a b c d y e f g", 1, "a b c d [-x-]{+y+} e f g"),
    ("1 2 3 4 5 6 x", "1 2 3 4 5 6 y", 1, "… 5 words … 6 [-x-]{+y+}"),
    ("1 2 3 4 5 6 x", "1 2 3 4 5 6 y", 0, "… 6 words … [-x-]{+y+}"),
    ("x 1 2 3 4 5 6 y", "a 1 2 3 4 5 6 b", 1, "[-x-]{+a+} 1 … 4 words … 6 [-y-]{+b+}"),
    (
      "x " + String(repeating: "=", count: 99), "y " + String(repeating: "=", count: 99), 0,
      "[-x-]{+y+} … 99 characters …"
    ),
    // One long word is not context.
    (String(repeating: "q", count: 500) + " x", String(repeating: "q", count: 500) + " y", 6, "… 1 word … [-x-]{+y+}"),
    // A line break at the end of both is not told.
    ("a\nb\n", "a\nc\n", 6, "a\n[-b-]{+c+}"),
    ("a\nb", "a\nb\n", 6, "a\nb{+↵+}\n"),
    ("a b", "a\nb", 6, "a[- -]{+↵+}\nb"),
    ("a\nb\nc", "a\nc", 6, "a\n[-b↵-]\nc"),
    ("a\nc", "a\nb\nb\nc", 6, "a\n{+b↵+}\n{+b↵+}\nc"),
    ("a\r\nb", "a\nb", 6, "a[-␍↵-]\n{+↵+}\nb"),
    ("same", "same", 6, ""),
  ])
  func writesLines(_ old: String, _ new: String, _ context: Int, _ expected: String) {
    #expect(text(old, new, WordDiffFormat(.lines, context: context)) == expected)
  }

  @Test(arguments: [
    ("a\nb\n", "a\nc\n", "a↵[-b-]{+c+}"),
    ("a\nb\nc", "a\nc", "a↵[-b↵-]c"),
    ("a\r\nb", "a\nb", "a[-␍↵-]{+↵+}b"),
    ("x 1 2 3\n4 5 6 7 8", "y 1 2 3\n4 5 6 7 8", "[-x-]{+y+} 1 2 3↵4 5 6 7 8"),
  ])
  func writesOneLine(_ old: String, _ new: String, _ expected: String) {
    #expect(text(old, new, WordDiffFormat(.oneLine, context: nil)) == expected)
  }

  @Test func longChangesAreShortened() {
    let added = "x " + Self.numbers.joined(separator: " ")
    #expect(
      text("x", added, WordDiffFormat(longestChange: 4)) == "x{+ word1 word2 … 4996 words … word4999 word5000+}")
    #expect(text("x", added, WordDiffFormat(longestChange: nil)) == "x{+\(added.dropFirst())+}")
  }

  @Test func colorsChanges() {
    #expect(
      text("1 2 3 4 5 6 x\n", "1 2 3 4 5 6 y\n", WordDiffFormat(context: 0, color: true))
        == "\u{1B}[36m… 6 words …\u{1B}[0m \u{1B}[31m[-x-]\u{1B}[0m\u{1B}[32m{+y+}\u{1B}[0m")
    // A sequence ends with its line, so that pagers show it right.
    #expect(
      text("a\n", "a\nb\nc\n", WordDiffFormat(color: true))
        == "a\n\u{1B}[32m{+b↵+}\u{1B}[0m\n\u{1B}[32m{+c↵+}\u{1B}[0m\n")
  }

  @Test func noTextCommandsTheTerminal() {
    let written = text("\u{1B}[2Ja\tb x", "\u{1B}[2Ja\tb y\u{1B}]0;t\u{7}\t\u{202E}", WordDiffFormat(context: nil))
    #expect(written == "␛[2Ja\tb [-x-]{+y␛]0;t␇␉\u{FFFD}+}")
  }
}
