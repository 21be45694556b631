import ComposeBasic

/// Naming the cause of a difference.
extension ExpressionParser {
  private func finding(_ diagnostic: Diagnostic, _ repair: Repair? = nil) -> Finding {
    Finding(diagnostic: diagnostic, failed: nil, repair: repair)
  }

  // MARK: Read by both, in different ways

  /// Why an expression differs from the reference's that begins at the same place.
  func difference(_ reading: ExpressionReading, _ match: ReferenceMatch) -> Finding {
    let ours = reading.match
    if let bar = reading.bar {
      if let place = swallower(of: bar, match) {
        let diagnostic = Diagnostic.swallowedDefault(
          place, spelling(ours.root.lowerBound..<bar), at: map.range(bar..<bar + 1))
        return finding(diagnostic, Repair("insert a space", .safe, insert: " ", at: bar))
      }
    }
    if let glued = gluedCast(in: match) { return glued }
    if ours.root != match.root || ours.index != match.index || ours.path != match.path || ours.cast != match.cast {
      return finding(.differentReading(at: map.range(ours.span)))
    }
    if let fallback = ours.fallback, let other = match.fallback, other.lowerBound == fallback.lowerBound {
      if other.upperBound > fallback.upperBound { return greedyDefault(reading, match) }
      if other.upperBound < fallback.upperBound { return annotationInDefault(other.upperBound) }
    } else if ours.fallback == nil, ours.annotations != nil, match.span.upperBound > ours.span.upperBound {
      let tail = ours.span.upperBound..<match.span.upperBound
      return finding(.greedyAnnotation(spelling(tail), at: map.range(tail)))
    }
    return finding(.differentReading(at: map.range(ours.span)))
  }

  /// The part of the reference's reading that the `|` of a default belongs to.
  private func swallower(of bar: Int, _ match: ReferenceMatch) -> String? {
    let parts: [(Range<Int>?, String)] = [
      (match.root, "name"), (match.cast?.type, "type"), (match.cast?.subtype, "subtype"),
      (match.cast?.format, "format"),
    ]
    return parts.first { $0.0?.contains(bar) == true }?.1
  }

  private func greedyDefault(_ reading: ExpressionReading, _ match: ReferenceMatch) -> Finding {
    let end = reading.match.span.upperBound
    let tail = end - 1..<(match.fallback?.upperBound ?? end)
    let diagnostic = Diagnostic.greedyDefault(
      spelling(tail), at: map.range(end..<max(end, match.span.upperBound)))
    guard reading.match.annotations == nil, let fallback = reading.match.fallback else { return finding(diagnostic) }
    let insertion = fallback.upperBound
    let name = description(for: reading)
    return finding(
      diagnostic,
      Repair(
        "end the default with '@(description \(name))'", .suggested, insert: " @(description \(name))", at: insertion))
  }

  /// A word for the description of an input: its last key.
  private func description(for reading: ExpressionReading) -> String {
    let root = reading.match.root
    var name = root
    if let path = reading.match.path {
      var start = path.lowerBound
      while start < path.upperBound {
        let end = min(cursor.endOfWord(from: start), path.upperBound)
        let isWord = end > start && !cursor.isDigit(at: start)
        if isWord { name = start..<end }
        start = max(end, start + cursor.characterLength(at: start))
      }
    }
    return hasEnvironment(in: name) ? "value" : cursor.text(name)
  }

  private func annotationInDefault(_ end: Int) -> Finding {
    let start = cursor.endOfSpace(from: end)
    let range = start..<start + 2
    if start == end {
      return finding(
        .gluedAnnotation(at: map.range(range), insertion: map.range(start..<start))
          .upstream("ends the default there and reads an annotation"))
    }
    return finding(.annotationInDefault(at: map.range(range)))
  }

