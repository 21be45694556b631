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
    if isChunk { cursor.position += 2 }
    let index = cursor.isAt("[") ? try parseBracket(.root) : nil
    var end: Predecessor = isChunk || index != nil ? .bracket(.root) : .root(start: root.start)
    var path: [Located<PathSegment>] = []
    while cursor.isAt(".") || (!path.isEmpty && cursor.isAt("[")) {
      if cursor.isAt(".") {
        let dot = cursor.position
        cursor.position += 1
        if !cursor.isAt("[") {
          let key = try parseKey(behind: dot, isFirst: path.isEmpty)
          path.append(Located(.key(key.name.value), at: key.name.range))
          end = .key(start: key.start)
          continue
        }
      }
      path.append(try parseBracket(.path))
      end = .bracket(.path)
    }
    return Reference(root: root.name, isChunk: isChunk, index: index, path: path, end: end)
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
      // A colon and digits belong to the name, as in `gateway:8080`.
      guard cursor.byte(at: end) == UInt8(ascii: ":"), cursor.isDigit(at: end + 1) else { break }
      end = cursor.endOfDigits(from: end + 1)
    }
    cursor.position = end
    return (located(from..<end), from)
  }

  private mutating func parseKey(behind dot: Int, isFirst: Bool) throws(Fault) -> Name {
    let from = cursor.position
    let end = cursor.endOfKey(from: from)
    if end == from {
      if cursor.isAtEnd { throw .unclosed }
      let isLiteral = cursor.spaceLength(at: from) > 0 || (isFirst && cursor.isAt("}"))
      throw .syntax(.missingKey(at: map.range(dot..<dot + 1), isLiteral ? .literal : .skipped), resume: from)
    }
    cursor.position = end
    return (located(from..<end), from)
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

  /// Reads `[1]`, `[-1]`, `[1:2]` or `[*]`.
  private mutating func parseBracket(_ place: BracketPlace) throws(Fault) -> Located<PathSegment> {
    let open = cursor.position
    guard let (segment, end) = segment(from: open + 1), cursor.byte(at: end) == UInt8(ascii: "]") else {
      throw invalidBracket(open, place)
    }
    let range = open..<end + 1
    if segment == .wildcard, place == .root {
      let insertion = map.range(open..<open)
      throw .syntax(.wildcardRootIndex(at: map.range(range), insertion: insertion), resume: end + 1)
    }
    cursor.position = end + 1
    return Located(segment, at: map.range(range))
  }

  private func segment(from start: Int) -> (PathSegment, end: Int)? {
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
    for byte in cursor.bytes[digits..<end] {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      if overflow || carry { return (isNegative ? .min : .max, end) }
      value = sum
    }
    return (isNegative ? -value : value, end)
  }

  private func invalidBracket(_ open: Int, _ place: BracketPlace) -> Fault {
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
}
