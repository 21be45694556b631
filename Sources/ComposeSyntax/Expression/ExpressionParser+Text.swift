import ComposeBasic

/// Text with expressions in it: a whole scalar, a default or the value of an attribute.
extension ExpressionParser {
  enum Place {
    /// Ends with the text.
    case scalar
    /// Ends before the expression's `}`, or before white space and `@(`.
    case fallback
    /// Ends before `,` or `]`, white space excluded, and before a `}` that closes nothing.
    case attribute
  }

  /// A malformed `${` whose `}` has not been met yet.
  struct OpenFault {
    let diagnostic: Diagnostic
    let start: Int
    /// How many braces were open around it.
    let depth: Int
  }

  struct TextState {
    var parts: [TemplateText.Part] = []
    var literalStart: Int
    /// Braces that are open here. At the top of a scalar braces count only inside a malformed expression.
    var depth = 0
    var faults: [OpenFault] = []
  }

  /// Reads the whole scalar.
  mutating func parseScalar() -> TemplateText {
    do {
      return try parseText(in: .scalar, level: 0)
    } catch {
      // Only a default or an attribute can be left unclosed.
      let all = 0..<cursor.bytes.count
      return TemplateText(parts: [.text(located(all))], range: map.range(all))
    }
  }

  /// Reads up to the end that the place defines; the end itself is left to the caller.
  ///
  /// - Parameter level: how many expressions are around the text.
  mutating func parseText(in place: Place, level: Int) throws(Fault) -> TemplateText {
    let start = cursor.position
    var state = TextState(literalStart: start)
    reading: while true {
      if place != .attribute, let span = spanAtPosition() {
        flush(&state)
        state.parts.append(.environment(span.reference))
        passSpan()
        state.literalStart = cursor.position
        continue
      }
      guard let byte = cursor.current else {
        if place != .scalar { throw .unclosed }
        break
      }
      let countsBraces = angles.end == nil && (place != .scalar || !state.faults.isEmpty)
      switch byte {
      case UInt8(ascii: "$") where cursor.isAt("$", "{"):
        parseNested(&state, place: place, level: level)
        // Text between angle brackets that is no expression as a whole is plain text.
        if angles.end != nil, !state.faults.isEmpty { throw .unclosed }
      case UInt8(ascii: "$") where cursor.isAt("$", "<"):
        parseAngles(&state, level: level)
      case UInt8(ascii: "}") where angles.end == cursor.position:
        break reading
      case UInt8(ascii: "\\") where countsBraces && (cursor.isAt("\\", "{") || cursor.isAt("\\", "}")):
        cursor.position += 2
      case UInt8(ascii: "{") where countsBraces:
        state.depth += 1
        cursor.position += 1
      case UInt8(ascii: "}") where countsBraces:
        if state.depth == 0 { break reading }
        closeBrace(&state)
      case UInt8(ascii: ","), UInt8(ascii: "]"):
        if place == .attribute, state.depth == 0 { break reading }
        cursor.position += 1
      case UInt8(ascii: "$"), UInt8(ascii: "{"):
        if !countsBraces { reportLookalike() }
        cursor.position += 1
      default:
        let space = place == .scalar || state.depth > 0 ? 0 : cursor.spaceLength(at: cursor.position)
        if space == 0 {
          cursor.position += 1
        } else if endsAfterSpace(place) {
          break reading
        }
      }
    }
    let end = cursor.position
    flush(&state)
    if let outermost = state.faults.first {
      let range = map.range(outermost.start..<outermost.start + 2)
      report(.unclosedExpression(at: range), failed: outermost.start..<end)
    }
    return TemplateText(parts: state.parts, range: map.range(start..<end))
  }

  /// Looks behind white space for the end of a default or attribute; steps over the white space when it is not there.
  private mutating func endsAfterSpace(_ place: Place) -> Bool {
    let end = place == .fallback ? endOfSpaceBeforeSpan() : cursor.endOfSpace(from: cursor.position)
    if place == .fallback, cursor.byte(at: end) == UInt8(ascii: "}"), angles.end == nil || angles.end == end {
      // A line break before the brace is layout, as the reference has it.
      let lineBreak = cursor.end(from: cursor.position) { $0 == UInt8(ascii: "\n") }
      cursor.position = min(lineBreak, end)
      return true
    }
    let isEnd =
      switch place {
      case .scalar: false
      case .fallback: cursor.isPair("@", "(", at: end)
      case .attribute: cursor.byte(at: end) == UInt8(ascii: ",") || cursor.byte(at: end) == UInt8(ascii: "]")
      }
    if !isEnd { cursor.position = end }
    return isEnd
  }

  /// Reads `${…}`, or keeps it as text when it is malformed.
  private mutating func parseNested(_ state: inout TextState, place: Place, level: Int) {
    let start = cursor.position
    if level >= Self.levelLimit {
      reportDepth(start..<start + 2)
      state.depth += 1
      cursor.position += 2
      return
    }
    let readingCount = readings.count
    let outerAngles = angles.end
    angles.end = nil
    defer { angles.end = outerAngles }
    do {
      let expression = try parseExpression(level: level + 1)
      append(expression, from: start, to: &state)
      if place == .scalar { reportEscape(before: start) }
    } catch {
      readings.removeSubrange(readingCount...)
      comparisonPlaces.append(start)
      recover(from: error, start: start, &state, place: place)
    }
  }

  func append(_ expression: Expression, from start: Int, to state: inout TextState) {
    flush(&state, upTo: start)
    state.parts.append(.expression(expression))
    state.literalStart = cursor.position
  }

  /// Warns of a character before an expression that is meant to keep it from being one.
  private mutating func reportEscape(before start: Int) {
    guard start > 0, let byte = cursor.byte(at: start - 1), !hasEnvironment(in: start - 1..<start) else { return }
    if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "$") {
      report(.attemptedEscape(spelling(start - 1..<start), at: map.range(start - 1..<start + 2)))
    }
  }

  private mutating func recover(from fault: Fault, start: Int, _ state: inout TextState, place: Place) {
    switch fault {
    case .unclosed:
      cursor.position = cursor.bytes.count
      // One report is enough for all that are open: the outermost.
      if place == .scalar, state.faults.isEmpty {
        report(.unclosedExpression(at: map.range(start..<start + 2)), failed: start..<cursor.bytes.count)
      }
    case .syntax(let diagnostic, let resume):
      // Whether this or a missing brace is the real mistake is known when the brace is met.
      if state.faults.count < Self.reportLimit {
        state.faults.append(OpenFault(diagnostic: diagnostic, start: start, depth: state.depth))
      }
      state.depth += 1
      cursor.position = resume
    }
  }

  private mutating func closeBrace(_ state: inout TextState) {
    state.depth -= 1
    cursor.position += 1
    guard let fault = state.faults.last, fault.depth == state.depth else { return }
    state.faults.removeLast()
    report(fault.diagnostic, failed: fault.start..<cursor.position)
  }

  private func flush(_ state: inout TextState) { flush(&state, upTo: cursor.position) }

  private func flush(_ state: inout TextState, upTo end: Int) {
    if state.literalStart < end { state.parts.append(.text(located(state.literalStart..<end))) }
    state.literalStart = end
  }
}
