import ComposeBasic

/// What to say about text that does not belong where it stands.
extension ExpressionParser {
  /// What was read last, with the offset where it begins when a message needs it.
  enum Predecessor {
    case root(start: Int)
    case key(start: Int)
    case bracket(BracketPlace)
    /// A type without subtype and format.
    case type
    case cast
    case annotation(first: Int)
  }

  /// The fault of whatever stands at the position.
  ///
  /// - Parameter spaceStart: where white space before the position begins.
  mutating func unexpected(after previous: Predecessor, spaceStart: Int) -> Fault {
    let token = tokenAtPosition()
    let resume = resumePoint(behind: token)
    let range = map.range(token)
    let insertion = map.range(token.lowerBound..<token.lowerBound)
    let isSpaced = spaceStart < token.lowerBound
    let isName = cursor.wordLength(at: token.lowerBound) > 0
    if cursor.isAt("@", "(") { return .syntax(.gluedAnnotation(at: range, insertion: insertion), resume: resume) }
    if isName, cursor.text(token).lowercased() == "as", !isAtKeyword {
      return .syntax(.upperCaseKeyword(spelling(token), at: range), resume: resume)
    }
    switch previous {
    case .annotation(let first):
      if cursor.isAt("|") || isAtKeyword { return misplaced(token, annotations: first..<spaceStart) }
    case .root, .key, .bracket:
      let isStep =
        cursor.isAt("[") || (cursor.isAt(".") && cursor.endOfKey(from: token.upperBound) > token.upperBound)
      if isSpaced, isStep {
        return .syntax(.spaceInReference(at: map.range(spaceStart..<token.lowerBound)), resume: resume)
      }
      if !isSpaced, let fault = unexpectedStep(token, after: previous) { return fault }
    case .type, .cast: break
    }
    let upstream: UpstreamReading =
      switch previous {
      case _ where isSpaced: .literal
      case .root: .name
      case .key, .bracket(.path): .skipped
      case .type: .type
      case .bracket(.root), .cast, .annotation: .literal
      }
    let isOperator = Self.isOperator(cursor.byte(at: token.lowerBound))
    return .syntax(
      isOperator
        ? .operatorInExpression(spelling(token), at: range, upstream)
        : .unexpectedText(spelling(token), after: previous, at: range, upstream), resume: resume)
  }

  /// Text directly behind a root, a key or a bracket.
  private func unexpectedStep(_ token: Range<Int>, after previous: Predecessor) -> Fault? {
    let insertion = map.range(token.lowerBound..<token.lowerBound)
    let resume = resumePoint(behind: token)
    switch previous {
    case .root(let start) where cursor.isAt("("), .key(let start) where cursor.isAt("("):
      let close = cursor.end(from: token.lowerBound) { byte in
        byte == UInt8(ascii: ")") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
      }
      let end = cursor.byte(at: close) == UInt8(ascii: ")") ? close + 1 : token.upperBound
      let name = spelling(start..<token.lowerBound)
      let dot = start > 0 && cursor.byte(at: start - 1) == UInt8(ascii: ".") ? start - 1 : start
      return .syntax(.call(name, at: map.range(dot..<end)), resume: end)
    case .bracket(let place) where cursor.isAt("["):
      return .syntax(.secondRootIndex(at: map.range(token), insertion: insertion, place), resume: resume)
    case .bracket(let place) where cursor.wordLength(at: token.lowerBound) > 0:
      return .syntax(
        .missingDot(spelling(token), at: map.range(token), insertion: insertion, place), resume: resume)
    default: return nil
    }
  }

  /// A cast or a default that stands behind an annotation.
  private mutating func misplaced(_ token: Range<Int>, annotations: Range<Int>) -> Fault {
    // The rest is read only to find where it ends; the fix needs it, the result does not.
    let isCast = isAtKeyword
    let diagnostic = Diagnostic.misplacedPart(isCast: isCast, spelling(token), at: map.range(token))
    let end = cursor.end(from: token.lowerBound) { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }
    let whole = annotations.lowerBound..<end
    let range = map.range(whole)
    guard cursor.byte(at: end) == UInt8(ascii: "}"), Int(range.end - range.start) == whole.count else {
      return .syntax(diagnostic, resume: token.upperBound)
    }
    var part = cursor.text(token.lowerBound..<end)
    while part.last?.isWhitespace == true { part.removeLast() }
    let fix = part + " " + cursor.text(annotations)
    return .syntax(
      diagnostic.fix("move it before the annotation", .suggested, replace: range, with: fix), resume: end)
  }

  // MARK: Tokens

  /// The smallest piece of text from the position that a reader takes for one thing.
  func tokenAtPosition() -> Range<Int> {
    let start = cursor.position
    guard let first = cursor.current else { return start..<start }
    if cursor.isAt("$", "{") || cursor.isAt("@", "(") || cursor.isAt("|", "|") { return start..<start + 2 }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      let end = cursor.end(from: start + 1) { byte in
        byte == first || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "\n")
      }
      return cursor.byte(at: end) == first ? start..<end + 1 : start..<start + 1
    }
    if first == UInt8(ascii: "["), let end = endOfBracket(from: start) { return start..<end }
    if Self.isOperator(first) { return start..<cursor.end(from: start) { !Self.isOperator($0) } }
    let word = cursor.endOfKey(from: start)
    return start..<(word > start ? word : start + cursor.characterLength(at: start))
  }

  private func endOfBracket(from start: Int) -> Int? {
    let end = cursor.end(from: start + 1) { byte in
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\n"): true
      default: false
      }
    }
    return cursor.byte(at: end) == UInt8(ascii: "]") ? end + 1 : nil
  }

  /// Where reading goes on behind a faulty token: before it when it opens or closes a brace.
  func resumePoint(behind token: Range<Int>) -> Int {
    switch cursor.byte(at: token.lowerBound) {
    case UInt8(ascii: "{"), UInt8(ascii: "}"): token.lowerBound
    case UInt8(ascii: "$") where token.count == 2: token.lowerBound
    default: token.upperBound
    }
  }

  /// A piece of the text for a message: in quotes, not too long, and never a value of the environment.
  func spelling(_ range: Range<Int>) -> String {
    if hasEnvironment(in: range) { return "text from the environment" }
    let first = cursor.text(range.lowerBound..<range.lowerBound + cursor.characterLength(at: range.lowerBound))
    if first.utf8.count == range.count, let scalar = first.unicodeScalars.first, !Self.isVisible(scalar) {
      return "U+" + String(repeating: "0", count: max(0, 4 - hexadecimal(scalar).count)) + hexadecimal(scalar)
    }
    let limit = 40
    if range.count <= limit { return "'\(cursor.text(range))'" }
    var end = range.lowerBound + limit
    while end > range.lowerBound, cursor.bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return "'\(cursor.text(range.lowerBound..<end))…'"
  }

  private func hexadecimal(_ scalar: Unicode.Scalar) -> String { String(scalar.value, radix: 16, uppercase: true) }

  /// Whether a character can be recognized when it stands alone between quotes.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .nonspacingMark, .spacingMark, .enclosingMark, .unassigned, .privateUse: false
    default: true
    }
  }

  static func isOperator(_ byte: UInt8?) -> Bool {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"),
      UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"),
      UInt8(ascii: "?"), UInt8(ascii: "^"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
