import ComposeBasic

/// The messages about text that the reference reads in another way, and about text that is read otherwise than meant.
extension Diagnostic {
  static func swallowedDefault(_ part: String, _ before: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.swallowedDefault, "white space is missing between \(before) and '|'", at: range)
      .upstream("takes '|' and the default for a part of the \(part): there is no default")
  }

  // MARK: Defaults

  static func greedyDefault(_ tail: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.greedyDefault, "the reference takes this text for a part of the default", at: range)
      .help("put the text before the expression or on a line of its own, or end the default with an annotation")
      .upstream("reads up to the last '}' that it can reach, so that \(tail) belongs to the default")
  }

  static func greedyAnnotation(_ tail: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.greedyDefault, "the reference takes this text for a part of the annotation", at: range)
      .help("put the text before the expression or on a line of its own")
      .upstream("reads up to the last ')' before a '}', so that \(tail) is a part of the annotation")
  }

  static func spaceBeforeNested(at range: SourceRange) -> Diagnostic {
    Diagnostic(.spaceBeforeNested, "white space before an expression inside a default", at: range)
      .help("without the space the two texts touch; a value with a space in it can come from an input")
      .upstream("does not read the outer expression: its text is left as it is")
  }

  static func trailingDefaultSpace(at range: SourceRange) -> Diagnostic {
    Diagnostic(.trailingDefaultSpace, "white space at the end is a part of the default", at: range)
      .upstream("the same")
      .fix("remove the white space", .suggested, replace: range, with: "")
  }

  static func annotationInDefault(at range: SourceRange) -> Diagnostic {
    Diagnostic(.expressionSyntax, "a default cannot hold '@(' behind white space", at: range)
      .upstream("ends the default there and reads an annotation")
  }

  static func lineBreak(in part: String, at range: SourceRange) -> Diagnostic {
    let article = part == "annotation" ? "an" : "a"
    return Diagnostic(.expressionSyntax, "\(article) \(part) cannot go on in another line", at: range)
      .upstream("the text is left as it is")
  }

  // MARK: References

  static func pathJunk(_ found: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.pathJunk, "\(found) has no meaning in a path", at: range)
      .help("a path has keys behind '.', and indexes, slices and '[*]' in brackets")
      .upstream("the same: skips what it does not know")
  }

  static func keyBehindBracket(_ found: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.pathJunk, "'.' is missing before \(found)", at: range).upstream("reads the key all the same")
  }

  static func loneMinus(at range: SourceRange, _ place: ExpressionParser.BracketPlace) -> Diagnostic {
    Diagnostic(.loneMinus, "'-' without a number in a slice", at: range)
      .help("the last element is '[-1]', and all from the last but one on are '[-2:]'")
      .upstream(place == .root ? "fails when the expression is rendered, even with a default" : "the value is null")
  }

  static func gluedCast(_ word: String, reference: String, type: String?, at range: SourceRange) -> Diagnostic {
    let conversion = type.map { "a conversion to '\($0)'" } ?? "a conversion"
    return Diagnostic(.gluedCast, "'as' is not a word of its own in \(word)", at: range)
      .help("a conversion is written with white space around 'as'")
      .upstream("reads \(reference) and \(conversion)")
  }

  // MARK: Escapes and the environment

  static func attemptedEscape(_ character: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.attemptedEscape, "\(character) does not keep '${' from being replaced", at: range)
      .help("there is no escape: text with '${' in it can come from an input; a plain '$' before a value is fine")
      .upstream("the same: the value is put in, and \(character) stays before it")
  }

  static func environmentExpression(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.environmentExpression, "the value of '\(name)' changes what is an expression here", at: range)
      .help("let the value come in as an input, or change it")
      .upstream("puts the value into the text first, and looks for expressions in the result")
  }

  // MARK: Anything else

  static func differentReading(at range: SourceRange) -> Diagnostic {
    Diagnostic(.expressionSyntax, "the reference reads this expression in another way", at: range)
      .help("write it with white space around 'as' and '|', and with plain names")
      .upstream("takes more characters for a part of a name, a type or an attribute")
  }

  static func onlyOurs(at range: SourceRange) -> Diagnostic {
    Diagnostic(.expressionSyntax, "the reference does not read this as an expression", at: range)
      .upstream("the text is left as it is")
  }

  static func onlyReference(at range: SourceRange) -> Diagnostic {
    Diagnostic(.expressionSyntax, "the reference reads an expression here", at: range)
      .upstream("the text up to the last '}' that it can reach is replaced")
  }
}
