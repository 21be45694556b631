import Testing

@testable import ComposeBasic

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("ß…→", 3), ("語", 2), ("한글", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("ｆ", 2), ("ｱ", 1), ("🙂", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2), ("🇫🇷", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("␛\u{FFFD}", 2),
    ("\u{301}", 0), ("𠀀", 2), ("अ", 1),
  ])
  func columns(_ text: String, _ width: Int) {
    #expect(displayWidth(of: text) == width)
  }

  @Test(arguments: [
    ("plain é 語 👩‍👩‍👧", "plain é 語 👩‍👩‍👧"), ("\u{1B}[2J", "␛[2J"), ("a\tb\r\nc", "a␉b␍␊c"), ("\u{7F}", "␡"),
    ("\u{9B}", "\u{FFFD}"), ("\u{202E}", "\u{FFFD}"), ("\u{2028}", "\u{FFFD}"), ("\u{200B}", "\u{FFFD}"),
    ("\u{FEFF}", "\u{FFFD}"), ("\u{600}", "\u{600}"),
  ])
  func safe(_ text: String, _ expected: String) {
    #expect(Array(safeText(text).unicodeScalars) == Array(expected.unicodeScalars))
  }
}
