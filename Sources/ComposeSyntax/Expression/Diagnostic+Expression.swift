import ComposeBasic

/// What the reference implementation makes of text that is not an expression of the intended grammar.
enum UpstreamReading: String {
  case literal = "the text is left as it is"
  case name = "takes it for a part of the name, which is then unknown: the value is null"
  case skipped = "skips what it does not know in a path, so that another place may be read"
  case type = "takes it for a part of the type, which is then unknown"
}

/// The messages about expressions, in the order of the grammar.
extension Diagnostic {
  private static func syntax(
    _ message: String, at range: SourceRange, _ upstream: UpstreamReading = .literal
  ) -> Diagnostic {
    Diagnostic(.expressionSyntax, message, at: range).upstream(upstream.rawValue)
  }

  static func unclosedExpression(at range: SourceRange) -> Diagnostic {
    Diagnostic(.expressionSyntax, "'${' is never closed", at: range)
      .help("close the expression with '}'; braces inside a default must balance or be written '\\{' and '\\}'")
      .upstream("reads up to the last '}' of the line if there is one, otherwise the text is left as it is")
  }

  static func deepExpression(limit: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(.expressionSyntax, "expressions nest more than \(limit) levels deep", at: range)
  }

  static func emptyExpression(at range: SourceRange) -> Diagnostic {
    syntax("expression is empty", at: range).help("name a value, such as '${input.text}'")
  }

  // MARK: Reference

  static func missingRoot(_ found: String, at range: SourceRange) -> Diagnostic {
    syntax("expected the name of a value after '${', found \(found)", at: range)
      .help("an expression begins with a root such as 'input', 'jobs' or 'response'")
  }

  static func digitBeforeRoot(_ found: String, at range: SourceRange) -> Diagnostic {
    syntax("a root begins with a letter or '_', not with a digit: \(found)", at: range)
  }

  static func missingKey(at range: SourceRange) -> Diagnostic {
    syntax("a key or an index is missing after '.'", at: range)
  }

  static func spaceInReference(at range: SourceRange) -> Diagnostic {
    syntax("white space inside a path", at: range).fix("remove the white space", .safe, replace: range, with: "")
  }

  static func missingDot(
    _ found: String, at range: SourceRange, insertion: SourceRange, _ place: ExpressionParser.BracketPlace
  ) -> Diagnostic {
    syntax("expected '.' before \(found)", at: range, place == .root ? .literal : .skipped)
      .fix("insert '.'", place == .root ? .suggested : .safe, replace: insertion, with: ".")
  }

  static func call(_ name: String, at range: SourceRange) -> Diagnostic {
    syntax("\(name) is called, but expressions have no functions", at: range)
      .upstream("skips the parentheses and looks for a member of that name")
  }

  // MARK: Indexes

  static func unclosedBracket(at range: SourceRange) -> Diagnostic {
    syntax("'[' is never closed", at: range)
      .upstream("skips the bracket in a path; elsewhere, the text is left as it is")
  }

  static func emptyIndex(at range: SourceRange, _ place: ExpressionParser.BracketPlace) -> Diagnostic {
    syntax("'[]' stands only directly after the root", at: range, place == .root ? .literal : .skipped)
      .fix("take every element with '[*]'", .suggested, replace: range, with: "[*]")
  }

  static func invalidIndex(
    _ found: String, at range: SourceRange, _ place: ExpressionParser.BracketPlace
  ) -> Diagnostic {
    syntax(
      "expected a number, a slice or '*' between brackets, found \(found)", at: range,
      place == .root ? .literal : .skipped)
  }

  static func spacedIndex(at range: SourceRange, replacement: String) -> Diagnostic {
    syntax("white space inside an index", at: range)
      .fix("remove the white space", .safe, replace: range, with: replacement)
  }

  static func quotedKey(
    _ found: String, at range: SourceRange, _ place: ExpressionParser.BracketPlace, replacement: String?
  ) -> Diagnostic {
    let upstream: UpstreamReading = place == .root ? .literal : .skipped
    let diagnostic = syntax("a key is written after '.', not as \(found)", at: range, upstream)
    guard let replacement else {
      return diagnostic.help("only keys of letters, digits, '_' and '-' can be reached")
    }
    return diagnostic.fix("write the key after '.'", .safe, replace: range, with: replacement)
  }

  static func expressionAsIndex(at range: SourceRange) -> Diagnostic {
    syntax("an index cannot be an expression", at: range)
  }

  static func wildcardRootIndex(at range: SourceRange, insertion: SourceRange) -> Diagnostic {
    syntax("'[*]' directly after the root needs a '.' before it", at: range)
      .fix("insert '.'", .safe, replace: insertion, with: ".")
  }

