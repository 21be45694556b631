/// The pass from the end to the beginning.
extension ReferenceMatcher {
  /// What is known at one place before its rests are.
  private struct Place {
    let offset: Int
    let next: Int
    let byte: UInt8
    let classes: ReadingClass
    /// The first character from here that is not white space.
    let afterSpace: Int
    /// The first `}` from here, or the end of the text.
    let brace: Int
    let isBeforeNested: Bool
    let isBeforeAnnotation: Bool
  }

  mutating func fill() {
    let base = range.lowerBound
    var offset = range.upperBound
    var afterSpace = offset
    var brace = offset
    var after: Rest = []
    while offset > base {
      let next = offset
      offset -= 1
      while offset > base, cursor.bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      let byte = cursor.bytes[offset]
      let classes = readingClass(at: offset)
      if byte == UInt8(ascii: "}") { brace = offset }
      if !classes.contains(.space) { afterSpace = offset }
      let place = Place(
        offset: offset, next: next, byte: byte, classes: classes, afterSpace: afterSpace, brace: brace,
        isBeforeNested: isPair("$", "{", at: afterSpace), isBeforeAnnotation: isPair("@", "(", at: afterSpace))
      var rest: Rest = []
      fillEnd(place, after, &rest)
      fillCast(place, after, &rest)
      fillReference(place, after, &rest)
      rests[offset - base] = rest
      after = rest
    }
  }

  // MARK: Annotations and default

  private mutating func fillEnd(_ place: Place, _ after: Rest, _ rest: inout Rest) {
    let isSpace = place.classes.contains(.space)
    if byte(at: place.afterSpace) == UInt8(ascii: "}") { rest.insert(.close) }
    fillAnnotation(place, after, &rest)
    let isAnnotated = place.isBeforeAnnotation && self.rest(at: place.afterSpace + 2).contains(.annotationName)
    if isAnnotated || rest.contains(.close) { rest.insert(.annotations) }
    fillDefault(place, &rest)
    if rest.contains(.defaultText) || (isSpace && after.contains(.spacedDefault)) { rest.insert(.spacedDefault) }
    let hasDefault =
      byte(at: place.afterSpace) == UInt8(ascii: "|") && self.rest(at: place.afterSpace + 1).contains(.spacedDefault)
    if hasDefault || rest.contains(.annotations) { rest.insert(.fallback) }
  }

  private mutating func fillAnnotation(_ place: Place, _ after: Rest, _ rest: inout Rest) {
    let isSpace = place.classes.contains(.space)
    var end: Int32 = -1
    if isEscape(at: place.offset) { end = annotationEnds[place.offset + 2 - range.lowerBound] }
    if end < 0, place.byte != UInt8(ascii: "\n"), !place.isBeforeNested {
      end = annotationEnds[place.next - range.lowerBound]
    }
    if end >= 0 { rest.insert(.annotationText) }
    if end < 0, place.byte == UInt8(ascii: ")"), self.rest(at: place.next).contains(.close) {
      end = Int32(truncatingIfNeeded: place.offset)
    }
    annotationEnds[place.offset - range.lowerBound] = end
    if rest.contains(.annotationText) || (isSpace && after.contains(.spacedAnnotation)) {
      rest.insert(.spacedAnnotation)
    }
    // Few places can be in a name at all, and the class of a character beyond ASCII is slow to find.
    let isWord =
      after.contains(.annotationNameTail)
      && (place.classes.contains(.word) || (place.byte >= 0x80 && cursor.wordLength(at: place.offset) > 0))
    if isWord || (isSpace && after.contains(.spacedAnnotation)) { rest.insert(.annotationNameTail) }
    if isSpace ? after.contains(.annotationName) : isWord { rest.insert(.annotationName) }
  }

  private mutating func fillDefault(_ place: Place, _ rest: inout Rest) {
    let base = range.lowerBound
    var end: Int32 = -1
    if isPair("$", "{", at: place.offset), place.brace > place.offset + 2, place.brace < range.upperBound {
      end = defaultEnds[place.brace + 1 - base]
    }
    if end < 0, isEscape(at: place.offset) { end = defaultEnds[place.offset + 2 - base] }
    if end < 0, place.byte != UInt8(ascii: "\n"), !place.isBeforeNested, !place.isBeforeAnnotation {
      end = defaultEnds[place.next - base]
    }
    if end >= 0 { rest.insert(.defaultText) }
    if end < 0, rest.contains(.annotations) { end = Int32(truncatingIfNeeded: place.offset) }
    defaultEnds[place.offset - base] = end
  }

