/// What changes from one text to another, word by word, for texts that people write, such as prompts.
///
/// Words, marks and line breaks are matched so that as few as possible differ; blanks are compared between them. What
/// matches by chance inside of a change becomes part of it, so that the difference can be read. Texts are compared by
/// bytes: two ways to write `é` differ.
package struct WordDiff: Equatable, Sendable {
  /// A part of one of the texts, or of both.
  package enum Piece: Equatable, Sendable {
    case same(String)
    case removed(String)
    case added(String)
  }

  /// In order. No two of a kind follow each other, and what is removed stands before what is added in its place.
  ///
  /// The same and the removed ones together are the old text, the same and the added ones the new text. Equal texts
  /// are one piece, or none if they are empty.
  package let pieces: [Piece]

  /// Compares two texts.
  ///
  /// - Parameter effort: how many steps may be taken; `d` differing words take about `d * d`. Beyond, whole lines are
  ///   compared first, and words only inside of the lines that changed.
  package init(from old: String, to new: String, effort: Int = 20_000_000) {
    let comparison = WordComparison(old, new, effort: effort)
    var pieces: [Piece] = []
    var start = 0
    func append(_ text: String, _ piece: (String) -> Piece) {
      if !text.isEmpty { pieces.append(piece(text)) }
    }
    for change in comparison.changes() {
      append(comparison.old.text(start..<change.old.lowerBound), Piece.same)
      append(comparison.old.text(change.old), Piece.removed)
      append(comparison.new.text(change.new), Piece.added)
      start = change.old.upperBound
    }
    append(comparison.old.text(start..<comparison.old.tokens.count), Piece.same)
    self.pieces = pieces
  }

  /// Whether anything differs.
  package var hasChanges: Bool {
    pieces.contains { piece in
      switch piece {
      case .same: false
      case .removed, .added: true
      }
    }
  }

  /// How many words only the old text has, and only the new one. A Chinese or Japanese character counts as a word.
  package var changedWords: (removed: Int, added: Int) {
    var count = (removed: 0, added: 0)
    for piece in pieces {
      switch piece {
      case .same: break
      case .removed(let text): count.removed += wordTokens(of: text).count(where: \.isWord)
      case .added(let text): count.added += wordTokens(of: text).count(where: \.isWord)
      }
    }
    return count
  }
}
