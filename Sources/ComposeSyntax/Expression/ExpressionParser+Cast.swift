import ComposeBasic

/// `as type[]/subtype[attributes];format`.
extension ExpressionParser {
  /// Reads a cast from the word `as`.
  mutating func parseCast(level: Int) throws(Fault) -> Cast {
    let keyword = cursor.position
    cursor.position += 2
    skipSpace()
    let start = cursor.position
    let type = try parseTypeName(keyword: keyword)
    var read = ReferenceMatch.Cast(keyword: keyword, type: start..<cursor.position)
    let isList = cursor.isAt("[", "]")
    read.isList = isList
    if isList { cursor.position += 2 }
    if cursor.isAt("[") { throw attributesWithoutSubtype() }
    var subtype: Located<String>?
    var attributes = Attributes()
    if cursor.isAt("/") {
      let isWordList = type.value == "object" || type.value == "select"
      let subtypeStart = cursor.position + 1
      subtype = try parseSubtype(isWordList: isWordList)
      read.subtype = subtypeStart..<cursor.position
      let attributesStart = cursor.position + 1
      if cursor.isAt("[") {
        attributes = try parseAttributes(level: level)
        read.attributes = attributesStart..<cursor.position - 1
      }
    }
    let formatStart = cursor.position + 1
    let format = cursor.isAt(";") ? try parseFormat() : nil
    if format != nil { read.format = formatStart..<cursor.position }
    reading.match.cast = read
    return Cast(
      type: type, isList: isList, subtype: subtype, attributes: attributes.pairs, strayAttributes: attributes.strays,
      brackets: attributes.brackets, format: format, range: map.range(start..<cursor.position))
  }

  private mutating func parseTypeName(keyword: Int) throws(Fault) -> Located<String> {
    let start = cursor.position
    let end = cursor.endOfKey(from: start)
    if end == start {
      if cursor.isAtEnd { throw .unclosed }
      throw .syntax(.missingType(at: map.range(reading.match.span.lowerBound..<keyword + 2)), resume: start)
    }
    cursor.position = end
    return located(start..<end)
  }

  private func attributesWithoutSubtype() -> Fault {
    let token = tokenAtPosition()
    return .syntax(.attributesWithoutSubtype(at: map.range(token)), resume: token.upperBound)
  }

  // MARK: Subtype and format

