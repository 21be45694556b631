import ComposeBasic

extension Diagnostic {
  /// Says what is wrong in the words of the user's text, and where the mistake was made rather than where it was noticed.
  static func yamlSyntax(_ fault: YAMLSyntaxFault, in text: ExpandedText) -> Diagnostic {
    let place = FaultPlace(fault, text)
    return unclosedQuote(place) ?? scannerError(place) ?? parserError(place) ?? place.general
  }

  private static func scannerError(_ place: FaultPlace) -> Diagnostic? {
    let fault = place.fault
    switch (fault.problem, fault.context) {
    case ("found character that cannot start any token", _): return forbiddenStart(place)
    case (_, "while scanning a simple key"?): return unfinishedKey(place)
    case ("mapping values are not allowed in this context", _): return unexpectedColon(place)
    case ("block sequence entries are not allowed in this context", _):
      return .yamlError("a list item cannot start here", at: place.problem)
        .help("begin the list on a line of its own")
    case ("found unknown escape character", _):
      let end = min(fault.offset + 2, place.bytes.count)
      let escape = String(decoding: place.bytes[fault.offset..<end], as: UTF8.self)
      return .yamlError("unknown escape '\(escape)' in a double-quoted text", at: place.range(fault.offset..<end))
        .help("use single quotes, or write '\\\\' for a backslash")
    case ("did not find expected hexdecimal number", _):
      let start = place.bytes[..<min(fault.offset, place.bytes.count)].lastIndex(of: UInt8(ascii: "\\"))
      return .yamlError(
        "this escape needs hexadecimal digits", at: start.map { place.range($0..<$0 + 2) } ?? place.problem
      )
      .help("use single quotes, or write '\\\\' for a backslash")
    case (_, "while scanning a quoted scalar"?):
      guard fault.problem.hasPrefix("found unexpected") else { return nil }
      let isDouble = place.byte(at: fault.contextOffset) == UInt8(ascii: "\"")
      return .yamlError("\(isDouble ? "double" : "single") quote opened here is never closed", at: place.context)
    case (_, "while scanning an alias"?):
      return .yamlError("'*' starts an alias, and no name follows", at: place.context)
        .help("if '*' is meant as text, write \"*\"")
    case (_, "while scanning an anchor"?):
      return .yamlError("'&' starts an anchor, and no name follows", at: place.context)
        .help("if '&' is meant as text, put the value in quotes")
    case ("found undefined tag handle", _):
      return .yamlError("'!' starts a tag whose handle is not declared", at: place.problem)
        .help("if '!' is meant as text, put the value in quotes")
    case (let problem, _) where problem.contains("tab character"):
      return tab(at: place.problem)
    default: return nil
    }
  }

  private static func parserError(_ place: FaultPlace) -> Diagnostic? {
    let fault = place.fault
    switch (fault.problem, fault.context) {
    case ("did not find expected ',' or ']'", _), ("did not find expected ',' or '}'", _):
      return unfinishedFlow(place)
    case ("did not find expected node content", "while parsing a flow node"?):
      switch place.byte(at: fault.offset) {
      case UInt8(ascii: ","): return .yamlError("empty entry before ','", at: place.problem)
      case nil: return unfinishedFlow(place)
      default: return .yamlError("a value is missing here", at: place.problem)
      }
    case ("did not find expected key", _):
      return .yamlError("this does not fit the mapping above: \(place.indentationOrText)", at: place.word(fault.offset))
        .note("the mapping starts here", at: place.context)
        .help("give all keys of a mapping the same indentation; close quotes only at the end of a value")
    case ("did not find expected '-' indicator", _):
      if let finding = missingSpaceBehindDash(place, at: fault.offset) { return finding }
      return .yamlError("a list item must start with '- '", at: place.word(fault.offset))
        .note("the list starts here", at: place.context)
    case ("did not find expected <document start>", _):
      return .yamlError("unexpected text behind the end of the document", at: place.word(fault.offset))
        .help("check the indentation of this line and the one before")
    default: return nil
    }
  }

  // MARK: Frequent mistakes

  private static func tab(at range: SourceRange) -> Diagnostic {
    .yamlError("tab used for indentation; YAML allows spaces only", at: range)
      .help("replace the tab with spaces")
  }

