import ComposeBasic

/// `@(name text)`.
extension ExpressionParser {
  /// Reads from `@` to behind the closing parenthesis.
  mutating func parseAnnotation() throws(Fault) -> Annotation {
    let start = cursor.position
    cursor.position += 2
    skipSpace()
    let nameStart = cursor.position
    let nameEnd = cursor.endOfWord(from: nameStart)
    let textStart = cursor.endOfSpace(from: nameEnd)
    cursor.position = textStart
    if cursor.isAtEnd { throw .unclosed }
    // White space enough for a name and a text: the last of it is the text.
    if cursor.isAt(")"), nameEnd > nameStart, let last = lastSpace(in: nameEnd..<textStart) {
      cursor.position = textStart + 1
      return Annotation(name: located(nameStart..<nameEnd), text: located(last..<textStart))
    }
    if cursor.isAt(")") {
      let range = map.range(start..<textStart + 1)
      let name = nameEnd > nameStart ? spelling(nameStart..<nameEnd) : nil
      throw .syntax(.emptyAnnotation(name, at: range), resume: textStart + 1)
    }
    if textStart == nameEnd {
      cursor.position = nameStart
      throw invalidName(start)
    }
    let end = try findEnd(from: textStart, of: start)
    cursor.position = end + 1
    return Annotation(name: located(nameStart..<nameEnd), text: located(textStart..<end))
  }

  /// Where the last white space character of several begins; `nil` when there are fewer than two.
  func lastSpace(in space: Range<Int>) -> Int? {
    var start = space.lowerBound
    while case let next = start + cursor.spaceLength(at: start), next < space.upperBound { start = next }
    return start > space.lowerBound ? start : nil
  }

  private func invalidName(_ start: Int) -> Fault {
    let nameStart = cursor.position
    let end = cursor.end(from: nameStart) { byte in
      switch byte {
      case 0x09...0x0D, 0x20, UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"): true
      default: false
      }
    }
    if end >= cursor.bytes.count { return .unclosed }
    if end == nameStart { return .syntax(.unclosedAnnotation(at: map.range(start..<start + 2)), resume: end) }
    let isDollar = cursor.isPair("$", "{", at: end - 1)
    return .syntax(
      .annotationName(spelling(nameStart..<end), at: map.range(nameStart..<end)), resume: isDollar ? end - 1 : end)
  }

  /// The closing parenthesis.
  ///
  /// Parentheses need not balance in prose: one before the expression's `}` always closes, and a surplus one inside
  /// is text when nothing of an expression follows it.
  private mutating func findEnd(from textStart: Int, of start: Int) throws(Fault) -> Int {
    var parentheses = 0
    var braces = 0
    var nested: Int?
    while let byte = cursor.current {
      let offset = cursor.position
      switch byte {
      case UInt8(ascii: "$") where cursor.isAt("$", "{"):
        nested = nested ?? offset
      case UInt8(ascii: "\\") where cursor.isAt("\\", "{") || cursor.isAt("\\", "}") || cursor.isAt("\\", "$"):
        cursor.position += 1
      case UInt8(ascii: "{"): braces += 1
      case UInt8(ascii: "}") where braces == 0:
        throw .syntax(.unclosedAnnotation(at: map.range(start..<start + 2)), resume: offset)
      case UInt8(ascii: "}"): braces -= 1
      case UInt8(ascii: "("): parentheses += 1
      case UInt8(ascii: ")"):
        let next = cursor.endOfSpace(from: offset + 1)
        let isEnd =
          cursor.byte(at: next) == UInt8(ascii: "}")
          || (parentheses == 0 && isPart(at: next, isSpaced: next > offset + 1))
        if braces == 0, isEnd {
          guard let nested else { return offset }
          throw .syntax(.expressionInAnnotation(at: map.range(nested..<nested + 2)), resume: offset + 1)
        }
        parentheses = max(0, parentheses - 1)
      default: break
      }
      cursor.position += 1
    }
    throw .unclosed
  }

  /// Whether another part of the expression begins at an offset.
  private func isPart(at offset: Int, isSpaced: Bool) -> Bool {
    switch cursor.byte(at: offset) {
    case UInt8(ascii: "|"): true
    case UInt8(ascii: "@"): isSpaced && cursor.isPair("@", "(", at: offset)
    case UInt8(ascii: "a"): isSpaced && cursor.isPair("a", "s", at: offset) && cursor.spaceLength(at: offset + 2) > 0
    default: false
    }
  }
}
