extension WordComparison {
  /// Moves each pure insertion and removal to the place among the equally right ones where a person would put it.
  ///
  /// With `the quick` and `the slow, quick` it is `slow, ` that came in, and not ` slow,`.
  func aligned(_ changes: [Change]) -> [Change] {
    var aligned: [Change] = []
    for (index, change) in changes.enumerated() {
      let (side, range) = change.old.isEmpty ? (new, change.new) : (old, change.old)
      guard change.old.isEmpty || change.new.isEmpty else {
        aligned.append(change)
        continue
      }
      let start = aligned.last.map { change.old.isEmpty ? $0.new.upperBound : $0.old.upperBound } ?? 0
      let next = index + 1 < changes.count ? changes[index + 1] : nil
      let end = next.map { change.old.isEmpty ? $0.new.lowerBound : $0.old.lowerBound } ?? side.tokens.count
      let shift = bestShift(of: range, on: side, within: start..<end)
      aligned.append(Change(old: change.old.shifted(by: shift), new: change.new.shifted(by: shift)))
    }
    return aligned
  }

  private func bestShift(of range: Range<Int>, on side: Side, within limits: Range<Int>) -> Int {
    func rank(_ shift: Int) -> Int {
      boundaryRank(range.lowerBound + shift, on: side) + boundaryRank(range.upperBound + shift, on: side)
    }
    var best = (shift: 0, rank: rank(0))
    var shift = 0
    while range.lowerBound + shift > limits.lowerBound,
      side[range.lowerBound + shift - 1] == side[range.upperBound + shift - 1]
    {
      shift -= 1
      if rank(shift) > best.rank { best = (shift, rank(shift)) }
    }
    shift = 0
    while range.upperBound + shift < limits.upperBound,
      side[range.lowerBound + shift] == side[range.upperBound + shift]
    {
      shift += 1
      if rank(shift) > best.rank { best = (shift, rank(shift)) }
    }
    return best.shift
  }

  /// How good a place before a token is to begin or to end a change.
  private func boundaryRank(_ index: Int, on side: Side) -> Int {
    guard index > 0, index < side.tokens.count else { return 6 }
    if side.tokens[index - 1].kind == .lineBreak { return 5 }
    if side.tokens[index].kind == .lineBreak { return 4 }
    if side.tokens[index - 1].kind == .blanks {
      return index > 1 && side.tokens[index - 2].kind == .mark ? 3 : 2
    }
    return side.tokens[index].kind == .blanks ? 1 : 0
  }

  /// Takes whole lines that came or went out of a change that begins in the line before them.
  ///
  /// When `it is.` became `was.` and the line after it, which ended in a point too, went, the first point stays, and
  /// not the second: so the line and the words are changes of their own.
  func separatingLines(_ changes: [Change]) -> [Change] {
    var separated: [Change] = []
    for (index, change) in changes.enumerated() {
      let next = index + 1 < changes.count ? changes[index + 1] : nil
      if let (oldCut, moved) = lineCut(change.old, on: old, before: next?.old.lowerBound),
        !change.new.contains(where: { new.tokens[$0].kind == .lineBreak })
      {
        let end = change.new.upperBound + moved
        separated.append(Change(old: change.old.lowerBound..<oldCut - moved, new: change.new))
        separated.append(Change(old: oldCut..<change.old.upperBound + moved, new: end..<end))
      } else if let (newCut, moved) = lineCut(change.new, on: new, before: next?.new.lowerBound),
        !change.old.contains(where: { old.tokens[$0].kind == .lineBreak })
      {
        let end = change.old.upperBound + moved
        separated.append(Change(old: change.old, new: change.new.lowerBound..<newCut - moved))
        separated.append(Change(old: end..<end, new: newCut..<change.new.upperBound + moved))
      } else {
        separated.append(change)
      }
    }
    return separated
  }

  /// Where the first line of a range ends, if it ends with the same tokens as what follows the range up to the end of
  /// its line, and how many these are.
  private func lineCut(_ range: Range<Int>, on side: Side, before next: Int?) -> (cut: Int, moved: Int)? {
    guard let cut = range.first(where: { side.tokens[$0].kind == .lineBreak }) else { return nil }
    let limit = next ?? side.tokens.count
    let end = (range.upperBound..<limit).first { side.tokens[$0].kind == .lineBreak } ?? limit
    let moved = end - range.upperBound
    guard moved > 0, end == side.tokens.count || side.tokens[end].kind == .lineBreak,
      cut - range.lowerBound > moved,
      (0..<moved).allSatisfy({ side[cut - moved + $0] == side[range.upperBound + $0] })
    else { return nil }
    return (cut, moved)
  }
}

extension Range<Int> {
  fileprivate func shifted(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
