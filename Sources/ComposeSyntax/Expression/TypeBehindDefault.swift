package import ComposeBasic

/// A default that ends with a conversion: `0.7 as number`.
struct TypeBehindDefault {
  /// Without white space around it.
  let value: String
  let type: String
  /// Where `as` stands, in UTF-8 bytes of the default.
  let keyword: Int

  private static let types: Set<String> = [
    "text", "string", "integer", "number", "boolean", "list", "object", "json", "markdown",
  ]

  init?(_ text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    // More words are a sentence, which may well end like this.
    guard words.count == 3, words[1] == "as", Self.types.contains(String(words[2])),
      text.hasPrefix(String(words[0])), words[1].endIndex < text.endIndex
    else { return nil }
    value = String(words[0])
    type = String(words[2])
    keyword = text.utf8.distance(from: text.startIndex, to: words[1].startIndex)
    guard text[words[1].startIndex...].hasPrefix("as \(type)") else { return nil }
  }
}

extension DiagnosticCode {
  /// A conversion that stands behind the default.
  package static let typeBehindDefault = DiagnosticCode(
    "type-behind-default", .error, "A conversion behind the default",
    explanation: """
      Behind '|' everything up to the closing brace is the default, the words 'as number' too. The conversion stands
      before the default.
      """
        + bodyExamples(
          bad: """
            temperature: ${input.temperature | 0.7 as number}
            """,
          good: """
            temperature: ${input.temperature as number | 0.7}
            """))
}

extension Diagnostic {
  static func typeBehindDefault(
    _ type: String, at range: SourceRange, replacing whole: SourceRange, with text: String
  ) -> Diagnostic {
    Diagnostic(.typeBehindDefault, "'as \(type)' behind '|' is a part of the default", at: range)
      .help("write the conversion before the default: '\(text)'")
      .upstream("uses the whole text as the default, and converts nothing")
      .fix("move it before the default", .suggested, replace: whole, with: text)
  }
}
