extension RegularExpression {
  /// One place where a pattern matches.
  package struct Match: Sendable {
    /// What the pattern has matched.
    package let text: String
    /// What each group has matched, the first at 0; `nil` for a group that has not.
    package let groups: [String?]
  }

  /// How many more steps a search through a whole text may take for each code point.
  private static let stepsPerScalar = 20

  /// Hands over all matches in the text from its start on, as `re.finditer` finds them: they do not overlap, and an
  /// empty one may follow right behind another.
  ///
  /// - Throws: when the search takes too many steps: ``stepLimit``, and some for each code point.
  package func forEachMatch(in text: String, _ body: (Match) -> Void) throws(RegularExpressionError) {
    var matcher = RegularExpressionMatcher(program, text, stepsPerScalar: Self.stepsPerScalar)
    let end = matcher.text.count
    var position = 0
    var mustAdvance = false
    while position <= end {
      guard let matchEnd = try matcher.match(at: position, mustAdvance: mustAdvance) else {
        position += 1
        mustAdvance = false
        continue
      }
      let groups = (1..<groupCount + 1).map { group -> String? in
        let (start, end) = (matcher.slots[2 * group], matcher.slots[2 * group + 1])
        return start < 0 || end < start ? nil : Self.text(of: matcher.text[start..<end])
      }
      body(Match(text: Self.text(of: matcher.text[position..<matchEnd]), groups: groups))
      mustAdvance = matchEnd == position
      position = matchEnd
    }
  }

  /// Whether the pattern matches anywhere in the text, as `re.search` tells.
  ///
  /// - Throws: when the search takes too many steps.
  package func occurs(in text: String) throws(RegularExpressionError) -> Bool {
    var matcher = RegularExpressionMatcher(program, text, stepsPerScalar: Self.stepsPerScalar)
    for position in 0...matcher.text.count where try matcher.match(at: position, mustAdvance: false) != nil {
      return true
    }
    return false
  }

  private static func text(of scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }
}
