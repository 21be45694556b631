/// A scalar's bytes after quotes, escapes and folding, with the place of each in the text it was scanned from.
struct DecodedScalar {
  private(set) var bytes: [UInt8] = []
  private(set) var segments: [ScalarMap.Segment] = []

  /// Appends bytes that stand in the text as they are, from an offset on.
  mutating func appendIdentity(_ piece: ArraySlice<UInt8>, at sourceStart: Int) {
    guard !piece.isEmpty else { return }
    if let last = segments.last, last.isIdentity, !lastIsReplaced, last.sourceStart + last.sourceCount == sourceStart {
      let count = last.decodedCount + piece.count
      segments[segments.count - 1] = ScalarMap.Segment(
        decodedStart: last.decodedStart, decodedCount: count, sourceStart: last.sourceStart, sourceCount: count)
    } else {
      appendSegment(piece.count, sourceStart..<(sourceStart + piece.count))
    }
    lastIsReplaced = false
    bytes.append(contentsOf: piece)
  }

  mutating func appendIdentity(_ source: [UInt8], _ range: Range<Int>) {
    appendIdentity(source[range], at: range.lowerBound)
  }

  /// Appends bytes whose place is not known.
  mutating func appendUnplaced(_ piece: ArraySlice<UInt8>) { bytes.append(contentsOf: piece) }

  /// Appends bytes that stand for a range of the text as a whole.
  mutating func appendReplaced(_ decoded: some Collection<UInt8>, for range: Range<Int>) {
    let count = decoded.count
    guard count > 0 else { return }
    if count == range.count, count > 1 {
      // Equal counts would mean a byte-for-byte correspondence. Two segments over the same range do not.
      appendSegment(1, range)
      appendSegment(count - 1, range, decodedOffset: 1)
    } else {
      appendSegment(count, range)
    }
    lastIsReplaced = true
    bytes.append(contentsOf: decoded)
  }

  /// A single byte for a single byte looks like an identity; it must not be joined with one.
  private var lastIsReplaced = false

  private mutating func appendSegment(_ count: Int, _ range: Range<Int>, decodedOffset: Int = 0) {
    segments.append(
      ScalarMap.Segment(
        decodedStart: bytes.count + decodedOffset, decodedCount: count,
        sourceStart: range.lowerBound, sourceCount: range.count))
  }

  /// Keeps a prefix of the bytes.
  mutating func truncate(to count: Int) {
    guard count < bytes.count else { return }
    bytes.removeLast(bytes.count - count)
    while let last = segments.last, last.decodedStart >= count { segments.removeLast() }
    guard let last = segments.last, last.decodedStart + last.decodedCount > count else { return }
    let kept = count - last.decodedStart
    segments[segments.count - 1] = ScalarMap.Segment(
      decodedStart: last.decodedStart, decodedCount: kept, sourceStart: last.sourceStart,
      sourceCount: last.isIdentity ? kept : last.sourceCount)
  }

  /// Drops bytes at the front.
  mutating func removeFirst(_ count: Int) {
    guard count > 0 else { return }
    bytes.removeFirst(count)
    segments = segments.compactMap { segment in
      let dropped = max(0, min(count - segment.decodedStart, segment.decodedCount))
      let kept = segment.decodedCount - dropped
      guard kept > 0 else { return nil }
      return ScalarMap.Segment(
        decodedStart: max(0, segment.decodedStart - count),
        decodedCount: kept,
        sourceStart: segment.isIdentity ? segment.sourceStart + dropped : segment.sourceStart,
        sourceCount: segment.isIdentity ? kept : segment.sourceCount)
    }
  }

  /// Forgets all places.
  mutating func removeSegments() { segments = [] }
}
