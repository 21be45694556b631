/// Finds expressions exactly as the reference implementation does, in linear time.
///
/// The reference searches with a greedy pattern that gives characters back until the rest fits. Whether the rest fits
/// depends only on the place and on what has been read, never on how it was reached. So one pass from the end to the
/// beginning notes for each place which parts of an expression may begin there, and where the preferred end of a
/// default, annotation or attribute list is. A match is then followed from its `${` without ever going back.
package struct ReferenceMatcher {
  /// What can be read from a place up to the end of an expression.
  struct Rest: OptionSet {
    let rawValue: UInt32

    /// White space and the closing brace.
    static let close = Rest(rawValue: 1 << 0)
    /// An optional annotation, then the close.
    static let annotations = Rest(rawValue: 1 << 1)
    /// An optional default, then the annotations.
    static let fallback = Rest(rawValue: 1 << 2)
    /// An optional format, then the default.
    static let format = Rest(rawValue: 1 << 3)
    /// At least one character of a format, and any number of them.
    static let formatText = Rest(rawValue: 1 << 4)
    static let formatTail = Rest(rawValue: 1 << 5)
    /// An optional subtype with attributes, then the format.
    static let subtype = Rest(rawValue: 1 << 6)
    static let subtypeText = Rest(rawValue: 1 << 7)
    static let subtypeTail = Rest(rawValue: 1 << 8)
    /// White space and a type; any number of characters of one.
    static let typeText = Rest(rawValue: 1 << 9)
    static let typeTail = Rest(rawValue: 1 << 10)
    /// An optional cast, then the default.
    static let cast = Rest(rawValue: 1 << 11)
    /// An optional path, then the cast.
    static let path = Rest(rawValue: 1 << 12)
    static let pathText = Rest(rawValue: 1 << 13)
    static let pathTail = Rest(rawValue: 1 << 14)
    /// An optional index, then the path.
    static let index = Rest(rawValue: 1 << 15)
    /// White space and a root; any number of characters of one.
    static let rootText = Rest(rawValue: 1 << 16)
    static let rootTail = Rest(rawValue: 1 << 17)
    /// White space and a default's text; the text itself.
    static let spacedDefault = Rest(rawValue: 1 << 18)
    static let defaultText = Rest(rawValue: 1 << 19)
    /// White space and the name of an annotation; the rest of a name; white space and a text; the text.
    static let annotationName = Rest(rawValue: 1 << 20)
    static let annotationNameTail = Rest(rawValue: 1 << 21)
    static let spacedAnnotation = Rest(rawValue: 1 << 22)
    static let annotationText = Rest(rawValue: 1 << 23)
    static let attributes = Rest(rawValue: 1 << 24)
  }

  let cursor: ExpressionCursor
  /// The text that is searched; what stands outside does not exist for the search.
  let range: Range<Int>
  var rests: [Rest]
  /// Preferred ends; -1 where there is none. Behind ``range``'s start.
  var defaultEnds: [Int32]
  var annotationEnds: [Int32]
  var attributeEnds: [Int32]

  package init(_ text: String) {
    let cursor = ExpressionCursor(text)
    self.init(cursor, in: 0..<cursor.bytes.count)
  }

  /// Prepares the search in a part of a text.
  init(_ cursor: ExpressionCursor, in range: Range<Int>) {
    self.cursor = cursor
    // Nothing can match before the first `${` or behind the last brace.
    var start = range.lowerBound
    while start + 1 < range.upperBound, !cursor.isPair("$", "{", at: start) { start += 1 }
    var end = range.upperBound
    while end > start, cursor.bytes[end - 1] != UInt8(ascii: "}") { end -= 1 }
    self.range = start..<end
    let count = end - start + 1
    rests = Array(repeating: [], count: count)
    defaultEnds = Array(repeating: -1, count: count)
    annotationEnds = defaultEnds
    attributeEnds = defaultEnds
    fill()
  }

  func rest(at offset: Int) -> Rest {
    let place = offset - range.lowerBound
    return place < rests.count ? rests[place] : []
  }

  func byte(at offset: Int) -> UInt8? { offset < range.upperBound ? cursor.bytes[offset] : nil }

  func isPair(_ first: Unicode.Scalar, _ second: Unicode.Scalar, at offset: Int) -> Bool {
    offset + 1 < range.upperBound && cursor.isPair(first, second, at: offset)
  }

  /// The classes of the character at an offset, word characters beyond ASCII excepted.
  func readingClass(at offset: Int) -> ReadingClass {
    guard offset < range.upperBound else { return [] }
    let byte = cursor.bytes[offset]
    if byte < 0x80 { return ReadingClass.ascii[Int(byte)] }
    return cursor.spaceLength(at: offset) > 0 ? .space : .other
  }

  /// The end of `[1]`, `[-1]` or `[1:-2]`, in which digits may be missing beside the colon.
  func endOfIndex(at open: Int) -> Int? {
    var end = open + 1
    if byte(at: end) == UInt8(ascii: "-") { end += 1 }
    let digits = end
    end = cursor.endOfDigits(from: end)
    var isIndex = end > digits
    if byte(at: end) == UInt8(ascii: ":") {
      isIndex = true
      end += 1
      if byte(at: end) == UInt8(ascii: "-") { end += 1 }
      end = cursor.endOfDigits(from: end)
    }
    return isIndex && byte(at: end) == UInt8(ascii: "]") ? end + 1 : nil
  }
}
