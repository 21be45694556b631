package import ComposeBasic

/// Maps UTF-8 offsets in a scalar's decoded text to the bytes of the file they came from.
///
/// The map is a list of segments in order. Inside an identity segment each byte has its own source byte; any other
/// segment (an escape, a folded line break, an environment value) stands for its source range as a whole.
package struct ScalarMap: Sendable {
  /// Decoded bytes that stand together in the source.
  package struct Segment: Hashable, Sendable {
    /// First UTF-8 offset in the decoded text.
    package let decodedStart: Int
    package let decodedCount: Int
    /// First byte offset in the file.
    package let sourceStart: Int
    package let sourceCount: Int

    package init(decodedStart: Int, decodedCount: Int, sourceStart: Int, sourceCount: Int) {
      self.decodedStart = decodedStart
      self.decodedCount = decodedCount
      self.sourceStart = sourceStart
      self.sourceCount = sourceCount
    }

    /// Whether decoded and source bytes correspond one to one.
    package var isIdentity: Bool { decodedCount == sourceCount }
  }

  package let segments: [Segment]
  /// The whole scalar, quotes and block header included: the answer where no segment fits.
  package let scalarRange: SourceRange

  package init(segments: [Segment], scalarRange: SourceRange) {
    self.segments = segments
    self.scalarRange = scalarRange
  }

  /// The source range of decoded bytes. An empty decoded range gives an empty source range.
  package func range(_ decoded: Range<Int>) -> SourceRange {
    guard !segments.isEmpty else { return scalarRange }
    let start = sourceOffset(ofStart: decoded.lowerBound)
    let end = decoded.isEmpty ? start : sourceOffset(ofEnd: decoded.upperBound)
    return SourceRange(file: scalarRange.file, start: start, end: max(start, end))
  }

  private func sourceOffset(ofStart offset: Int) -> Int {
    guard let segment = segment(where: { offset < $0.decodedStart + $0.decodedCount }) else {
      let last = segments[segments.count - 1]
      return last.sourceStart + last.sourceCount
    }
    let inside = max(0, offset - segment.decodedStart)
    return segment.isIdentity ? segment.sourceStart + inside : segment.sourceStart
  }

  private func sourceOffset(ofEnd offset: Int) -> Int {
    guard let segment = segment(where: { offset <= $0.decodedStart + $0.decodedCount }) else {
      let last = segments[segments.count - 1]
      return last.sourceStart + last.sourceCount
    }
    let inside = max(0, offset - segment.decodedStart)
    return segment.isIdentity ? segment.sourceStart + inside : segment.sourceStart + segment.sourceCount
  }

  /// The first segment that satisfies a predicate which is false, then true, along the list.
  private func segment(where predicate: (Segment) -> Bool) -> Segment? {
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if predicate(segments[middle]) { high = middle } else { low = middle + 1 }
    }
    return low < segments.count ? segments[low] : nil
  }
}
