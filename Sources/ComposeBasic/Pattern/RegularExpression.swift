/// A regular expression in the syntax of Python's module `re`, over code points.
///
/// Patterns of the language are Python's (language specification, section 9, `match`). Other dialects read the same
/// text otherwise: what `.`, `\w`, `\Z` or `[[` mean differs. So this is Python's syntax as the Python Library
/// Reference describes it, and what is not part of it is an error. Not supported are named characters (`\N{…}`), locale
/// (`L`), and flags for the whole pattern anywhere but at its start.
package struct RegularExpression: Sendable {
  let program: RegularExpressionProgram

  /// - Throws: when the pattern is not valid, or too large.
  package init(_ pattern: String) throws(RegularExpressionError) {
    var parser = RegularExpressionParser(pattern)
    let node = try parser.parse()
    program = try RegularExpressionProgram(node, groupCount: parser.groupCount)
  }

  /// Whether the beginning of the text matches, as `re.match` tells.
  ///
  /// - Throws: when the search takes more than ``stepLimit`` steps: some patterns take exponential time.
  package func matchesPrefix(of text: String) throws(RegularExpressionError) -> Bool {
    var matcher = RegularExpressionMatcher(program, text)
    return try matcher.run(from: 0, at: 0) != nil
  }

  /// The most steps that one search may take.
  package static let stepLimit = 5_000_000
}

/// Why a pattern cannot be used. Its description goes on from 'the pattern …'.
package struct RegularExpressionError: Error, Hashable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
