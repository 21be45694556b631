/// Segments of a text that are put together until a chunk is full. A chunk begins with the last segments of the one
/// before it, as many as fit into the overlap.
struct MergedSegments {
  /// A part of the text.
  struct Segment {
    /// Where it stands, in bytes.
    let range: Range<Int>
    /// How many code points it has.
    let length: Int
  }

  /// The chunk would share a negative number of characters with the next, and there is nothing to take away for it.
  struct NegativeOverlap: Error {}

  let limits: ChunkLimits
  private var segments: [Segment] = []
  /// Segments before this one are gone; they are taken out of the array from time to time.
  private var first = 0
  private var length = 0

  init(_ limits: ChunkLimits) { self.limits = limits }

  /// Where the first segment begins; `nil` when there is none.
  var start: Int? { first < segments.count ? segments[first].range.lowerBound : nil }

  /// Adds a segment, which stands right behind the last one.
  ///
  /// - Returns: The chunk that became full, which ends before the segment.
  mutating func add(_ segment: Segment) throws(NegativeOverlap) -> Range<Int>? {
    var full: Range<Int>?
    if Double(length + segment.length) > limits.size {
      full = chunk
      while Double(length) > limits.overlap || (length > 0 && Double(length + segment.length) > limits.size) {
        guard first < segments.count else { throw NegativeOverlap() }
        length -= segments[first].length
        first += 1
      }
      dropUnused()
    }
    segments.append(segment)
    length += segment.length
    return full
  }

  /// Gives the rest, and begins anew.
  mutating func flush() -> Range<Int>? {
    let rest = chunk
    segments.removeAll(keepingCapacity: true)
    first = 0
    length = 0
    return rest
  }

  /// Takes account of bytes that are gone at the start of the text.
  mutating func move(by count: Int) {
    segments = segments[first...].map {
      Segment(range: $0.range.lowerBound - count..<$0.range.upperBound - count, length: $0.length)
    }
    first = 0
  }

  private var chunk: Range<Int>? {
    guard let start, let last = segments.last else { return nil }
    return start..<last.range.upperBound
  }

  private mutating func dropUnused() {
    guard first > 64, first * 2 > segments.count else { return }
    segments.removeFirst(first)
    first = 0
  }
}

/// How long chunks are, in code points. They are compared as the caller gives them, with a fraction if they have one.
struct ChunkLimits: Hashable {
  let size: Double
  let overlap: Double
}
