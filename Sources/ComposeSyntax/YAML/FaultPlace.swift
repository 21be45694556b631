import ComposeBasic

/// The surroundings of a syntax error in the text.
struct FaultPlace {
  let fault: YAMLSyntaxFault
  let text: ExpandedText
  var bytes: [UInt8] { text.bytes }

  init(_ fault: YAMLSyntaxFault, _ text: ExpandedText) {
    self.fault = fault
    self.text = text
  }

  func range(_ range: Range<Int>) -> SourceRange { text.range(range.clamped(to: 0..<bytes.count)) }

  func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// The character where the error was noticed.
  var problem: SourceRange { character(at: fault.offset) }

  /// The character where the construct began that the parser was in.
  var context: SourceRange { character(at: fault.contextOffset) }

  /// libyaml's own words.
  var general: Diagnostic {
    let diagnostic = Diagnostic.yamlError(fault.problem, at: problem)
    guard let context = fault.context else { return diagnostic }
    return diagnostic.note(context, at: self.context)
  }

  /// Up to the next blank, line break or colon.
  func word(_ start: Int) -> SourceRange {
    var end = start
    while end < bytes.count, !bytes[end].isYAMLBlank, !bytes[end].isYAMLBreak, bytes[end] != UInt8(ascii: ":") {
      end += 1
    }
    return end > start ? range(start..<end) : character(at: start)
  }

  func lineStart(of offset: Int) -> Int {
    var start = min(offset, bytes.count)
    while start > 0, !bytes[start - 1].isYAMLBreak { start -= 1 }
    return start
  }

  func lineEnd(from offset: Int) -> Int {
    var end = offset
    while end < bytes.count, !bytes[end].isYAMLBreak { end += 1 }
    return end
  }

  /// Why a line cannot be a key of the mapping.
  var indentationOrText: String {
    let line = lineStart(of: fault.offset)
    guard bytes[line..<min(fault.offset, bytes.count)].allSatisfy(\.isYAMLBlank) else {
      return "expected a key or the end of the line"
    }
    let column = fault.offset - line
    let lineAbove = lineAbove(line)
    let above = textStart(ofLine: lineAbove) - lineAbove
    return column == above ? "expected a key" : "it is indented by \(column), the line above by \(above)"
  }

  /// Where the last line with text before a line starts.
  func lineAbove(_ line: Int) -> Int {
    var end = line
    while end > 0, bytes[end - 1].isYAMLBlank || bytes[end - 1].isYAMLBreak { end -= 1 }
    return lineStart(of: end)
  }

  /// Behind the blanks at the start of a line.
  func textStart(ofLine line: Int) -> Int {
    var start = line
    while start < bytes.count, bytes[start].isYAMLBlank { start += 1 }
    return start
  }

  /// The bracket that the parser was in: the innermost one that is open at the error, or the context itself.
  var openBracket: Int {
    isBracket(fault.contextOffset) && fault.context?.contains("flow node") != true
      ? fault.contextOffset
      : openBrackets(upTo: fault.offset, from: lineStart(of: fault.contextOffset)).last
        ?? fault.contextOffset
  }

  /// Whether the bracket at an offset has its partner somewhere behind it.
  func isClosed(from opener: Int) -> Bool {
    isBracket(opener) && !openBrackets(upTo: bytes.count, from: opener).contains(opener)
  }

  private func isBracket(_ offset: Int) -> Bool {
    byte(at: offset) == UInt8(ascii: "[") || byte(at: offset) == UInt8(ascii: "{")
  }

  /// The brackets that are open at an offset, without those in quotes and comments.
  private func openBrackets(upTo end: Int, from start: Int) -> [Int] {
    var open: [Int] = []
    var index = start
    var previous = UInt8(ascii: " ")
    while index < min(end, bytes.count) {
      let byte = bytes[index]
      let isAtStart = previous.isYAMLBlank || previous.isYAMLBreak || previous.isFlowIndicator
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): open.append(index)
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        _ = open.popLast()
        if open.isEmpty, index > start { return open }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if isAtStart { index = closingQuote(from: index) }
      case UInt8(ascii: "#"):
        if isAtStart { index = lineEnd(from: index) }
      default: break
      }
      previous = index < bytes.count ? bytes[index] : UInt8(ascii: " ")
      index += 1
    }
    return open
  }

  private func closingQuote(from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != bytes[start] {
      index += bytes[start] == UInt8(ascii: "\"") && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index
  }

  private func character(at offset: Int) -> SourceRange {
    guard offset < bytes.count, !bytes[offset].isYAMLBreak else { return range(offset..<offset) }
    var end = offset + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return range(offset..<end)
  }
}
