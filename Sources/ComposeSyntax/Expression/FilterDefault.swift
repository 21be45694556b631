package import ComposeBasic

/// Defaults that are filters of other template languages.
enum FilterDefault {
  /// What is hardly ever meant as a text.
  private static let names: Set<String> = [
    "upper", "lower", "uppercase", "lowercase", "upcase", "downcase", "trim", "strip", "capitalize", "titlecase",
    "tojson", "to_json", "fromjson", "from_json", "json_encode", "urlencode", "url_encode", "b64encode", "b64decode",
    "striptags",
  ]
  /// What is a filter when arguments follow.
  private static let functions: Set<String> = names.union([
    "default", "join", "replace", "round", "split", "truncate", "first", "last", "length", "slice", "date", "map",
    "sort", "reverse", "int", "float", "string", "substring", "indent",
  ])

  /// The filter that the default looks like.
  static func name(in fallback: TemplateText) -> String? {
    guard fallback.parts.count == 1, case .text(let text) = fallback.parts[0] else { return nil }
    let words = text.value.prefix { $0 != "|" }
    let first = words.drop { $0 == " " }.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    let rest = words.drop { $0 == " " }.dropFirst(first.count).drop { $0 == " " }
    let name = String(first)
    if rest.isEmpty { return names.contains(name) ? name : nil }
    return rest.hasPrefix("(") && rest.contains(")") && functions.contains(name) ? name : nil
  }
}

extension DiagnosticCode {
  /// A filter behind `|`.
  package static let filterDefault = DiagnosticCode(
    "filter-default", .warning, "A filter where a default stands",
    explanation: """
      What stands behind '|' is the value that is used when there is none: expressions have no filters. The text
      'upper' would be sent in place of a missing value, and a value that is there stays as it is.
      """
        + bodyExamples(
          bad: """
            name: ${input.name | upper}
            """,
          good: """
            name: ${input.name | unknown}
            """))
}

extension Diagnostic {
  static func filterDefault(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.filterDefault, "'| \(name)' is a default value, not a filter", at: range)
      .help("expressions have no filters: change the value where it is made, or where it is used")
      .upstream("uses the text when the value is missing, and otherwise changes nothing")
  }
}