  private static func forbiddenStart(_ place: FaultPlace) -> Diagnostic {
    guard let byte = place.byte(at: place.fault.offset) else { return place.general }
    if byte == UInt8(ascii: "\t") { return tab(at: place.problem) }
    return .yamlError("'\(Character(Unicode.Scalar(byte)))' cannot start an unquoted value", at: place.problem)
      .help("put the value in quotes")
  }

  private static func unfinishedKey(_ place: FaultPlace) -> Diagnostic {
    let start = place.fault.contextOffset
    return missingSpace(place, from: start)
      ?? .yamlError("expected ': ' behind this key", at: place.word(start))
      .note("the key ends here at the latest", at: place.problem)
  }

  /// `key:value`, which YAML takes for one word.
  private static func missingSpace(_ place: FaultPlace, from start: Int) -> Diagnostic? {
    let bytes = place.bytes
    var index = start
    while index < bytes.count, !bytes[index].isYAMLBlank, !bytes[index].isYAMLBreak {
      if bytes[index] == UInt8(ascii: ":"), index > start, !bytes.has("://", at: index) {
        return .yamlError("missing space behind ':'", at: place.range(start..<(index + 1)))
          .fix("add a space", .suggested, replace: place.range(index..<(index + 1)), with: ": ")
      }
      index += 1
    }
    return nil
  }

  private static func unexpectedColon(_ place: FaultPlace) -> Diagnostic {
    let offset = place.fault.offset
    let line = place.lineStart(of: offset)
    let start = place.textStart(ofLine: line)
    let before = place.bytes[min(start, offset)..<offset]
    let hasColon = zip(before, before.dropFirst()).contains { $0 == UInt8(ascii: ":") && $1.isYAMLBlank }
    guard !hasColon, line > 0, !before.isEmpty else {
      return .yamlError("': ' inside an unquoted text", at: place.problem)
        .help("put the value in quotes")
    }
    // The line continues a plain text. Either that text is a key without its space, or this line is indented too far.
    let above = place.lineAbove(line)
    let textAbove = place.textStart(ofLine: above)
    if textAbove - above == start - line, let finding = missingSpace(place, from: textAbove) { return finding }
    if let finding = missingSpaceBehindDash(place, at: textAbove) { return finding }
    return .yamlError("unexpected indentation: this line continues the value above", at: place.range(start..<offset))
      .help("indent it like its siblings")
  }

  private static func unfinishedFlow(_ place: FaultPlace) -> Diagnostic {
    let opener = place.openBracket
    guard place.isClosed(from: opener) else {
      let bracket = place.byte(at: opener).map { Character(Unicode.Scalar($0)) } ?? "["
      return .yamlError("'\(bracket)' opened here is never closed", at: place.range(opener..<(opener + 1)))
    }
    let kind = place.byte(at: opener) == UInt8(ascii: "{") ? "mapping" : "list"
    if let finding = unquotedExpression(place, in: kind) { return finding }
    return .yamlError("expected ',' or the end of the \(kind)", at: place.word(place.fault.offset))
      .note("the \(kind) is opened here", at: place.range(opener..<(opener + 1)))
  }

  /// `{key: ${input.x}}`: in brackets the `{` of an expression opens a mapping.
  private static func unquotedExpression(_ place: FaultPlace, in kind: String) -> Diagnostic? {
    let brace = place.fault.offset
    guard brace > 0, place.byte(at: brace) == UInt8(ascii: "{"), place.byte(at: brace - 1) == UInt8(ascii: "$"),
      let end = place.bytes[brace..<place.lineEnd(from: brace)].firstIndex(of: UInt8(ascii: "}"))
    else { return nil }
    let expression = (brace - 1)..<(end + 1)
    let diagnostic = Diagnostic.yamlError(
      "an expression inside a \(kind) in brackets must be in quotes", at: place.range(expression)
    )
    .help("put the whole value in quotes")
    let text = String(decoding: place.bytes[expression], as: UTF8.self)
    let isWhole = brace == 1 || place.bytes[brace - 2].isYAMLBlank || place.byte(at: brace - 2) == UInt8(ascii: "[")
    guard isWhole, !text.contains("\""), !text.contains("\\") else { return diagnostic }
    return diagnostic.fix("put it in quotes", .suggested, replace: place.range(expression), with: "\"\(text)\"")
  }
}