  static func secondRootIndex(
    at range: SourceRange, insertion: SourceRange, _ place: ExpressionParser.BracketPlace
  ) -> Diagnostic {
    syntax("only one index may stand directly after the root", at: range)
      .fix("insert '.'", .safe, replace: insertion, with: ".")
  }

  // MARK: Cast

  static func missingType(at range: SourceRange) -> Diagnostic { syntax("a type is missing after 'as'", at: range) }

  static func upperCaseKeyword(_ found: String, at range: SourceRange) -> Diagnostic {
    syntax("'as' is written in lower case, not \(found)", at: range)
      .fix("write 'as'", .suggested, replace: range, with: "as")
  }

  static func missingSubtype(at range: SourceRange) -> Diagnostic {
    syntax("a subtype is missing after '/'", at: range)
  }

  static func spaceInList(at range: SourceRange) -> Diagnostic {
    syntax("white space inside a list of names", at: range)
      .fix("remove the white space", .safe, replace: range, with: "")
  }

  static func missingFormat(at range: SourceRange) -> Diagnostic {
    syntax("a format is missing after ';'", at: range)
  }

  static func attributesWithoutSubtype(at range: SourceRange) -> Diagnostic {
    syntax("attributes need a subtype before them", at: range).help("write them as in 'audio/pcm[sample_rate=24000]'")
  }

  static func invalidAttribute(_ found: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.expressionSyntax, "expected an attribute 'name=value', found \(found)", at: range)
      .upstream("the attribute is dropped")
  }

  // MARK: Default

  static func missingDefault(at range: SourceRange) -> Diagnostic {
    syntax("a default is missing after '|'", at: range)
  }

  static func doubleBar(at range: SourceRange) -> Diagnostic {
    Diagnostic(.expressionSyntax, "a default follows one '|', not '||'", at: range)
      .upstream("the second '|' is a part of the default")
      .fix("remove one '|'", .suggested, replace: range, with: "|")
  }

  static func quotedDefault(_ found: String, at range: SourceRange, removing quotes: [SourceRange]) -> Diagnostic {
    var diagnostic = Diagnostic(.quotedDefault, "the quotes are a part of the default \(found)", at: range)
      .upstream("the value has the quotes, too")
    if quotes.isEmpty {
      diagnostic.help = "a default can neither be empty nor begin with white space"
    } else {
      diagnostic.fixes.append(Fix("remove the quotes", .suggested, quotes.map { Fix.Edit($0, "") }))
    }
    return diagnostic
  }

  // MARK: Annotation

  static func gluedAnnotation(at range: SourceRange, insertion: SourceRange) -> Diagnostic {
    syntax("white space is missing before '@('", at: range)
      .fix("insert a space", .suggested, replace: insertion, with: " ")
  }

  static func emptyAnnotation(_ name: String?, at range: SourceRange) -> Diagnostic {
    syntax(name.map { "annotation \($0) has no text" } ?? "an annotation needs a name and a text", at: range)
      .help("write it as in '@(description What it is for)'")
  }

  static func annotationName(_ found: String, at range: SourceRange) -> Diagnostic {
    syntax("\(found) is not the name of an annotation", at: range)
      .help("a name of letters, digits and '_' stands first, then white space and the text")
  }

  static func unclosedAnnotation(at range: SourceRange) -> Diagnostic { syntax("'@(' is never closed", at: range) }

  static func expressionInAnnotation(at range: SourceRange) -> Diagnostic {
    syntax("an annotation cannot hold an expression", at: range)
  }

  static func misplacedPart(isCast: Bool, _ found: String, at range: SourceRange) -> Diagnostic {
    let part = isCast ? "a conversion" : "a default"
    return syntax("\(part) stands before the annotations, not after them: \(found)", at: range)
  }

  // MARK: Anything else

  static func operatorInExpression(
    _ found: String, at range: SourceRange, _ upstream: UpstreamReading
  ) -> Diagnostic {
    syntax("expressions have no operators, but here is \(found)", at: range, upstream)
      .help("an expression is a reference with a conversion, a default and annotations; nothing is computed")
  }

  static func unexpectedText(
    _ found: String, after previous: ExpressionParser.Predecessor, at range: SourceRange, _ upstream: UpstreamReading
  ) -> Diagnostic {
    let place =
      switch previous {
      case .root, .key, .bracket: "reference"
      case .type, .cast: "conversion"
      case .annotation: "annotation"
      }
    return syntax("unexpected \(found) after the \(place)", at: range, upstream)
  }

  static func notAnExpression(_ found: String, at range: SourceRange, replacement: String?) -> Diagnostic {
    let diagnostic = Diagnostic(.notAnExpression, "\(found) is plain text, not an expression", at: range)
      .upstream(UpstreamReading.literal.rawValue)
      .help("values are written '${…}'")
    guard let replacement else { return diagnostic }
    return diagnostic.fix("write '\(replacement)'", .suggested, replace: range, with: replacement)
  }
}