  /// Reads from `/`. Brackets with an index belong to the subtype, as in `object/items[0].name`.
  private mutating func parseSubtype(isWordList: Bool) throws(Fault) -> Located<String> {
    let slash = cursor.position
    let start = slash + 1
    cursor.position = start
    var text = ""
    var pieceStart = start
    var end = start
    while true {
      end = cursor.end(from: end) { byte in
        switch byte {
        case UInt8(ascii: ";"), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "|"),
          UInt8(ascii: "@"):
          true
        case 0x09...0x0D, 0x1C...0x20: true
        default: byte >= 0x80
        }
      }
      if let behind = endOfSubtypeIndex(from: end) {
        end = behind
      } else if cursor.byte(at: end) == UInt8(ascii: "@"), !cursor.isPair("@", "(", at: end) {
        end += 1
      } else if cursor.spaceLength(at: end) == 0, let byte = cursor.byte(at: end), byte >= 0x80 {
        end += cursor.characterLength(at: end)
      } else if isWordList, end > start, let next = continuation(from: end) {
        text += cursor.text(pieceStart..<end)
        report(.spaceInList(at: map.range(end..<next)))
        pieceStart = next
        end = next
      } else {
        break
      }
    }
    if end == start {
      if end >= cursor.bytes.count { throw .unclosed }
      throw .syntax(.missingSubtype(at: map.range(slash..<start)), resume: start)
    }
    text += cursor.text(pieceStart..<end)
    cursor.position = end
    return Located(text, at: map.range(start..<end))
  }

  /// Where a list goes on behind white space: at a comma, or at a word when a comma stands before the space.
  private func continuation(from end: Int) -> Int? {
    let next = cursor.endOfSpace(from: end)
    if next == end { return nil }
    if cursor.byte(at: next) == UInt8(ascii: ",") { return next }
    return cursor.bytes[end - 1] == UInt8(ascii: ",") && cursor.wordLength(at: next) > 0 ? next : nil
  }

  /// The end of brackets that hold an index, or of `[]` inside a path; anything else is a list of attributes.
  private func endOfSubtypeIndex(from open: Int) -> Int? {
    guard cursor.byte(at: open) == UInt8(ascii: "[") else { return nil }
    let close = cursor.end(from: open + 1) { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "*"): false
      default: true
      }
    }
    guard cursor.byte(at: close) == UInt8(ascii: "]") else { return nil }
    let isEmpty = close == open + 1
    return isEmpty && cursor.byte(at: close + 1) != UInt8(ascii: ".") ? nil : close + 1
  }

  private mutating func parseFormat() throws(Fault) -> Located<String> {
    let semicolon = cursor.position
    let start = semicolon + 1
    var end = start
    while cursor.spaceLength(at: end) == 0, let byte = cursor.byte(at: end) {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "|") { break }
      if cursor.isPair("@", "(", at: end) { break }
      end += cursor.characterLength(at: end)
    }
    if end == start {
      if cursor.isAtEnd { throw .unclosed }
      throw .syntax(.missingFormat(at: map.range(semicolon..<start)), resume: start)
    }
    cursor.position = end
    return located(start..<end)
  }

  // MARK: Attributes

  /// What stands between brackets.
  private struct Attributes {
    var pairs: [Cast.Attribute] = []
    var strays: [Located<String>] = []
    var brackets: SourceRange?
  }

  /// Reads `[name=value, name=value]`.
  private mutating func parseAttributes(level: Int) throws(Fault) -> Attributes {
    let open = cursor.position
    cursor.position += 1
    var attributes = Attributes()
    if cursor.isAt("]") {
      cursor.position += 1
      attributes.brackets = map.range(open..<cursor.position)
      return attributes
    }
    repeat {
      reading.attributeCount += 1
      skipSpace()
      let start = cursor.position
      let end = cursor.endOfKey(from: start)
      cursor.position = end
      skipSpace()
      let isName = end > start && !cursor.isDigit(at: start) && cursor.bytes[start] != UInt8(ascii: "-")
      if isName, cursor.isAt(",") || cursor.isAt("]") {
        attributes.strays.append(located(start..<end))
        continue
      }
      guard end > start, cursor.isAt("=") else { throw invalidAttribute(open: open, start: start) }
      cursor.position += 1
      skipSpace()
      let valueStart = cursor.position
      let value = try parseText(in: .attribute, level: level)
      reading.attributeValues.append(valueStart..<cursor.position)
      attributes.pairs.append(Cast.Attribute(name: located(start..<end), value: value))
      skipSpace()
      if cursor.isAt("}") { throw unclosedAttributes(open) }
    } while takeComma()
    cursor.position += 1
    attributes.brackets = map.range(open..<cursor.position)
    return attributes
  }

  /// Whether another attribute follows; otherwise the position is at `]`.
  private mutating func takeComma() -> Bool {
    guard cursor.isAt(",") else { return false }
    cursor.position += 1
    return true
  }

  private func invalidAttribute(open: Int, start: Int) -> Fault {
    let end = cursor.end(from: start) { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\n"): true
      default: false
      }
    }
    guard let byte = cursor.byte(at: end) else { return .unclosed }
    if byte == UInt8(ascii: "}") { return unclosedAttributes(open, resume: end) }
    // Nothing at all between the brackets or commas: show them.
    let token = end > start ? start..<end : open..<end + (byte == UInt8(ascii: "{") ? 0 : 1)
    let isDollar = byte == UInt8(ascii: "{") && end > start && cursor.isPair("$", "{", at: end - 1)
    return .syntax(.invalidAttribute(spelling(token), at: map.range(token)), resume: isDollar ? end - 1 : end)
  }

  private func unclosedAttributes(_ open: Int, resume: Int? = nil) -> Fault {
    .syntax(.unclosedBracket(at: map.range(open..<open + 1)), resume: resume ?? cursor.position)
  }
}
