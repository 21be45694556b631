import Glibc

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
  /// Where the bytes of the text stand first, from an index on.
  package func firstIndex(of part: StaticString, from start: Int) -> Int? {
    firstIndex(of: part.utf8Start, part.utf8CodeUnitCount, from: start)
  }

  fileprivate func firstIndex(of part: borrowing Span<UInt8>, from start: Int) -> Int? {
    part.withUnsafeBufferPointer { part in
      part.baseAddress.map { firstIndex(of: $0, part.count, from: start) } ?? start
    }
  }

  /// Looks at eight places together: at which of them the first two bytes stand. Few of those are no match.
  private func firstIndex(of part: UnsafePointer<UInt8>, _ length: Int, from start: Int) -> Int? {
    guard length > 0 else { return start }
    return withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress else { return nil }
      let second = length > 1 ? 1 : 0
      var index = start
      while index + 8 + second <= bytes.count {
        var places = zeroBytes(of: word(base + index) ^ ones &* UInt64(part[0]))
        if places != 0 { places &= zeroBytes(of: word(base + index + second) ^ ones &* UInt64(part[second])) }
        while places != 0 {
          let place = index + places.trailingZeroBitCount >> 3
          if place + length <= bytes.count, memcmp(base + place, part, length) == 0 { return place }
          places &= places &- 1
        }
        index += 8
      }
      while index + length <= bytes.count {
        if memcmp(base + index, part, length) == 0 { return index }
        index += 1
      }
      return nil
    }
  }
}

private let ones: UInt64 = 0x0101_0101_0101_0101
private let lowBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

private func word(_ place: UnsafeRawPointer) -> UInt64 { UInt64(littleEndian: place.loadUnaligned(as: UInt64.self)) }

/// The highest bit of each byte that is zero (Warren, Hacker's Delight, section 6-1).
private func zeroBytes(of word: UInt64) -> UInt64 { ~((word & lowBits &+ lowBits) | word | lowBits) }
