/// What counts as blank in Python: `str.isspace`, and `\s` of a pattern.
enum Blanks {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The part of a range of UTF-8 that is left when the blanks at both ends are gone.
  func withoutBlanks(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, let scalar = scalar(at: start, before: end), Blanks.contains(scalar) {
      start += UTF8.width(scalar)
    }
    while start < end {
      var last = end - 1
      while last > start, self[last] & 0xC0 == 0x80 { last -= 1 }
      guard let scalar = scalar(at: last, before: end), Blanks.contains(scalar) else { break }
      end = last
    }
    return start..<end
  }

  /// How many bytes the blank that begins here has; 0 when there is none.
  func blankWidth(at start: Int) -> Int {
    guard start < count, let scalar = scalar(at: start, before: count), Blanks.contains(scalar) else { return 0 }
    return UTF8.width(scalar)
  }

  /// The text of a part of them.
  func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: self[range]), as: UTF8.self)
  }

  /// The code point that begins here, of those that a blank may be: up to three bytes.
  private func scalar(at start: Int, before end: Int) -> Unicode.Scalar? {
    let first = UInt32(self[start])
    switch first {
    case 0..<0x80: return Unicode.Scalar(first)
    case 0xC0..<0xE0 where start + 1 < end: return Unicode.Scalar((first & 0x1F) << 6 | UInt32(self[start + 1] & 0x3F))
    case 0xE0..<0xF0 where start + 2 < end:
      let value = (first & 0x0F) << 12 | UInt32(self[start + 1] & 0x3F) << 6 | UInt32(self[start + 2] & 0x3F)
      return Unicode.Scalar(value)
    default: return nil
    }
  }
}
