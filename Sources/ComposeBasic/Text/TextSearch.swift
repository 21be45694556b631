// Searching byte by byte. What the standard library has under the same names compares characters by what they look like
// (canonical equivalence), and any elements by a function: a hundred times as slow, and not what is meant here, where
// the signs of a language are looked for.

extension String {
  /// Whether the bytes of the text stand somewhere in this one.
  package func contains(_ part: String) -> Bool { utf8Offset(of: part) != nil }

  /// The UTF-8 offset at which a text first occurs.
  package func utf8Offset(of part: String) -> Int? { utf8.span.firstIndex(of: part.utf8.span, from: 0) }
}

extension Substring {
  /// Where a text first occurs.
  package func firstPlace(of part: String) -> Index? {
    utf8.span.firstIndex(of: part.utf8.span, from: 0).map { utf8.index(startIndex, offsetBy: $0) }
  }
}

extension [UInt8] {
  /// Where the bytes stand first.
  package func firstRange(of part: [UInt8]) -> Range<Int>? {
    span.firstIndex(of: part.span, from: 0).map { $0..<($0 + part.count) }
  }
}

extension ArraySlice<UInt8> {
  /// Where the bytes stand first.
  package func firstRange(of part: [UInt8]) -> Range<Int>? {
    span.firstIndex(of: part.span, from: 0).map { startIndex + $0..<(startIndex + $0 + part.count) }
  }
}

extension Span<UInt8> {
  fileprivate func firstIndex(of part: borrowing Span<UInt8>, from start: Int) -> Int? {
    if part.isEmpty { return start }
    let first = part[0]
    var index = start
    while index <= count - part.count {
      if self[index] == first {
        var length = 1
        while length < part.count, self[index + length] == part[length] { length += 1 }
        if length == part.count { return index }
      }
      index += 1
    }
    return nil
  }
}