  /// Whether a backslash and one of `$ @ { }` stand at an offset.
  func isEscape(at offset: Int) -> Bool {
    guard byte(at: offset) == UInt8(ascii: "\\") else { return false }
    switch byte(at: offset + 1) {
    case UInt8(ascii: "$"), UInt8(ascii: "@"), UInt8(ascii: "{"), UInt8(ascii: "}"): return true
    default: return false
    }
  }

  // MARK: Cast

  private mutating func fillCast(_ place: Place, _ after: Rest, _ rest: inout Rest) {
    if place.classes.contains(.format), after.contains(.formatTail) { rest.formUnion([.formatText, .formatTail]) }
    if rest.contains(.fallback) { rest.insert(.formatTail) }
    let hasFormat = place.byte == UInt8(ascii: ";") && after.contains(.formatText)
    if hasFormat || rest.contains(.fallback) { rest.insert(.format) }
    fillAttributes(place, after)
    if place.classes.contains(.subtype), after.contains(.subtypeTail) { rest.formUnion([.subtypeText, .subtypeTail]) }
    let hasAttributes =
      place.byte == UInt8(ascii: "[") && attributeEnds[place.next - range.lowerBound] >= 0
    if hasAttributes || rest.contains(.format) { rest.insert(.subtypeTail) }
    let hasSubtype = place.byte == UInt8(ascii: "/") && after.contains(.subtypeText)
    if hasSubtype || rest.contains(.format) { rest.insert(.subtype) }
    let isList = isPair("[", "]", at: place.offset) && self.rest(at: place.offset + 2).contains(.subtype)
    let isType = place.classes.contains(.type) && after.contains(.typeTail)
    if isType || isList || rest.contains(.subtype) { rest.insert(.typeTail) }
    if place.classes.contains(.space) ? after.contains(.typeText) : isType { rest.insert(.typeText) }
    let hasCast = isPair("a", "s", at: place.afterSpace) && self.rest(at: place.afterSpace + 2).contains(.typeText)
    if hasCast || rest.contains(.fallback) { rest.insert(.cast) }
  }

  private mutating func fillAttributes(_ place: Place, _ after: Rest) {
    let base = range.lowerBound
    var end: Int32 = -1
    if isPair("$", "{", at: place.offset), place.brace < range.upperBound {
      end = attributeEnds[place.brace + 1 - base]
    }
    if end < 0, place.byte != UInt8(ascii: "]") { end = attributeEnds[place.next - base] }
    if end < 0, place.byte == UInt8(ascii: "]"), after.contains(.format) {
      end = Int32(truncatingIfNeeded: place.offset)
    }
    attributeEnds[place.offset - base] = end
  }

  // MARK: Reference

  private func fillReference(_ place: Place, _ after: Rest, _ rest: inout Rest) {
    let isPath = place.classes.contains(.path) && after.contains(.pathTail)
    if isPath { rest.insert(.pathText) }
    if isPath || rest.contains(.cast) { rest.insert(.pathTail) }
    let hasPath = place.byte == UInt8(ascii: ".") && after.contains(.pathText)
    if hasPath || rest.contains(.cast) { rest.insert(.path) }
    var hasIndex = false
    if place.byte == UInt8(ascii: "["), let end = endOfIndex(at: place.offset) {
      hasIndex = self.rest(at: end).contains(.path)
    }
    if hasIndex || rest.contains(.path) { rest.insert(.index) }
    let isChunk = isPair("[", "]", at: place.offset) && self.rest(at: place.offset + 2).contains(.index)
    let isRoot = place.classes.contains(.root) && after.contains(.rootTail)
    if isRoot || isChunk || rest.contains(.index) { rest.insert(.rootTail) }
    let isStart = place.classes.contains(.rootStart) && after.contains(.rootTail)
    if place.classes.contains(.space) ? after.contains(.rootText) : isStart { rest.insert(.rootText) }
  }
}