  /// A conversion whose `as` touches the word before or behind it.
  func gluedCast(in match: ReferenceMatch) -> Finding? {
    guard let cast = match.cast else { return nil }
    let keyword = cast.keyword
    let before = cursor.startOfSpace(endingAt: keyword) == nil
    let behind = cast.type.lowerBound == keyword + 2
    guard before || behind else { return nil }
    let reference = match.span.lowerBound + 2..<keyword
    let type = cursor.text(cast.type)
    var edits: [Repair.Edit] = []
    if before { edits.append(Repair.Edit(range: keyword..<keyword, text: " ")) }
    if behind { edits.append(Repair.Edit(range: keyword + 2..<keyword + 2, text: " ")) }
    let word = before ? startOfKey(endingAt: keyword)..<keyword + 2 : keyword..<cast.type.upperBound
    // A word that merely ends in "as" is rather a name: 'alias'.
    let isKnown = !before || (match.path == nil && AngleBrackets.isRoot(cursor.text(match.root)))
    let diagnostic = Diagnostic.gluedCast(
      spelling(word), reference: spelling(reference), type: hasEnvironment(in: cast.type) ? nil : type,
      at: map.range(word))
    return finding(diagnostic, isKnown ? Repair("insert a space", .suggested, edits) : nil)
  }

  private func startOfKey(endingAt end: Int) -> Int {
    var start = end
    while start > 0, case let byte = cursor.bytes[start - 1],
      byte >= 0x80 || byte == UInt8(ascii: "-") || cursor.wordLength(at: start - 1) > 0
    {
      start -= 1
    }
    return start
  }

  // MARK: Read by one only

  /// Why the reference reads no expression where we do.
  func literal(_ reading: ExpressionReading) -> Finding {
    if let fallback = reading.match.fallback, let stop = stopInDefault(fallback) {
      if cursor.bytes[stop] == UInt8(ascii: "\n") {
        return finding(.lineBreak(in: "default", at: map.range(stop..<stop + 1)))
      }
      return spaceBeforeNested(reading, fallback, stop)
    }
    if let annotations = reading.match.annotations {
      let line = cursor.end(from: annotations.lowerBound) { $0 == UInt8(ascii: "\n") }
      if line < annotations.upperBound {
        return finding(.lineBreak(in: "annotation", at: map.range(line..<line + 1)))
      }
    }
    return finding(.onlyOurs(at: map.range(reading.match.span)))
  }

  /// Where the reference cannot go on in a default: at a line break, or at white space before an expression.
  private func stopInDefault(_ fallback: Range<Int>) -> Int? {
    var offset = fallback.lowerBound
    while offset < fallback.upperBound {
      if cursor.bytes[offset] == UInt8(ascii: "\n") { return offset }
      if cursor.isPair("$", "{", at: offset) {
        offset = cursor.end(from: offset) { $0 == UInt8(ascii: "}") } + 1
        continue
      }
      let end = cursor.endOfSpace(from: offset)
      if end > offset, cursor.isPair("$", "{", at: end) { return offset }
      offset += cursor.characterLength(at: offset)
    }
    return nil
  }

  private func spaceBeforeNested(_ reading: ExpressionReading, _ fallback: Range<Int>, _ first: Int) -> Finding {
    var edits: [Repair.Edit] = []
    var offset = fallback.lowerBound
    while offset < fallback.upperBound {
      let end = cursor.endOfSpace(from: offset)
      if end > offset, end < fallback.upperBound, cursor.isPair("$", "{", at: end) {
        edits.append(Repair.Edit(range: offset..<end, text: ""))
      }
      if cursor.isPair("$", "{", at: end) {
        offset = cursor.end(from: end) { $0 == UInt8(ascii: "}") } + 1
      } else {
        offset = max(end, offset + cursor.characterLength(at: offset))
      }
    }
    let isJSON = reading.match.cast.map { cursor.text($0.type) == "json" && !hasEnvironment(in: $0.type) } ?? false
    let isSafe = isJSON && !edits.contains { isInString($0.range.lowerBound, from: fallback.lowerBound) }
    let space = first..<cursor.endOfSpace(from: first)
    return finding(
      .spaceBeforeNested(at: map.range(space)),
      Repair("remove the white space", isSafe ? .safe : .suggested, edits))
  }

  /// Whether a place in JSON text is inside a string.
  private func isInString(_ offset: Int, from start: Int) -> Bool {
    var isInside = false
    var position = start
    while position < offset {
      if cursor.bytes[position] == UInt8(ascii: "\\") { position += 1 }
      if cursor.byte(at: position) == UInt8(ascii: "\"") { isInside.toggle() }
      position += 1
    }
    return isInside
  }

  /// Why the reference reads an expression where we do not.
  func unread(_ match: ReferenceMatch) -> Finding {
    gluedCast(in: match) ?? finding(.onlyReference(at: map.range(match.span.lowerBound..<match.span.lowerBound + 2)))
  }
}
