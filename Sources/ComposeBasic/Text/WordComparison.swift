/// Finds the places where two texts differ, in tokens, and makes them readable. See ``WordDiff``.
struct WordComparison {
  /// A text in tokens.
  struct Side {
    let bytes: [UInt8]
    let tokens: [WordToken]

    init(_ text: String) {
      bytes = Array(text.utf8)
      tokens = wordTokens(of: text)
    }

    subscript(index: Int) -> ArraySlice<UInt8> { bytes[tokens[index].range] }

    func text(_ range: Range<Int>) -> String {
      guard let first = range.first, let last = range.last else { return "" }
      return String(decoding: bytes[tokens[first].range.lowerBound..<tokens[last].range.upperBound], as: UTF8.self)
    }
  }

  /// Tokens of the old text and what stands in their place in the new one. Between two changes everything is the same.
  struct Change: Equatable {
    var old: Range<Int>
    var new: Range<Int>
  }

  let old: Side
  let new: Side
  private let effort: Int

  init(_ old: String, _ new: String, effort: Int) {
    self.old = Side(old)
    self.new = Side(new)
    self.effort = effort
  }

  /// In order, none empty on both sides, no two touching.
  func changes() -> [Change] {
    let all = Change(old: 0..<old.tokens.count, new: 0..<new.tokens.count)
    let found = wordChanges(in: all) ?? lineChanges(in: all)
    return joined(aligned(separatingLines(found))).compactMap(trimmed)
  }

  // MARK: Finding

  /// The differing tokens inside of a region, or `nil` if that took too long.
  private func wordChanges(in region: Change) -> [Change]? {
    // Blanks take no part: there are so many that they would match at the cost of words.
    let oldWords = region.old.filter { old.tokens[$0].kind != .blanks }
    let newWords = region.new.filter { new.tokens[$0].kind != .blanks }
    let matching = SequenceMatching(oldWords.map { old[$0] }, newWords.map { new[$0] }, effort: effort)
    guard matching.isComplete else { return nil }
    let kept = zip(
      oldWords.indices.filter { matching.keptOld[$0] }, newWords.indices.filter { matching.keptNew[$0] })
    return changes(
      between: kept.map { (oldWords[$0]..<oldWords[$0] + 1, newWords[$1]..<newWords[$1] + 1) }, in: region)
  }

  /// The differing lines, and inside of them the differing words if that does not take too long.
  private func lineChanges(in region: Change) -> [Change] {
    let oldLines = lines(of: old, region.old)
    let newLines = lines(of: new, region.new)
    func keys(_ side: Side, _ lines: [Range<Int>]) -> [ArraySlice<UInt8>] {
      lines.map {
        side.bytes[side.tokens[$0.lowerBound].range.lowerBound..<side.tokens[$0.upperBound - 1].range.upperBound]
      }
    }
    let matching = SequenceMatching(keys(old, oldLines), keys(new, newLines), effort: effort)
    let kept = zip(
      oldLines.indices.filter { matching.keptOld[$0] }, newLines.indices.filter { matching.keptNew[$0] })
    return changes(between: kept.map { (oldLines[$0], newLines[$1]) }, in: region)
      .flatMap { wordChanges(in: $0) ?? [$0] }
  }

  /// What stands between tokens that are the same.
  private func changes(between kept: [(old: Range<Int>, new: Range<Int>)], in region: Change) -> [Change] {
    var changes: [Change] = []
    var (oldStart, newStart) = (region.old.lowerBound, region.new.lowerBound)
    for (oldKept, newKept) in kept + [
      (region.old.upperBound..<region.old.upperBound, region.new.upperBound..<region.new.upperBound)
    ] {
      let gap = Change(old: oldStart..<oldKept.lowerBound, new: newStart..<newKept.lowerBound)
      if let change = trimmed(gap) { changes.append(change) }
      (oldStart, newStart) = (oldKept.upperBound, newKept.upperBound)
    }
    return changes
  }

  private func lines(of side: Side, _ range: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where side.tokens[index].kind == .lineBreak || index == range.upperBound - 1 {
      lines.append(start..<index + 1)
      start = index + 1
    }
    return lines
  }

  /// Without what is the same at both ends; `nil` if nothing is left.
  private func trimmed(_ change: Change) -> Change? {
    var change = change
    while let left = change.old.first, let right = change.new.first, old[left] == new[right] {
      change = Change(old: change.old.dropFirst(), new: change.new.dropFirst())
    }
    while let left = change.old.last, let right = change.new.last, old[left] == new[right] {
      change = Change(old: change.old.dropLast(), new: change.new.dropLast())
    }
    return change.old.isEmpty && change.new.isEmpty ? nil : change
  }

  // MARK: Joining

  /// Makes one of changes that only chance keeps apart.
  private func joined(_ changes: [Change]) -> [Change] {
    var joined: [Change] = []
    for change in changes {
      var last = change
      while let before = joined.last, belongTogether(before, last) {
        joined.removeLast()
        last = Change(
          old: before.old.lowerBound..<last.old.upperBound, new: before.new.lowerBound..<last.new.upperBound)
      }
      joined.append(last)
    }
    return joined
  }

  private func belongTogether(_ first: Change, _ second: Change) -> Bool {
    let same = old.tokens[first.old.upperBound..<second.old.lowerBound]
    if same.isEmpty { return true }
    // Lines stay apart, so that changed lines stand beside each other.
    if same.contains(where: { $0.kind == .lineBreak }) { return false }
    // What is the same must be more than half as long as what changed on either side. An ideograph is half a word.
    let weight = same.reduce(0) { $0 + ($1.kind == .blanks ? 0 : $1.kind == .ideograph ? 1 : 2 * $1.length) }
    if weight > 0, startsLine(second) { return false }
    return weight <= min(length(of: first), length(of: second))
  }

  /// Whether lines came or went, and nothing else.
  private func startsLine(_ change: Change) -> Bool {
    let tokens = change.old.isEmpty ? new.tokens[change.new] : change.new.isEmpty ? old.tokens[change.old] : []
    return tokens.first?.kind == .lineBreak
  }

  /// The characters of the longer side, blanks aside.
  private func length(of change: Change) -> Int {
    func length(_ tokens: ArraySlice<WordToken>) -> Int {
      tokens.reduce(0) { $0 + ($1.kind == .blanks ? 0 : $1.length) }
    }
    return max(length(old.tokens[change.old]), length(new.tokens[change.new]))
  }
}
