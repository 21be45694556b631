/// Cuts a text at line breaks that no expression of the reference can cross, so that only the parts in question are
/// compared.
///
/// Inside an expression white space, and with it a line break, stands only between its parts, and in a list of
/// attributes. So a line break behind the beginning of a part, or before one, is no cut, nor is one behind an open
/// annotation or what may be a list of attributes.
struct ReadingSegments {
  /// The segments, in order and without gaps.
  static func all(in cursor: ExpressionCursor) -> [Range<Int>] {
    var segments: [Range<Int>] = []
    var scan = ReadingSegments()
    var start = 0
    for offset in cursor.bytes.indices {
      scan.read(cursor, at: offset)
      if cursor.bytes[offset] == UInt8(ascii: "\n"), scan.isClosed, !canCross(offset, cursor) {
        segments.append(start..<offset)
        start = offset
        scan = ReadingSegments()
      }
    }
    segments.append(start..<cursor.bytes.count)
    return segments
  }

  /// Whether a `/` stands behind the last `${`: brackets behind it may hold attributes.
  private var hasSlash = false
  private var isBehindDollar = false
  private var hasAttributes = false
  private var hasOpenAnnotation = false

  private var isClosed: Bool { !hasAttributes && !hasOpenAnnotation }

  private mutating func read(_ cursor: ExpressionCursor, at offset: Int) {
    switch cursor.bytes[offset] {
    case UInt8(ascii: "$") where cursor.isPair("$", "{", at: offset):
      isBehindDollar = true
      hasSlash = false
    case UInt8(ascii: "/"): hasSlash = isBehindDollar
    case UInt8(ascii: "["): hasAttributes = hasAttributes || hasSlash
    case UInt8(ascii: "@") where cursor.isPair("@", "(", at: offset): hasOpenAnnotation = isBehindDollar
    case UInt8(ascii: ")"): hasOpenAnnotation = false
    default: return
    }
  }

  /// Whether an expression may go on behind a line break.
  private static func canCross(_ offset: Int, _ cursor: ExpressionCursor) -> Bool {
    switch cursor.byte(at: cursor.endOfSpace(from: offset)) {
    case UInt8(ascii: "}"), UInt8(ascii: "|"), UInt8(ascii: "@"), UInt8(ascii: "a"), nil: return true
    default: break
    }
    var end = offset
    while let start = cursor.startOfSpace(endingAt: end) { end = start }
    guard end > 0 else { return false }
    switch cursor.bytes[end - 1] {
    case UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: "s"): return true
    default: return false
    }
  }
}
