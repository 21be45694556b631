import ComposeBasic
import ComposeSyntax

/// The findings about values inside text.
enum InterpolationCode {
  private static func example(bad: String, good: String) -> String {
    ExampleFile.pair(bad: ExampleFile(output: bad), good: ExampleFile(output: good))
  }

  static let debugForm = DiagnosticCode(
    "debug-form", .warning, "A value that text shows in Python's notation",
    explanation: """
      Inside text a list or an object is written as Python prints it, `{'id': 1, 'paid': True}`, and so are booleans and
      bytes. That is no JSON. `as text` gives the JSON text of lists and objects.

      \(example(bad: "\"Used: ${response.usage}\"", good: "\"Used: ${response.usage as text}\""))
      """)

  static let ambiguousConcatenation = DiagnosticCode(
    "ambiguous-concatenation", .warning, "Expressions side by side whose type depends on their values",
    explanation: """
      When every expression but the first is empty, the whole is the first value with its own type. Otherwise it is text.

      \(example(bad: "${response.usage.total_tokens}${input.unit}", good: "${response.usage.total_tokens} ${input.unit}"))
      """)

  static let chunkInText = DiagnosticCode(
    "chunk-in-text", .warning, "Text around a chunk of a stream",
    explanation: """
      The output is rendered for every event of the stream, and an event without a value is dropped only when the result is
      null. Text is never null: the text around the expression is sent for such events too.

      \(ExampleFile.pair(
        bad: .streaming.with { $0.output = "\"> ${response[].choices[0].delta.content}\"" }, good: .streaming))
      """)

  /// Every code of this file.
  static let codes = [debugForm, ambiguousConcatenation, chunkInText, StrayBrace.code]
}

/// Texts with expressions and something around them (language specification, section 5).
extension ExpressionChecker {
  func interpolatedType(of text: TemplateText, into diagnostics: inout Diagnostics) -> Type {
    let expressions = text.parts.compactMap { part in
      if case .expression(let expression) = part { expression } else { nil }
    }
    for finding in StrayBrace.findings(in: text) { diagnostics.emit(finding) }
    var types: [Type] = []
    for expression in expressions {
      let type = type(of: expression, as: .text, into: &diagnostics)
      types.append(type)
      if let finding = Diagnostic.insideText(expression, type) { diagnostics.emit(finding) }
    }
    if let chunk = expressions.first(where: \.isChunk), scope.chunks[chunk.root.value] != nil {
      diagnostics.emit(.chunkInText(chunk))
    }
    guard expressions.count == text.parts.count, let first = types.first, !first.surely(\.isText) else { return .text }
    // A number or a list leaves something in the text for sure.
    let others = types.dropFirst()
    if others.contains(where: { !$0.mayBeNull && $0.surely { !$0.isText } }) { return .text }
    if !isTextPlace, first.surely({ !$0.isText && !$0.isStream && !$0.isMedia }) {
      diagnostics.emit(.ambiguous(expressions[0], first))
    }
    return .union(of: [first, .text])
  }
}

extension Diagnostic {
  /// The finding about a value that does not belong inside text.
  fileprivate static func insideText(_ expression: Expression, _ type: Type) -> Diagnostic? {
    if type.surely(\.isStream) {
      return Diagnostic(ExpressionCode.streamMisuse, "a stream cannot stand inside text", at: expression.range)
        .help("make the expression the whole value")
        .upstream("prints a memory address")
    }
    if type.surely(\.isMedia) {
      return Diagnostic(ExpressionCode.impossibleCast, "\(type.noun) cannot stand inside text", at: expression.range)
        .help("make the expression the whole value")
        .upstream("prints a memory address")
    }
    if isWholeNumberWithPoint(expression) {
      return Diagnostic(
        InterpolationCode.debugForm, "a number inside text always has a point: 5 becomes 5.0", at: expression.range
      )
      .help("write 'as integer', or leave 'as number' out to keep the text")
    }
    let isDebugForm = type.surely { kind in
      kind.isList || kind.isObject || kind == .bytes || kind == .boolean
    }
    guard isDebugForm else { return nil }
    let diagnostic = Diagnostic(
      InterpolationCode.debugForm, "inside text \(type.noun) appears in Python's notation", at: expression.range)
    if type.surely({ $0 == .boolean }) {
      let help =
        expression.cast?.type.value == "boolean"
        ? "leave 'as boolean' out to keep the text" : "compare it with the operator '?' and write the words you want"
      return diagnostic.help(help).upstream("writes 'True' or 'False'")
    }
    if type.surely({ $0 == .bytes }) {
      return diagnostic.help("write 'as text' for text or 'as base64' for data").upstream("writes b'…'")
    }
    let written = diagnostic.help("write 'as text' to get JSON text").upstream("writes texts such as {'id': 1}")
    guard expression.cast == nil else { return written }
    let end = expression.referenceEnd
    guard let fallback = expression.fallback else {
      return written.fix("add 'as text'", .suggested, replace: end, with: " as text")
    }
    return written.fix(
      "add 'as text'", .suggested, replace: end.union(fallback.range.startPoint), with: " as text | ")
  }

  /// Whether the text says `as number`, and nothing hints at numbers with a fraction.
  private static func isWholeNumberWithPoint(_ expression: Expression) -> Bool {
    guard let cast = expression.cast, cast.type.value == "number", !cast.isList else { return false }
    return expression.fallback?.constant.map(NumericText.isInteger) ?? (expression.fallback == nil)
  }

  fileprivate static func chunkInText(_ chunk: Expression) -> Diagnostic {
    Diagnostic(
      InterpolationCode.chunkInText, "the text around '\(chunk.root.value)[]' is sent for events without a value too",
      at: chunk.range
    )
    .help("make the expression the whole value")
    .upstream("sends the text for empty events and for '[DONE]'")
  }

  fileprivate static func ambiguous(_ expression: Expression, _ type: Type) -> Diagnostic {
    Diagnostic(
      InterpolationCode.ambiguousConcatenation,
      "the result is \(type.noun) when the rest is empty, otherwise text", at: expression.range
    )
    .help("write 'as text' to get text always")
    .upstream("lets the type depend on the values")
  }
}
