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
  private(set) var diagnostics = Diagnostics()
  private var nextSpan = 0
  private var reportedErrors = 0
  private var reportedWarnings = 0
  private var reportedDepth = false

  init(_ text: String, map: ScalarMap, environment: [EnvironmentSpan]) {
    cursor = ExpressionCursor(text)
    self.map = map
    self.environment = environment
  }

  // MARK: One expression

  /// Reads `${…}` at the position.
  mutating func parseExpression(level: Int) throws(Fault) -> Expression {
    let start = cursor.position
    cursor.position += 2
    let reference = try parseReference(from: start)
    var previous = reference.end
    var spaceStart = cursor.position
    skipSpace()
    var cast: Cast?
    if isAtKeyword {
      cast = try parseCast(level: level)
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
    while cursor.isAt("@", "("), cursor.position > spaceStart {
      annotations.append(try parseAnnotation())
      previous = .annotation(first: annotationStart)
      spaceStart = cursor.position
      skipSpace()
    }
    if cursor.isAtEnd { throw .unclosed }
    guard cursor.isAt("}") else { throw unexpected(after: previous, spaceStart: spaceStart) }
    cursor.position += 1
    return Expression(
      root: reference.root, isChunk: reference.isChunk, index: reference.index, path: reference.path, cast: cast,
      fallback: fallback, annotations: annotations, range: map.range(start..<cursor.position))
  }

  /// Whether the position is at the word `as`.
  var isAtKeyword: Bool {
    cursor.isAt("a", "s") && cursor.endOfKey(from: cursor.position) == cursor.position + 2
  }

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

  // MARK: Findings

  mutating func report(_ diagnostic: Diagnostic) {
    switch diagnostic.severity {
    case .error:
      reportedErrors += 1
      if reportedErrors > Self.reportLimit { return }
    case .warning, .note:
      reportedWarnings += 1
      if reportedWarnings > Self.reportLimit { return }
    }
    diagnostics.emit(diagnostic)
  }

  /// Reports once that expressions nest too deeply.
  mutating func reportDepth(_ range: Range<Int>) {
    if reportedDepth { return }
    reportedDepth = true
    report(.deepExpression(limit: Self.levelLimit, at: map.range(range)))
  }
}
