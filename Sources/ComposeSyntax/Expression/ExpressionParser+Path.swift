import ComposeBasic

/// The path behind the first dot.
///
/// The reference takes everything up to white space, `|` or `}`, picks the keys and brackets out of it and skips what
/// is between them. So do we, and say what is skipped; only text that is plainly meant otherwise is refused.
extension ExpressionParser {
  typealias Path = (segments: [Located<PathSegment>], end: Predecessor)

  private struct PathState {
    var segments: [Located<PathSegment>] = []
    var last: Predecessor = .bracket(.path)
    /// Whether a segment ends at the position.
    var isBehindSegment = false
    var isBehindKey = false
    /// The first characters that are skipped.
    var junk: Range<Int>?

    mutating func skip(_ range: Range<Int>) {
      junk = junk ?? range
      isBehindSegment = false
      isBehindKey = false
    }
  }

  /// Reads the path.
  ///
  /// - Parameter dot: the dot before it, at the position.
  mutating func parsePath(behind dot: Int) throws(Fault) -> Path {
    let start = dot + 1
    let end = endOfPathText(from: start)
    if end == start {
      if end >= cursor.bytes.count { throw .unclosed }
      throw .syntax(.missingKey(at: map.range(dot..<start)), resume: start)
    }
    var state = PathState()
    cursor.position = start
    while cursor.position < end { try parseStep(&state, end: end) }
    if let junk = state.junk { reportJunk(junk, dot: dot, end: end, state.segments) }
    return (state.segments, state.last)
  }

  /// The end of what the reference takes for the path, or a brace or an annotation before it.
  private func endOfPathText(from start: Int) -> Int {
    var end = start
    scan: while let byte = cursor.byte(at: end) {
      switch byte {
      case UInt8(ascii: "|"), UInt8(ascii: "}"): break scan
      // Between angle brackets nothing may be skipped that could open others.
      case UInt8(ascii: "$") where angles.end != nil: break scan
      case UInt8(ascii: "@") where cursor.isPair("@", "(", at: end): break scan
      case UInt8(ascii: "{"):
        if end > start, cursor.byte(at: end - 1) == UInt8(ascii: "$") { end -= 1 }
        break scan
      default:
        if cursor.spaceLength(at: end) > 0 { break scan }
        end += cursor.characterLength(at: end)
      }
    }
    return end
  }

  private mutating func parseStep(_ state: inout PathState, end: Int) throws(Fault) {
    let from = cursor.position
    let keyEnd = min(cursor.endOfKey(from: from), end)
    if keyEnd > from {
      // Two keys cannot touch, so this one is behind a bracket.
      if state.isBehindSegment { state.skip(from..<keyEnd) }
      state.segments.append(Located(.key(cursor.text(from..<keyEnd)), at: map.range(from..<keyEnd)))
      state.last = .key(start: from)
      state.isBehindSegment = true
      state.isBehindKey = true
      cursor.position = keyEnd
      if cursor.isAt("(") { throw unexpected(after: state.last, spaceStart: keyEnd) }
      return
    }
    if cursor.isAt("[") {
      if let (segment, close) = segment(from: from + 1), close < end, cursor.byte(at: close) == UInt8(ascii: "]") {
        state.segments.append(Located(segment, at: map.range(from..<close + 1)))
        state.last = .bracket(.path)
        state.isBehindSegment = true
        state.isBehindKey = false
        cursor.position = close + 1
        return
      }
      let close = try refuseBracket(from, end: end)
      if let close { state.skip(from..<close) }
    } else if cursor.isAt(".") {
      cursor.position = from + 1
      let isSeparator = state.isBehindSegment && from + 1 < end && !cursor.isAt(".")
      if isSeparator { state.isBehindSegment = false } else { state.skip(from..<from + 1) }
      return
    } else {
      try refuseCharacter(state)
    }
    cursor.position = from + cursor.characterLength(at: from)
    state.skip(from..<cursor.position)
  }

  // MARK: What is meant otherwise

  /// Refuses what is a format or an operator rather than a part of a path.
  private mutating func refuseCharacter(_ state: PathState) throws(Fault) {
    let from = cursor.position
    if cursor.isAt(";") { throw unexpected(after: state.last, spaceStart: from) }
    guard state.isBehindSegment, Self.isOperator(cursor.current) else { return }
    let token = tokenAtPosition()
    let isBeforeName = cursor.wordLength(at: token.upperBound) > 0
    let isOperator =
      switch cursor.text(token) {
      case "==", "!=", ">=", "<=", "=>", "->", "&&", "??", "**", "<>", "===", "!==": true
      case "+", "%", "<", ">", "&", "^", "~", "*": isBeforeName
      default: false
      }
    if isOperator { throw unexpected(after: state.last, spaceStart: from) }
  }

