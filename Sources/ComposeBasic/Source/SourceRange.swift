/// A half-open range of bytes in a known file: the only form a position has before it is printed.
package struct SourceRange: Hashable, Sendable {
  package let file: SourceFile.ID
  /// 0-based offset of the first byte.
  package let start: UInt32
  /// 0-based offset behind the last byte.
  package let end: UInt32

  /// Ranges of the same place in several files are rare: the file is left to the comparison.
  package func hash(into hasher: inout Hasher) { hasher.combine(UInt64(start) << 32 | UInt64(end)) }

  package init(file: SourceFile.ID, start: Int, end: Int) {
    self.file = file
    self.start = UInt32(clamping: start)
    self.end = UInt32(clamping: max(start, end))
  }

  /// An empty range at the start.
  package var startPoint: SourceRange {
    SourceRange(file: file, start: Int(start), end: Int(start))
  }

  package var isEmpty: Bool { start == end }

  /// The smallest range of the same file that covers both.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(file: file, start: Int(min(start, other.start)), end: Int(max(end, other.end)))
  }

  /// Whether `other` lies wholly inside this range.
  package func contains(_ other: SourceRange) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }
}

extension SourceRange: Comparable {
  /// Orders by file, then start, then end.
  package static func < (left: SourceRange, right: SourceRange) -> Bool {
    (left.file.index, left.start, left.end) < (right.file.index, right.start, right.end)
  }
}
