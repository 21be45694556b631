import ComposeBasic

/// The root of an expression and the path into it.
extension ExpressionParser {
  struct Reference {
    let root: Located<String>
    let isChunk: Bool
    let index: Located<PathSegment>?
    let path: [Located<PathSegment>]
    /// What stands last.
    let end: Predecessor
  }

  /// Reads the root and the path.
  ///
  /// - Parameter start: the `$` of the expression.
  mutating func parseReference(from start: Int) throws(Fault) -> Reference {
    skipSpace()
    let root = try parseRoot(from: start)
    let isChunk = cursor.isAt("[", "]")
    reading.match.isChunk = isChunk
    if isChunk { cursor.position += 2 }
    let bracket = cursor.position
    let index = cursor.isAt("[") ? try parseRootIndex() : nil
    if index != nil { reading.match.index = bracket..<cursor.position }
    guard cursor.isAt(".") else {
      let end: Predecessor = isChunk || index != nil ? .bracket(.root) : .root(start: root.start)
      return Reference(root: root.name, isChunk: isChunk, index: index, path: [], end: end)
    }
    let dot = cursor.position
    let path = try parsePath(behind: dot)
    reading.match.path = dot + 1..<cursor.position
    return Reference(root: root.name, isChunk: isChunk, index: index, path: path.segments, end: path.end)
  }

  private typealias Name = (name: Located<String>, start: Int)

  private mutating func parseRoot(from start: Int) throws(Fault) -> Name {
    guard let first = cursor.current else { throw .unclosed }
    let from = cursor.position
    if first == UInt8(ascii: "}") { throw .syntax(.emptyExpression(at: map.range(start..<from + 1)), resume: from) }
    guard first < 0x80, cursor.wordLength(at: from) > 0, !cursor.isDigit(at: from) else { throw missingRoot() }
    var end = from
    while true {
      end = cursor.endOfKey(from: end)
      // A colon belongs to the name, as in `gateway:8080`; `:-` is how a shell writes a default.
      guard cursor.byte(at: end) == UInt8(ascii: ":"), isInsideName(at: end + 1) else { break }
      end += 1
    }
    cursor.position = end
    reading.match.root = from..<end
    return (located(from..<end), from)
  }

  /// Whether a name or a path goes on at an offset, or the expression ends there.
  private func isInsideName(at offset: Int) -> Bool {
    switch cursor.byte(at: offset) {
    case UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "}"): true
    default: cursor.wordLength(at: offset) > 0 || cursor.spaceLength(at: offset) > 0
    }
  }

  private func missingRoot() -> Fault {
    let token = tokenAtPosition()
    let message =
      cursor.isDigit(at: token.lowerBound)
      ? Diagnostic.digitBeforeRoot(spelling(token), at: map.range(token))
      : Diagnostic.missingRoot(spelling(token), at: map.range(token))
    return .syntax(message, resume: resumePoint(behind: token))
  }

  // MARK: Indexes

  /// Where brackets stand: the reference accepts other things directly after the root than in a path.
  enum BracketPlace {
    case root
    case path
  }

  /// Reads `[1]`, `[-1]` or `[1:2]`.
  private mutating func parseRootIndex() throws(Fault) -> Located<PathSegment> {
    let open = cursor.position
    guard let (segment, end) = segment(from: open + 1), cursor.byte(at: end) == UInt8(ascii: "]") else {
      throw invalidBracket(open, .root)
    }
    let range = open..<end + 1
    if segment == .wildcard {
      let insertion = map.range(open..<open)
      throw .syntax(.wildcardRootIndex(at: map.range(range), insertion: insertion), resume: end + 1)
    }
    cursor.position = end + 1
    return Located(segment, at: map.range(range))
  }

  func segment(from start: Int) -> (PathSegment, end: Int)? {
    if cursor.byte(at: start) == UInt8(ascii: "*") { return (.wildcard, start + 1) }
    let first = integer(from: start)
    let middle = first?.end ?? start
    guard cursor.byte(at: middle) == UInt8(ascii: ":") else {
      return first.map { (.index($0.value), $0.end) }
    }
    let second = integer(from: middle + 1)
    return (.slice(from: first?.value, to: second?.value), second?.end ?? middle + 1)
  }

  /// A decimal number. One beyond 64 bits becomes the nearest that fits, which is out of range as well.
  private func integer(from start: Int) -> (value: Int, end: Int)? {
    let isNegative = cursor.byte(at: start) == UInt8(ascii: "-")
    let digits = isNegative ? start + 1 : start
    let end = cursor.endOfDigits(from: digits)
    if end == digits { return nil }
    var value = 0
    var offset = digits
    while offset < end {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(cursor.digitValue(at: offset))
      if overflow || carry { return (isNegative ? .min : .max, end) }
      value = sum
      offset += cursor.characterLength(at: offset)
    }
    return (isNegative ? -value : value, end)
  }

  func invalidBracket(_ open: Int, _ place: BracketPlace) -> Fault {
    let content = open + 1
    var end = content
    var depth = 0
    search: while let byte = cursor.byte(at: end) {
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\n"): break search
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]") where depth == 0: break search
      case UInt8(ascii: "]"): depth -= 1
      default: break
      }
      end += 1
    }
    if end >= cursor.bytes.count { return .unclosed }
    if cursor.isPair("$", "{", at: end - 1) {
      let token = end - 1..<end + 1
      return .syntax(.expressionAsIndex(at: map.range(token)), resume: end - 1)
    }
    guard cursor.byte(at: end) == UInt8(ascii: "]") else {
      return .syntax(.unclosedBracket(at: map.range(open..<content)), resume: end)
    }
    return .syntax(invalidIndex(content..<end, place), resume: end + 1)
  }

  private func invalidIndex(_ content: Range<Int>, _ place: BracketPlace) -> Diagnostic {
    let brackets = content.lowerBound - 1..<content.upperBound + 1
    if content.isEmpty { return .emptyIndex(at: map.range(brackets), place) }
    if isLoneMinus(content) { return .loneMinus(at: map.range(content), place) }
    if let quote = cursor.byte(at: content.lowerBound), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      let name = content.dropFirst().dropLast()
      let isName =
        content.count > 2 && cursor.byte(at: content.upperBound - 1) == quote
        && cursor.endOfKey(from: name.lowerBound) == name.upperBound
      let hasDot = cursor.byte(at: brackets.lowerBound - 1) == UInt8(ascii: ".")
      let replacement = isName ? (hasDot ? "" : ".") + cursor.text(name.lowerBound..<name.upperBound) : nil
      return .quotedKey(spelling(brackets), at: map.range(brackets), place, replacement: replacement)
    }
    let start = cursor.endOfSpace(from: content.lowerBound)
    if let (segment, end) = segment(from: start), cursor.endOfSpace(from: end) == content.upperBound {
      return .spacedIndex(at: map.range(content), replacement: segment.inside)
    }
    return .invalidIndex(spelling(content), at: map.range(content), place)
  }

  /// Whether a slice has a bound of only a minus sign.
  private func isLoneMinus(_ content: Range<Int>) -> Bool {
    guard content.count >= 2 else { return false }
    let bounds = cursor.text(content).split(separator: ":", omittingEmptySubsequences: false)
    return bounds.count == 2 && bounds.contains("-")
      && bounds.allSatisfy { $0.drop { $0 == "-" }.allSatisfy(\.isWholeNumber) }
  }
}
