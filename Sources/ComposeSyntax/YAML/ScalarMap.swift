package import ComposeBasic

/// Maps UTF-8 offsets in a scalar's decoded text to the bytes of the file they came from.
///
/// The map is a list of segments in order. Inside an identity segment each byte has its own source byte; any other
/// segment (an escape, a folded line break, an environment value) stands for its source range as a whole.
package struct ScalarMap: Sendable {
  /// Decoded bytes that stand together in the source.
  package struct Segment: Hashable, Sendable {
    /// First UTF-8 offset in the decoded text.
    package var decodedStart: Int { Int(start) }
    package var decodedCount: Int { Int(count) }
    /// First byte offset in the file.
    package var sourceStart: Int { Int(fileStart) }
    package var sourceCount: Int { Int(fileCount) }

    // 32 bits, for a file may have hundreds of thousands of scalars.
    private let start: UInt32
    private let count: UInt32
    private let fileStart: UInt32
    private let fileCount: UInt32

    package init(decodedStart: Int, decodedCount: Int, sourceStart: Int, sourceCount: Int) {
      start = UInt32(clamping: decodedStart)
      count = UInt32(clamping: decodedCount)
      fileStart = UInt32(clamping: sourceStart)
      fileCount = UInt32(clamping: sourceCount)
    }

    /// Whether decoded and source bytes correspond one to one.
    package var isIdentity: Bool { decodedCount == sourceCount }
  }

  package var segments: [Segment] { first.map { [$0] + others } ?? [] }

  // Most scalars have one segment; it needs no array of its own.
  private let first: Segment?
  private let others: [Segment]
  /// The whole scalar, quotes and block header included: the answer where no segment fits.
  package let scalarRange: SourceRange

  package init(segments: [Segment], scalarRange: SourceRange) {
    first = segments.first
    others = Array(segments.dropFirst())
    self.scalarRange = scalarRange
  }

  /// The source range of decoded bytes. An empty decoded range gives an empty source range.
  package func range(_ decoded: Range<Int>) -> SourceRange {
    guard first != nil else { return scalarRange }
    let start = sourceOffset(ofStart: decoded.lowerBound)
    let end = decoded.isEmpty ? start : sourceOffset(ofEnd: decoded.upperBound)
    return SourceRange(file: scalarRange.file, start: start, end: max(start, end))
  }

  private func sourceOffset(ofStart offset: Int) -> Int {
    guard let segment = segment(where: { offset < $0.decodedStart + $0.decodedCount }) else {
      guard let last = others.last ?? first else { return Int(scalarRange.end) }
      return last.sourceStart + last.sourceCount
    }
    let inside = max(0, offset - segment.decodedStart)
    return segment.isIdentity ? segment.sourceStart + inside : segment.sourceStart
  }

  private func sourceOffset(ofEnd offset: Int) -> Int {
    guard let segment = segment(where: { offset <= $0.decodedStart + $0.decodedCount }) else {
      guard let last = others.last ?? first else { return Int(scalarRange.end) }
      return last.sourceStart + last.sourceCount
    }
    let inside = max(0, offset - segment.decodedStart)
    return segment.isIdentity ? segment.sourceStart + inside : segment.sourceStart + segment.sourceCount
  }

  /// The first segment that satisfies a predicate which is false, then true, along the list.
  private func segment(where predicate: (Segment) -> Bool) -> Segment? {
    guard let first, !predicate(first) else { return first }
    var low = 0
    var high = others.count
    while low < high {
      let middle = (low + high) / 2
      if predicate(others[middle]) { high = middle } else { low = middle + 1 }
    }
    return low < others.count ? others[low] : nil
  }
}
