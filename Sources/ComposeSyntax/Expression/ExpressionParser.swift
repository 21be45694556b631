import ComposeBasic

/// Recursive descent over one scalar. The position only grows: no byte is read again after a mistake.
struct ExpressionParser {
  /// Expressions inside defaults and attributes may nest this deep.
  static let levelLimit = 64

  /// Findings of one severity in one scalar; what comes after them is rarely news.
  static let reportLimit = 20

  /// Why a text behind `${` is not an expression.
  indirect enum Fault: Error {
    /// The text ended first.
    case unclosed
    /// Nothing of the expression is closed or opened between its `{` and `resume`.
    case syntax(Diagnostic, resume: Int)
  }

  var cursor: ExpressionCursor
  let map: ScalarMap
  let environment: [EnvironmentSpan]
  var findings: [Finding] = []
  /// What was read of the expression at hand, and of all before it: nested ones stand before the one around them.
  var reading = ExpressionReading(start: 0, firstNested: 0)
  var readings: [ExpressionReading] = []
  /// Where the text needs to be compared with the reference's reading.
  var comparisonPlaces: [Int] = []
  var angles = AngleBrackets()
  var nextSpan = 0
  private(set) var reportedDepth = false

  init(_ text: String, map: ScalarMap, environment: [EnvironmentSpan]) {
    cursor = ExpressionCursor(text)
    self.map = map
    self.environment = environment
  }

  // MARK: One expression

  /// Reads `${…}` at the position.
  mutating func parseExpression(level: Int, spelling: Expression.Spelling = .braces) throws(Fault) -> Expression {
    let start = cursor.position
    let outer = reading
    defer { reading = outer }
    reading = ExpressionReading(start: start, firstNested: readings.count)
    cursor.position += 2
    let reference = try parseReference(from: start)
    var previous = reference.end
    var spaceStart = cursor.position
    skipSpace()
    var cast: Cast?
    if isAtKeyword {
      let keyword = cursor.position
      cast = try parseCast(level: level)
      reading.match.cast?.keyword = keyword
      previous = cast?.format == nil && cast?.subtype == nil ? .type : .cast
      spaceStart = cursor.position
      skipSpace()
    }
    var fallback: TemplateText?
    if cursor.isAt("|") {
      fallback = try parseFallback(level: level, cast: cast)
      spaceStart = cursor.position
      skipSpace()
    }
    var annotations: [Annotation] = []
    let annotationStart = cursor.position
    while cursor.isAt("@", "(") {
      annotations.append(try parseAnnotation())
      reading.match.annotations = annotationStart..<cursor.position
      previous = .annotation(first: annotationStart)
      spaceStart = cursor.position
      skipSpace()
    }
    if cursor.isAtEnd { throw .unclosed }
    guard isAtClosing else { throw unexpected(after: previous, spaceStart: spaceStart) }
    cursor.position += 1
    finishReading(spelling)
    return Expression(
      root: reference.root, isChunk: reference.isChunk, index: reference.index, path: reference.path, cast: cast,
      fallback: fallback, annotations: annotations, range: map.range(start..<cursor.position), spelling: spelling)
  }

  /// Whether the position is at the word `as`.
  var isAtKeyword: Bool {
    cursor.isAt("a", "s") && cursor.endOfKey(from: cursor.position) == cursor.position + 2
  }

  /// Whether the position is at the character that closes the expression at hand.
  var isAtClosing: Bool { cursor.isAt("}") && (angles.end == nil || angles.end == cursor.position) }

  // MARK: Steps

  mutating func skipSpace() { cursor.position = cursor.endOfSpace(from: cursor.position) }

  func located(_ range: Range<Int>) -> Located<String> { Located(cursor.text(range), at: map.range(range)) }

  // MARK: Environment values

  /// The environment value that begins exactly at the position.
  ///
  /// Values that begin before it were read as a part of something else.
  mutating func spanAtPosition() -> EnvironmentSpan? {
    while nextSpan < environment.count, environment[nextSpan].range.lowerBound < cursor.position { nextSpan += 1 }
    guard nextSpan < environment.count, environment[nextSpan].range.lowerBound == cursor.position else { return nil }
    return environment[nextSpan]
  }

  /// Steps behind the environment value that ``spanAtPosition()`` returned.
  mutating func passSpan() {
    cursor.position = environment[nextSpan].range.upperBound
    nextSpan += 1
  }

  /// The end of white space from the position, or the environment value that begins before it.
  mutating func endOfSpaceBeforeSpan() -> Int {
    let end = cursor.endOfSpace(from: cursor.position)
    _ = spanAtPosition()
    guard nextSpan < environment.count else { return end }
    return min(end, environment[nextSpan].range.lowerBound)
  }

  /// Whether a byte of a range came from the environment.
  func hasEnvironment(in range: Range<Int>) -> Bool {
    var low = 0
    var high = environment.count
    while low < high {
      let middle = (low + high) / 2
      if environment[middle].range.upperBound > range.lowerBound { high = middle } else { low = middle + 1 }
    }
    return low < environment.count && environment[low].range.lowerBound < range.upperBound
  }

  // MARK: Findings

  mutating func report(_ diagnostic: Diagnostic, failed: Range<Int>? = nil, repair: Repair? = nil) {
    let isError = diagnostic.severity == .error
    let count = findings.reduce(0) { $0 + (($1.diagnostic.severity == .error) == isError ? 1 : 0) }
    if count >= Self.reportLimit { return }
    findings.append(Finding(diagnostic: diagnostic, failed: failed, repair: repair))
  }

  /// Reports once that expressions nest too deeply.
  mutating func reportDepth(_ range: Range<Int>) {
    if reportedDepth { return }
    reportedDepth = true
    report(.deepExpression(limit: Self.levelLimit, at: map.range(range)))
  }
}
