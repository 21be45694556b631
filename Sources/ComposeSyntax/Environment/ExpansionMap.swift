/// Translates offsets in the expanded text to offsets in the user's file.
struct ExpansionMap {
  /// One replaced stretch: what it was in the file, and where its placeholder is.
  struct Piece {
    let expanded: Range<Int>
    let original: Range<Int>
  }

  /// In order.
  private(set) var pieces: [Piece] = []
  /// How many bytes of the file stand before the expanded text (a byte order mark).
  let prefix: Int

  init(prefix: Int) { self.prefix = prefix }

  mutating func append(_ piece: Piece) { pieces.append(piece) }

  /// The file offset of a range's start. Inside a placeholder this is where the reference starts.
  func start(_ offset: Int) -> Int {
    let index = firstPiece(endingAfter: offset)
    if index < pieces.count, offset > pieces[index].expanded.lowerBound { return pieces[index].original.lowerBound }
    return offset + shift(before: index)
  }

  /// The file offset of a range's end. Inside a placeholder this is where the reference ends.
  func end(_ offset: Int) -> Int {
    let index = firstPiece(endingAfter: offset)
    if index < pieces.count, offset > pieces[index].expanded.lowerBound { return pieces[index].original.upperBound }
    return offset + shift(before: index)
  }

  /// The pieces that lie inside a range of the expanded text.
  func pieces(in range: Range<Int>) -> Range<Int> {
    let first = firstPiece(endingAfter: range.lowerBound)
    var last = first
    while last < pieces.count, pieces[last].expanded.upperBound <= range.upperBound { last += 1 }
    return first..<last
  }

  private func shift(before index: Int) -> Int {
    guard index > 0 else { return prefix }
    return pieces[index - 1].original.upperBound - pieces[index - 1].expanded.upperBound
  }

  private func firstPiece(endingAfter offset: Int) -> Int {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].expanded.upperBound > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
