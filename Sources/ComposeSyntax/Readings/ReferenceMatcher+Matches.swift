/// Following the matches from left to right.
extension ReferenceMatcher {
  /// All expressions that the reference finds, in order; they do not overlap.
  package func matches() -> [ReferenceMatch] {
    var result: [ReferenceMatch] = []
    var offset = range.lowerBound
    while offset + 1 < range.upperBound {
      if isPair("$", "{", at: offset), let match = match(at: offset) {
        result.append(match)
        offset = match.span.upperBound
      } else {
        offset += 1
      }
    }
    return result
  }

  private func match(at start: Int) -> ReferenceMatch? {
    guard rest(at: start + 2).contains(.rootText) else { return nil }
    let rootStart = endOfSpace(from: start + 2)
    var place = endOfRun(from: rootStart + 1, of: .root, rootTail)
    var match = ReferenceMatch(span: start..<start, root: rootStart..<place)
    if isPair("[", "]", at: place), rest(at: place + 2).contains(.index) {
      match.isChunk = true
      place += 2
    }
    if byte(at: place) == UInt8(ascii: "["), let end = endOfIndex(at: place), rest(at: end).contains(.path) {
      match.index = place..<end
      place = end
    }
    if byte(at: place) == UInt8(ascii: "."), rest(at: place + 1).contains(.pathText) {
      let end = endOfRun(from: place + 1, of: .path) { rest(at: $0).contains(.cast) }
      match.path = place + 1..<end
      place = end
    }
    match.cast = cast(&place)
    match.fallback = fallback(&place)
    match.annotations = annotations(&place)
    match.span = start..<endOfSpace(from: place) + 1
    return match
  }

  private func rootTail(_ offset: Int) -> Bool {
    rest(at: offset).contains(.index) || (isPair("[", "]", at: offset) && rest(at: offset + 2).contains(.index))
  }

  private func cast(_ place: inout Int) -> ReferenceMatch.Cast? {
    let keyword = endOfSpace(from: place)
    guard isPair("a", "s", at: keyword), rest(at: keyword + 2).contains(.typeText) else { return nil }
    let start = endOfSpace(from: keyword + 2)
    place = endOfRun(from: start, of: .type) { offset in
      rest(at: offset).contains(.subtype)
        || (isPair("[", "]", at: offset) && rest(at: offset + 2).contains(.subtype))
    }
    var cast = ReferenceMatch.Cast(keyword: keyword, type: start..<place)
    if isPair("[", "]", at: place), rest(at: place + 2).contains(.subtype) {
      cast.isList = true
      place += 2
    }
    if byte(at: place) == UInt8(ascii: "/"), rest(at: place + 1).contains(.subtypeText) {
      let subtypeStart = place + 1
      place = endOfRun(from: subtypeStart, of: .subtype) { offset in
        rest(at: offset).contains(.format) || attributes(at: offset) != nil
      }
      cast.subtype = subtypeStart..<place
      cast.attributes = attributes(at: place)
      if let attributes = cast.attributes { place = attributes.upperBound + 1 }
    }
    if byte(at: place) == UInt8(ascii: ";"), rest(at: place + 1).contains(.formatText) {
      let formatStart = place + 1
      place = endOfRun(from: formatStart, of: .format) { rest(at: $0).contains(.fallback) }
      cast.format = formatStart..<place
    }
    return cast
  }

  private func attributes(at offset: Int) -> Range<Int>? {
    guard byte(at: offset) == UInt8(ascii: "["), case let end = attributeEnds[offset + 1 - range.lowerBound], end >= 0
    else { return nil }
    return offset + 1..<Int(end)
  }

  private func fallback(_ place: inout Int) -> Range<Int>? {
    let bar = endOfSpace(from: place)
    guard byte(at: bar) == UInt8(ascii: "|"), rest(at: bar + 1).contains(.spacedDefault) else { return nil }
    let start = endOfRun(from: bar + 1, of: .space) { rest(at: $0).contains(.defaultText) }
    place = Int(defaultEnds[start - range.lowerBound])
    return start..<place
  }

  private func annotations(_ place: inout Int) -> Range<Int>? {
    let start = endOfSpace(from: place)
    guard isPair("@", "(", at: start), rest(at: start + 2).contains(.annotationName) else { return nil }
    let name = cursor.endOfWord(from: endOfSpace(from: start + 2))
    let text = endOfRun(from: name + cursor.spaceLength(at: name), of: .space) {
      rest(at: $0).contains(.annotationText)
    }
    place = Int(annotationEnds[text - range.lowerBound]) + 1
    return start..<place
  }

  // MARK: Runs

  private func endOfSpace(from offset: Int) -> Int { min(cursor.endOfSpace(from: offset), range.upperBound) }

  /// The last place in a run of one class at which the rest fits.
  private func endOfRun(from start: Int, of kind: ReadingClass, _ fits: (Int) -> Bool) -> Int {
    var end = start
    var last = start
    while true {
      if fits(end) { last = end }
      guard readingClass(at: end).contains(kind) else { return last }
      end += cursor.characterLength(at: end)
    }
  }
}
