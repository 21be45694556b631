/// A regular expression in the syntax of Python's module `re`, over code points.
///
/// Patterns of the language are Python's (language specification, section 9, `match`). Other dialects read the same
/// text otherwise: what `.`, `\w`, `\Z` or `[[` mean differs. So this is Python's syntax as the Python Library
/// Reference describes it, and what is not part of it is an error. Not supported are named characters (`\N{…}`), locale
/// (`L`), and flags for the whole pattern anywhere but at its start.
package struct RegularExpression: Sendable {
  let program: RegularExpressionProgram
  package let groupCount: Int
  /// The named groups with their numbers, in the order of the pattern.
  package let groupNames: [(name: String, group: Int)]

  /// - Throws: when the pattern is not valid, or too large.
  package init(_ pattern: String, options: RegularExpressionOptions = []) throws(RegularExpressionError) {
    var parser = RegularExpressionParser(pattern)
    let node = try parser.parse(options)
    program = try RegularExpressionProgram(node, groupCount: parser.groupCount)
    groupCount = parser.groupCount
    groupNames = parser.groupNames.sorted { $0.value < $1.value }.map { ($0.key, $0.value) }
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

/// What holds for all of a pattern, besides the flags in it.
package struct RegularExpressionOptions: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let ignoresCase = RegularExpressionOptions(rawValue: 1)
  /// `.` takes line feeds, too.
  package static let dotIsAny = RegularExpressionOptions(rawValue: 2)
  /// `^` and `$` hold at each line.
  package static let multiline = RegularExpressionOptions(rawValue: 4)
}

/// Why a pattern cannot be used. Its description goes on from 'the pattern …'.
package struct RegularExpressionError: Error, Hashable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