  /// Refuses brackets that hold something else than a key or a piece of an index; otherwise returns their end.
  private mutating func refuseBracket(_ open: Int, end: Int) throws(Fault) -> Int? {
    let content = open + 1
    // The next bracket ends the content, so that no byte is looked at for two brackets.
    let stop = min(end, cursor.end(from: content) { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") })
    if stop == end {
      if end >= cursor.bytes.count { throw .unclosed }
      if cursor.byte(at: end) != UInt8(ascii: "|"), cursor.byte(at: end) != UInt8(ascii: "}") {
        throw invalidBracket(open, .path)
      }
      throw unclosedIndex(open, end: end)
    }
    let isComputed = stop > content && cursor.byte(at: stop) == UInt8(ascii: "[") && cursor.wordLength(at: stop - 1) > 0
    if isComputed || !isSkippable(content..<stop) { throw invalidBracket(open, .path) }
    return cursor.byte(at: stop) == UInt8(ascii: "]") ? stop + 1 : nil
  }

  /// Brackets that are still open where the reference ends the path. Digits at their beginning are an index.
  private func unclosedIndex(_ open: Int, end: Int) -> Fault {
    let diagnostic = Diagnostic.unclosedBracket(at: map.range(open..<open + 1))
    var close = open + 1
    while cursor.isDigit(at: close) { close += 1 }
    guard close > open + 1, close == end || cursor.byte(at: close) == UInt8(ascii: ".") else {
      return .syntax(diagnostic, resume: end)
    }
    let fixed = diagnostic.fix("insert ']'", .suggested, replace: map.range(close..<close), with: "]")
    return .syntax(fixed, resume: end)
  }

  /// Whether the content of brackets means what the reference reads there: one key, or a number with something extra.
  private func isSkippable(_ content: Range<Int>) -> Bool {
    guard let first = cursor.byte(at: content.lowerBound), !content.isEmpty else {
      return cursor.byte(at: content.lowerBound) == UInt8(ascii: "[")
    }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      let name = content.lowerBound + 1..<max(content.lowerBound + 1, content.upperBound - 1)
      return !name.isEmpty && cursor.byte(at: name.upperBound) == first
        && cursor.endOfKey(from: name.lowerBound) == name.upperBound
    }
    if first == UInt8(ascii: "+") || first == UInt8(ascii: "$") { return false }
    if cursor.endOfKey(from: content.lowerBound) == content.upperBound { return true }
    let isNumeric = cursor.bytes[content].allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "*"),
        UInt8(ascii: ","):
        true
      default: byte == UInt8(ascii: "-")
      }
    }
    return isNumeric && !cursor.text(content).contains("-:") && !cursor.text(content).hasSuffix(":-")
  }

  // MARK: What is skipped

  private mutating func reportJunk(_ junk: Range<Int>, dot: Int, end: Int, _ segments: [Located<PathSegment>]) {
    let whole = dot..<end
    var cleaned = ""
    for (offset, segment) in segments.enumerated() {
      if case .key = segment.value { cleaned += "." } else if offset == 0 { cleaned += "." }
      cleaned += segment.value.description
    }
    let isGlued = cursor.endOfKey(from: junk.lowerBound) == junk.upperBound
    let diagnostic =
      isGlued
      ? Diagnostic.keyBehindBracket(spelling(junk), at: map.range(junk))
      : Diagnostic.pathJunk(spelling(junk), at: map.range(junk))
    let isExact = Int(map.range(whole).end - map.range(whole).start) == whole.count && !hasEnvironment(in: whole)
    let title = cleaned.isEmpty ? "remove it" : "write '\(cleaned)'"
    guard isExact, let applicability = applicability(of: junk, isGlued: isGlued) else {
      report(diagnostic)
      return
    }
    report(diagnostic.fix(title, applicability, replace: map.range(whole), with: cleaned))
  }

  /// How sure it is that the path without the junk is what was meant; `nil` when something else was, such as an index, a
  /// default or a division.
  private func applicability(of junk: Range<Int>, isGlued: Bool) -> Diagnostic.Fix.Applicability? {
    let text = cursor.text(junk)
    let isQuotedKey = text.hasPrefix("[\"") || text.hasPrefix("['")
    if isGlued || isQuotedKey || text.allSatisfy({ $0 == "." }) { return .safe }
    if text == "?" { return .suggested }
    let isBeforeName = cursor.wordLength(at: junk.upperBound) > 0 && !cursor.isDigit(at: junk.upperBound)
    return text.count == 1 && isBeforeName && text != "[" && text != "*" ? .suggested : nil
  }
}
