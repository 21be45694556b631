/// How a ``WordDiff`` is written.
package struct WordDiffFormat: Sendable {
  /// Where the lines of the texts go.
  package enum Layout: Sendable {
    /// Everything on one line; a line break is `↵`.
    case oneLine
    /// The lines of the texts; only a line break that is removed or added is `↵`.
    case lines
  }

  package var layout: Layout
  /// How many words that are the same are shown before and after a change, `nil` for all.
  package var context: Int?
  /// How many words of a removed or added text are shown, `nil` for all.
  package var longestChange: Int?
  /// Whether changes carry ANSI colour sequences in addition to their marks.
  package var color: Bool

  /// - Parameters:
  ///   - context: words shown before and after a change, `nil` for all.
  ///   - longestChange: words shown of a removed or added text, `nil` for all.
  package init(_ layout: Layout = .lines, context: Int? = 6, longestChange: Int? = 60, color: Bool = false) {
    self.layout = layout
    self.context = context
    self.longestChange = longestChange
    self.color = color
  }
}

extension WordDiff {
  /// The difference as text, without a line break at its end: `[-old-]{+new+}` as in git's word diff, and
  /// `… 12 words …` for what is left out. Empty when nothing changed.
  ///
  /// Control characters and invisible ones are replaced, so that no text can command a terminal.
  package func text(_ format: WordDiffFormat = WordDiffFormat()) -> String {
    guard hasChanges else { return "" }
    var writer = WordDiffWriter(format: format)
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .same(let text): writer.writeSame(text, isFirst: index == 0, isLast: index == pieces.count - 1)
      case .removed(let text): writer.writeChange(text, "[-", "-]", color: "31")
      case .added(let text): writer.writeChange(text, "{+", "+}", color: "32")
      }
    }
    return writer.output
  }
}

private struct WordDiffWriter {
  /// Leaving out less than this would save nothing.
  private static let fewestHidden = (words: 4, characters: 40)

  let format: WordDiffFormat
  var output = ""

  mutating func writeSame(_ text: String, isFirst: Bool, isLast: Bool) {
    let same = WordText(text)
    let all = same.tokens.indices
    // The line break that ends both texts tells nothing.
    let shown = isLast && same.tokens.last?.kind == .lineBreak ? all.dropLast() : all
    let stopsAtLine = format.layout == .lines
    let head = isFirst ? 0 : same.count(shown, words: format.context, stopsAtLine: stopsAtLine)
    let tail = isLast ? 0 : same.count(shown.reversed(), words: format.context, stopsAtLine: stopsAtLine)
    guard let hidden = hidden(shown, head, tail, in: same) else {
      writeLines(of: same, shown)
      return
    }
    writeLines(of: same, shown.lowerBound..<hidden.lowerBound)
    if let last = output.last, last != "\n" { output += " " }
    let ellipsis = Self.ellipsis(for: hidden, of: same)
    output += format.color ? "\u{1B}[36m\(ellipsis)\u{1B}[0m" : ellipsis
    guard !isLast else { return }
    // Changes of different lines stand on different lines.
    let breaksLine = !isFirst && stopsAtLine && same.tokens[hidden].contains { $0.kind == .lineBreak }
    output += breaksLine ? "\n" : " "
    writeLines(of: same, hidden.upperBound..<shown.upperBound)
  }

  mutating func writeChange(_ text: String, _ start: String, _ end: String, color: String) {
    let change = WordText(text)
    let all = change.tokens.indices
    let words = format.longestChange.map { max(1, $0 / 2) }
    let head = change.count(all, words: words)
    let tail = change.count(all.reversed(), words: words)
    let hidden = hidden(all, head, tail, in: change)
    let opening = format.color ? "\u{1B}[\(color)m" + start : start
    let closing = format.color ? end + "\u{1B}[0m" : end
    output += opening
    for index in all {
      if let hidden, hidden.contains(index) {
        if index == hidden.lowerBound { output += " " + Self.ellipsis(for: hidden, of: change) + " " }
        continue
      }
      guard change.tokens[index].kind == .lineBreak else {
        output += safeText(change[index])
        continue
      }
      output += Self.visible(change[index])
      guard format.layout == .lines, change.endsLine(index) else { continue }
      output += closing + "\n"
      if index < all.upperBound - 1 { output += opening }
    }
    if output.last != "\n" { output += closing }
  }

  /// The tokens between the shown ones and the blanks around them, unless they are too few to be left out.
  private func hidden(_ shown: Range<Int>, _ head: Int, _ tail: Int, in text: WordText) -> Range<Int>? {
    guard head + tail < shown.count else { return nil }
    var (start, end) = (shown.lowerBound + head, shown.upperBound - tail)
    let words = text.tokens[start..<end].count(where: \.isWord)
    guard words >= Self.fewestHidden.words || text.length(start..<end) >= Self.fewestHidden.characters else {
      return nil
    }
    while start > shown.lowerBound, text.tokens[start - 1].kind == .blanks { start -= 1 }
    while end < shown.upperBound, text.tokens[end].kind == .blanks { end += 1 }
    return start..<end
  }

  private mutating func writeLines(of text: WordText, _ range: Range<Int>) {
    for index in range {
      switch text.tokens[index].kind {
      case .lineBreak where format.layout == .lines && text.endsLine(index): output += "\n"
      case .lineBreak: output += Self.visible(text[index])
      // A tab does no harm where nothing changed.
      case .blanks:
        output += text[index].split(separator: "\t", omittingEmptySubsequences: false)
          .map { safeText(String($0)) }.joined(separator: "\t")
      case .word, .ideograph, .mark: output += safeText(text[index])
      }
    }
  }

  private static func ellipsis(for hidden: Range<Int>, of text: WordText) -> String {
    switch text.tokens[hidden].count(where: \.isWord) {
    case 0: "… \(text.length(hidden)) characters …"
    case 1: "… 1 word …"
    case let count: "… \(count) words …"
    }
  }

  /// A line break as something that can be seen.
  private static func visible(_ lineBreak: String) -> String {
    lineBreak.unicodeScalars.map { $0 == "\n" ? "↵" : safeText(String($0)) }.joined()
  }
}

/// A piece in tokens again.
private struct WordText {
  private let bytes: [UInt8]
  let tokens: [WordToken]

  init(_ text: String) {
    bytes = Array(text.utf8)
    tokens = wordTokens(of: text)
  }

  subscript(index: Int) -> String { String(decoding: bytes[tokens[index].range], as: UTF8.self) }

  /// Whether a token is a line break for every reader, and not a CR or one of Unicode's.
  func endsLine(_ index: Int) -> Bool { bytes[tokens[index].range].last == UInt8(ascii: "\n") }

  /// In characters, blanks aside.
  func length(_ range: Range<Int>) -> Int {
    tokens[range].reduce(0) { $0 + ($1.kind == .blanks ? 0 : $1.length) }
  }

  /// How many tokens to show from the beginning of `order`, so that no more than `words` words are among them, nor
  /// what is as long as so many long words.
  func count(_ order: some Sequence<Int>, words: Int?, stopsAtLine: Bool = false) -> Int {
    guard let words else { return tokens.count }
    var (count, seen, length) = (0, 0, 0)
    for index in order {
      let token = tokens[index]
      if token.isWord { seen += 1 }
      length += token.length
      if seen > words || length > 12 * words || stopsAtLine && token.kind == .lineBreak { break }
      count += 1
    }
    return count
  }
}
