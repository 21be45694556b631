import ComposeBasic
import ComposeSyntax

/// Checks one `as …`: its names, the default that goes through it, and whether it can take the value.
struct CastChecker {
  let cast: Cast
  let expression: Expression

  /// The type after the conversion. A null value skips it, so null stays possible without a default.
  func result(from source: Type, into diagnostics: inout Diagnostics) -> Type {
    checkNames(into: &diagnostics)
    if let fallback = expression.fallback { checkDefault(fallback, into: &diagnostics) }
    checkSource(source.withoutNull, into: &diagnostics)
    return CastTable.type(of: cast, from: source)
  }

  // MARK: Names

  private func checkNames(into diagnostics: inout Diagnostics) {
    let name = cast.type.value
    if let encoding = CastTable.legacyEncoding(name) {
      diagnostics.emit(
        .legacySpelling(
          "'as \(name)' is written 'as stream/\(encoding.rawValue)' today", at: cast.range,
          replacement: "stream/\(encoding.rawValue)", upstream: "stops at start-up"))
    } else if !CastTable.types.contains(name) {
      diagnostics.emit(unknownType())
      return
    }
    if name == "stream", let subtype = cast.subtype, !CastTable.streamSubtypes.contains(subtype.value) {
      diagnostics.emit(unknownSubtype(subtype))
    }
    checkFormat(into: &diagnostics)
  }

  private func unknownType() -> Diagnostic {
    let name = cast.type.value
    let diagnostic = Diagnostic(ExpressionCode.unknownType, "unknown type '\(name)'", at: cast.type.range)
      .upstream("stops at start-up, or passes the value on unchanged")
    guard let best = CastTable.otherNames[name.lowercased()] ?? suggestion(for: name, among: CastTable.types) else {
      return diagnostic.help("the types are \(CastTable.types.joined(separator: ", "))")
    }
    return diagnostic.help("did you mean '\(best)'?")
      .fix("write '\(best)'", .suggested, replace: cast.type.range, with: best)
  }

  private func unknownSubtype(_ subtype: Located<String>) -> Diagnostic {
    let legacy = CastTable.legacyEncoding(subtype.value)?.rawValue
    let diagnostic = Diagnostic(
      ExpressionCode.unknownFormat, "a stream is 'text' or 'json', not '\(subtype.value)'", at: subtype.range
    )
    .upstream("fails when the stream is made")
    guard let best = legacy ?? suggestion(for: subtype.value, among: CastTable.streamSubtypes) else {
      return diagnostic
    }
    return diagnostic.help("did you mean '\(best)'?")
      .fix("write '\(best)'", .suggested, replace: subtype.range, with: best)
  }

  private func checkFormat(into diagnostics: inout Diagnostics) {
    guard let format = cast.format, !CastTable.formats.contains(format.value) else { return }
    if let encoding = CastTable.legacyEncoding(format.value), cast.subtype == nil {
      diagnostics.emit(
        .legacySpelling(
          "'as \(cast.type.value);\(format.value)' is written 'as stream/\(encoding.rawValue)' today", at: cast.range,
          replacement: "stream/\(encoding.rawValue)", upstream: "stops at start-up"))
      return
    }
    let diagnostic = Diagnostic(ExpressionCode.unknownFormat, "unknown format '\(format.value)'", at: format.range)
      .upstream("stops at start-up")
    guard let best = suggestion(for: format.value, among: CastTable.formats) else {
      diagnostics.emit(diagnostic.help("the formats are \(CastTable.formats.joined(separator: ", "))"))
      return
    }
    diagnostics.emit(
      diagnostic.help("did you mean '\(best)'?")
        .fix("write '\(best)'", .suggested, replace: format.range, with: best))
  }

  // MARK: Default

  private func checkDefault(_ fallback: TemplateText, into diagnostics: inout Diagnostics) {
    guard let text = fallback.constant, !fallback.parts.isEmpty else { return }
    guard let problem = cast.isList ? typedListProblem : defaultProblem(text) else { return }
    var diagnostic = Diagnostic(ExpressionCode.invalidDefault, problem.message, at: fallback.range)
      .help(problem.help)
      .upstream(problem.upstream)
    if let replacement = problem.replacement {
      diagnostic = diagnostic.fix("write '\(replacement)'", .suggested, replace: fallback.range, with: replacement)
    }
    diagnostics.emit(diagnostic)
  }

