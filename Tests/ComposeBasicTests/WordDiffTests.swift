import ComposeBasic
import Testing

/// Which words differ.
@Suite struct WordDiffTests {
  private func marked(_ old: String, _ new: String, effort: Int = 20_000_000) -> String {
    WordDiff(from: old, to: new, effort: effort).pieces.map { piece in
      switch piece {
      case .same(let text): text
      case .removed(let text): "[-\(text)-]"
      case .added(let text): "{+\(text)+}"
      }
    }.joined()
  }

  @Test(arguments: [
    ("", "", ""),
    ("a", "a", "a"),
    ("", "new text", "{+new text+}"),
    ("old text", "", "[-old text-]"),
    ("Answer in English.", "Answer in Korean.", "Answer in [-English-]{+Korean+}."),
    ("the quick fox", "the slow, quick fox", "the {+slow, +}quick fox"),
    ("one two three", "one three", "one [-two -]three"),
    ("Be nice.", "Be nice. Be short.", "Be nice.{+ Be short.+}"),
    ("Be short.", "Be nice. Be short.", "{+Be nice. +}Be short."),
    // Numbers and words with marks inside are one word.
    ("at 0.7 now", "at 0.5 now", "at [-0.7-]{+0.5+} now"),
    ("we don't", "we can't", "we [-don't-]{+can't+}"),
    ("max_tokens: 1", "max_token: 1", "[-max_tokens-]{+max_token+}: 1"),
    // Keys and values of the same shape stay apart, and so do words with enough between them.
    ("\"name\": \"x\"", "\"title\": \"y\"", "\"[-name-]{+title+}\": \"[-x-]{+y+}\""),
    ("the red car stopped", "the blue car crashed", "the [-red-]{+blue+} car [-stopped-]{+crashed+}"),
    // What is the same by chance inside of a change is part of it.
    (
      "You are a helpful assistant.", "You act as a kind assistant.",
      "You [-are a helpful-]{+act as a kind+} assistant."
    ),
    ("apple, banana, cherry", "pear, melon, grape", "[-apple, banana, cherry-]{+pear, melon, grape+}"),
    ("good morning world", "fine evening world", "[-good morning-]{+fine evening+} world"),
    // Blanks.
    ("a b", "a  b", "a[- -]{+  +}b"),
    ("a b", "a\nb", "a[- -]{+\n+}b"),
    ("a\nb", "a\r\nb", "a[-\n-]{+\r\n+}b"),
    ("a b ", "a b", "a b[- -]"),
    ("ab", "a b", "[-ab-]{+a b+}"),
    // Lines: whole ones come and go whole, and changed ones stay apart.
    ("- a\n- b\n- c\n", "- a\n- x\n- b\n- c\n", "- a\n{+- x\n+}- b\n- c\n"),
    ("- a\n- b\n- c\n", "- a\n- c\n", "- a\n[-- b\n-]- c\n"),
    ("one\ntwo\n", "three\nfour\n", "[-one-]{+three+}\n[-two-]{+four+}\n"),
    // So do lines that go or come after one that changed.
    ("- it is.\n- two.\n", "- was.\n", "- [-it is-]{+was+}.\n[-- two.\n-]"),
    ("it is.\nand two.", "was.", "[-it is-]{+was+}.[-\nand two.-]"),
    ("- was.\n", "- it is.\n- two.\n- three.\n", "- [-was-]{+it is+}.\n{+- two.\n- three.\n+}"),
    // Korean is split at blanks, Chinese and Japanese after each character.
    ("한국어로 답하세요", "영어로 답하세요", "[-한국어로-]{+영어로+} 답하세요"),
    ("请用中文回答问题", "请用英文回答问题", "请用[-中-]{+英+}文回答问题"),
    ("日本語で答える", "英語で答える", "[-日本-]{+英+}語で答える"),
    ("今天的天气好", "明日的空气好", "[-今天的天-]{+明日的空+}气好"),
    // Texts that look alike differ when their bytes do.
    ("caf\u{E9}", "cafe\u{301}", "[-caf\u{E9}-]{+cafe\u{301}+}"),
    ("hi 👩‍🚀!", "hi 👨‍🚀!", "hi [-👩‍🚀-]{+👨‍🚀+}!"),
  ])
  func findsWords(_ old: String, _ new: String, _ expected: String) {
    #expect(Array(marked(old, new).utf8) == Array(expected.utf8), "\(marked(old, new))")
  }

  /// Both texts can be had back, whatever the effort was, and equal texts have no change.
  @Test(arguments: [20_000_000, 40, 0])
  func isRight(_ effort: Int) {
    var random = SeededGenerator(seed: 3)
    let tokens = ["a", "b", "word", "word", "longer", " ", " ", " ", "  ", "\n", "\r\n", ". ", ",", "日", "本", "語"]
    func text() -> String {
      (0..<Int.random(in: 0...25, using: &random)).map { _ in tokens.randomElement(using: &random) ?? "" }.joined()
    }
    for _ in 0..<1500 {
      let (old, new) = (text(), text())
      let diff = WordDiff(from: old, to: new, effort: effort)
      var (left, right): ([UInt8], [UInt8]) = ([], [])
      var kinds: [Int] = []
      for piece in diff.pieces {
        switch piece {
        case .same(let text):
          left += text.utf8
          right += text.utf8
          kinds.append(0)
        case .removed(let text):
          left += text.utf8
          kinds.append(1)
        case .added(let text):
          right += text.utf8
          kinds.append(2)
        }
      }
      #expect(left == Array(old.utf8) && right == Array(new.utf8), "\(old.debugDescription) \(new.debugDescription)")
      #expect(zip(kinds, kinds.dropFirst()).allSatisfy { $0 < $1 || $1 == 0 && $0 != 0 }, "\(diff.pieces)")
      #expect(diff.hasChanges == (Array(old.utf8) != Array(new.utf8)))
      #expect(!WordDiff(from: old, to: old, effort: effort).hasChanges)
    }
  }

  /// With too little effort for all words at once, lines are compared, and then words in those that changed.
  @Test func fallsBackToLines() {
    let lines = (0..<200).map { "line \($0) of many\n" }
    var changed = lines
    for index in stride(from: 0, to: 200, by: 20) { changed[index] = "line \(index) of few\n" }
    let full = marked(lines.joined(), changed.joined())
    #expect(marked(lines.joined(), changed.joined(), effort: 150) == full)
    // Where even a line takes too long, all of it changed.
    let (old, new) = ("a long extended line in one\nd e\nf", "some short extended row of two\nd e\nz")
    #expect(marked(old, new) == "[-a long-]{+some short+} extended [-line in one-]{+row of two+}\nd e\n[-f-]{+z+}")
    let shown = "[-a long extended line in one-]{+some short extended row of two+}\nd e\n[-f-]{+z+}"
    #expect(marked(old, new, effort: 30) == shown)
  }

  @Test func countsWords() {
    let diff = WordDiff(from: "say two words", to: "say it, in 日本語")
    #expect(diff.changedWords == (removed: 2, added: 5))
    #expect(WordDiff(from: "a", to: "a").changedWords == (removed: 0, added: 0))
  }
}
