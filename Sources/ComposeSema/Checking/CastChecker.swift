import ComposeBasic
import ComposeSyntax

/// Checks one `as …`: its names, the default that goes through it, and whether it can take the value.
struct CastChecker {
  let cast: Cast
  let expression: Expression
  let scope: Scope

  /// The type after the conversion. A null value skips it, so null stays possible without a default.
  ///
  /// - Parameter fallback: the type of the default, if there is one.
  func result(from source: Type, fallback: Type?, into diagnostics: inout Diagnostics) -> Type {
    guard checkNames(into: &diagnostics) else { return .any }
    if let fallback = expression.fallback { checkDefault(fallback, into: &diagnostics) }
    if !isLegacy {
      checkFormatIsUsed(on: source, into: &diagnostics)
      checkSource(source, at: cast.type.range, into: &diagnostics)
      // A literal default is judged by its text.
      if let fallback, let text = expression.fallback, text.constant == nil, !cast.isList || text.wholeExpression != nil
      {
        checkSource(fallback, at: text.range, into: &diagnostics)
      }
    }
    return CastTable.type(of: cast, from: fallback.map { .union(of: [source.withoutNull, $0]) } ?? source)
  }

  /// Whether it is an older spelling of `stream/text` or `stream/json`, which takes every value.
  private var isLegacy: Bool {
    CastTable.legacyEncoding(cast.type.value) != nil
      || cast.format.map { CastTable.legacyEncoding($0.value) != nil } ?? false
  }

  // MARK: Value

  private func checkSource(_ source: Type, at range: SourceRange, into diagnostics: inout Diagnostics) {
    guard cast.isList else {
      check(source, at: range, into: &diagnostics)
      return
    }
    if source.surely({ !$0.isList && !$0.isStream }) {
      guard !CastTable.unchangingTypes.contains(cast.type.value) else { return }
      diagnostics.emit(
        Diagnostic(
          ExpressionCode.impossibleCast, "'as \(cast.type.value)[]' needs a list, not \(source.noun)", at: range
        )
        .upstream("fails when it runs"))
    } else {
      check(source.element, at: range, within: source.surely(\.isStream) ? "a stream" : "a list", into: &diagnostics)
    }
  }

  private func check(
    _ source: Type, at range: SourceRange, within owner: String? = nil, into diagnostics: inout Diagnostics
  ) {
    let target = cast.type.value
    let place = owner.map { " in \($0)" } ?? ""
    if source.surely(CastRefusal(cast: cast).refuses) {
      diagnostics.emit(
        Diagnostic(ExpressionCode.impossibleCast, "\(source.noun)\(place) cannot become \(target)", at: range)
          .help(help(for: source))
          .upstream(source.isStream ? "fails, or gives a useless value" : "fails when it runs"))
    } else if target == "markdown", source.surely({ $0.isList || $0.isObject }) {
      diagnostics.emit(
        Diagnostic(InterpolationCode.debugForm, "\(source.noun)\(place) becomes Python's notation", at: range)
          .help("write 'as text' to get JSON text")
          .upstream("gives texts such as {'id': 1}")
          .fix("write 'as text'", .suggested, replace: cast.type.range, with: "text"))
    } else if target == "text" || target == "string", owner == nil, source.surely(\.isStream) {
      diagnostics.emit(
        Diagnostic(CastCode.collectedStream, "the texts of the stream are put together", at: range)
          .help("write 'as stream/text' to pass them on as they come")
          .upstream("gives a memory address"))
    }
  }

  private func help(for source: Type) -> String? {
    let isMedia = CastTable.mediaTypes.contains(cast.type.value)
    if isMedia, source.surely(\.isText) {
      return "say how the text holds the data: ';base64', ';url', ';data-uri' or ';path'"
    }
    if isMedia, source == .bytes { return "write 'as file'" }
    if source.isStream, ["string", "text"].contains(cast.type.value) {
      return "only a stream of texts is collected: take a text out of each chunk"
    }
    return nil
  }

  // MARK: Format

  private func checkFormatIsUsed(on source: Type, into diagnostics: inout Diagnostics) {
    guard let format = cast.format, CastTable.formats.contains(format.value) else { return }
    let target = cast.type.value
    let kind = cast.isList ? source.element : source
    let message: String
    if target == "stream" || CastTable.unchangingTypes.contains(target) {
      message = "'as \(target)' ignores the format '\(format.value)'"
    } else if kind.surely({ !$0.isText }) {
      message = "the format '\(format.value)' is for texts, and this is \(kind.noun)"
    } else {
      return
    }
    let withSemicolon = SourceRange(
      file: format.range.file, start: Int(format.range.start) - 1, end: Int(format.range.end))
    diagnostics.emit(
      Diagnostic(CastCode.ignoredFormat, message, at: format.range)
        .upstream("ignores it")
        .fix("remove the format", .suggested, replace: withSemicolon, with: ""))
  }
}