  private struct DefaultProblem {
    let message: String
    var help: String?
    var upstream: String? = "stops at start-up"
    var replacement: String?
  }

  private var typedListProblem: DefaultProblem? {
    DefaultProblem(
      message: "a default is text, which 'as \(cast.type.value)[]' cannot take",
      help: "write 'as list' for a JSON list as default",
      upstream: "fails when the default is used")
  }

  private func defaultProblem(_ text: String) -> DefaultProblem? {
    let trimmed = text.trimmingBlanks
    switch cast.type.value {
    case "integer":
      guard Int(trimmed.filter { $0 != "_" }) == nil, !trimmed.isDecimalDigits else { return nil }
      return DefaultProblem(message: "the default '\(text)' is not an integer")
    case "number":
      guard !trimmed.isPythonFloat else { return nil }
      let point = trimmed.replacingCommaWithPoint
      return DefaultProblem(
        message: "the default '\(text)' is not a number",
        help: point == nil ? nil : "decimals are written with a point", replacement: point)
    case "boolean":
      guard !["true", "false", "1", "0"].contains(text.lowercased()) else { return nil }
      let meant: String? =
        switch text.lowercased() {
        case "yes", "on", "y", "t": "true"
        case "no", "off", "n", "f": "false"
        default: nil
        }
      return DefaultProblem(
        message: "the default '\(text)' is not true or false",
        help: "everything but 'true' and '1' is false", upstream: "reads it as false", replacement: meant)
    case "select":
      guard let subtype = cast.subtype else { return nil }
      let options = CastTable.options(in: subtype.value)
      guard !options.contains(text) else { return nil }
      return DefaultProblem(
        message: "the default '\(text)' is not one of the options \(options.joined(separator: ", "))",
        upstream: "uses it all the same", replacement: suggestion(for: text, among: options))
    case "json", "list", "object": return jsonProblem(text)
    default: return nil
    }
  }

  private func jsonProblem(_ text: String) -> DefaultProblem? {
    guard let kind = jsonKind(of: text) else {
      return DefaultProblem(
        message: "the default is not valid JSON", help: text.contains("'") ? "JSON has double quotes" : nil)
    }
    switch (cast.type.value, kind) {
    case ("list", .array), ("object", .object), ("json", _): return nil
    case ("list", _): return DefaultProblem(message: "the default must be a JSON list")
    default: return DefaultProblem(message: "the default must be a JSON object")
    }
  }

  // MARK: Value

  private func checkSource(_ source: Type, into diagnostics: inout Diagnostics) {
    guard !cast.isList else { return }
    let target = cast.type.value
    let isFailing: Bool
    switch (target, source) {
    case ("integer", .list), ("integer", .object), ("number", .list), ("number", .object): isFailing = true
    case ("list", .object), ("list", .integer), ("list", .number), ("list", .boolean): isFailing = true
    case ("object", .list), ("object", .integer), ("object", .number), ("object", .boolean): isFailing = true
    case ("base64", .object), ("base64", .list), ("base64", .integer), ("base64", .number): isFailing = true
    case ("integer", .stream), ("number", .stream), ("list", .stream), ("object", .stream): isFailing = true
    case ("integer", .encoded), ("number", .encoded), ("list", .encoded), ("object", .encoded): isFailing = true
    case ("text", .encoded), ("string", .encoded), ("markdown", .encoded), ("boolean", .encoded), ("text", .stream),
      ("string", .stream), ("markdown", .stream), ("boolean", .stream):
      isFailing = cast.format.flatMap { CastTable.legacyEncoding($0.value) } == nil
    default: isFailing = false
    }
    guard isFailing else { return }
    diagnostics.emit(
      Diagnostic(ExpressionCode.impossibleCast, "\(source.noun) cannot become \(target)", at: cast.type.range)
        .upstream(source.isStream ? "fails, or gives a useless value" : "fails when it runs"))
  }
}
