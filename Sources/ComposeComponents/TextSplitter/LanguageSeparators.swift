/// Where a text in some language is cut first. The places are strings, not patterns.
enum LanguageSeparators {
  /// Where any text is cut: between paragraphs, lines, words, and at last anywhere.
  static let plain = ["\n\n", "\n", " ", ""]

  /// The separators of a language in the order in which they are tried; `nil` for an unknown one.
  static func separators(of language: String) -> [String]? {
    if let words = words[language] {
      return words.split(separator: ",").map { "\n\($0.drop(while: \.isWhitespace)) " } + plain
    }
    return others[language]
  }

  /// The names of the languages.
  static var languages: [String] { (Array(words.keys) + others.keys).sorted() }

  /// Words with which lines begin that open a part of a program; a blank follows them.
  private static let words: [String: String] = [
    "javascript": "function, const, let, var, class, if, for, while, switch, case, default",
    "typescript": "function, const, let, var, class, interface, type, enum, "
      + "namespace, if, for, while, switch, case, default",
    "java": "class, public, protected, private, static, if, for, while, switch, case",
    "kotlin": "class, object, interface, fun, val, var, if, for, while, when",
    "scala": "class, object, trait, def, val, var, if, for, while, match",
    "go": "func, var, const, type, if, for, switch, case",
    "rust": "fn, const, let, static, struct, enum, trait, impl, if, for, while, loop, match",
    "cpp": "class, void, int, float, double, if, for, while, switch, case",
    "c": "void, int, float, double, char, struct, if, for, while, switch",
    "csharp": "class, public, private, protected, internal, static, namespace, "
      + "if, for, foreach, while, switch",
    "ruby": "def, class, module, if, unless, while, for, do, begin",
    "php": "function, class, if, foreach, while, for, switch, case",
    "swift": "func, class, struct, enum, protocol, extension, if, for, while, switch, case",
    "sql": "SELECT, FROM, WHERE, GROUP BY, ORDER BY, HAVING, JOIN, LEFT JOIN, RIGHT JOIN, INNER JOIN, "
      + "OUTER JOIN, UNION, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER",
    "solidity": "pragma, using, contract, interface, library, constructor, type, function, event, modifier, "
      + "error, struct, enum, mapping, if, for, while, do, assembly",
    "proto": "message, service, enum, options, import, syntax",
  ]

  /// Languages whose parts begin with something else.
  private static let others: [String: [String]] = [
    "python": ["\nclass ", "\ndef ", "\n\tdef "] + plain,
    "markdown": (2...6).map { "\n" + String(repeating: "#", count: $0) + " " }
      + ["```\n", "\n\n---\n", "\n\n***\n", "\n\n___\n"] + plain,
    "html": [
      "body", "div", "p", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "span", "table", "tr", "td", "th", "ul",
      "ol", "header", "footer", "nav", "head", "style", "script", "meta", "title",
    ].map { "<" + $0 } + [""],
    "latex": ["chapter", "section", "subsection", "subsubsection"].map { "\n\\\($0){" }
      + [
        "enumerate", "itemize", "description", "list", "quote", "quotation", "verse", "verbatim", "align",
      ].map { "\n\\begin{\($0)}" } + ["$$", "$"] + plain,
  ]
}
