import ComposeBasic
import ComposeSyntax

/// Whether a default survives the conversion that it goes through (language specification, section 6).
extension CastChecker {
  func checkDefault(_ fallback: TemplateText, into diagnostics: inout Diagnostics) {
    if cast.isList {
      if !CastTable.unchangingTypes.contains(cast.type.value) { checkListDefault(fallback, into: &diagnostics) }
      return
    }
    guard let text = fallback.constant else {
      checkComputedDefault(fallback, into: &diagnostics)
      return
    }
    guard !fallback.parts.isEmpty, let problem = problem(with: text) else { return }
    var diagnostic = Diagnostic(ExpressionCode.invalidDefault, problem.message, at: fallback.range)
      .help(problem.help)
      .upstream(problem.upstream)
    if let replacement = problem.replacement {
      diagnostic = diagnostic.fix("write '\(replacement)'", .suggested, replace: fallback.range, with: replacement)
    }
    diagnostics.emit(diagnostic)
  }

  /// A literal is text, which is no list. A list in another variable is fine.
  private func checkListDefault(_ fallback: TemplateText, into diagnostics: inout Diagnostics) {
    guard fallback.wholeExpression == nil, !fallback.parts.isEmpty else { return }
    let range = SourceRange(
      file: cast.type.range.file, start: Int(cast.type.range.start), end: Int(cast.type.range.end) + 2)
    let diagnostic = Diagnostic(
      CastCode.listDefault, "a default is text, which 'as \(cast.type.value)[]' cannot take", at: fallback.range
    )
    .upstream("fails when the default is used")
    guard let text = fallback.constant, jsonKind(of: text) == .array, cast.subtype == nil, cast.format == nil else {
      diagnostics.emit(diagnostic.help("write 'as list' and a JSON list as default"))
      return
    }
    diagnostics.emit(
      diagnostic.help("write 'as list' for a JSON list as default")
        .fix("write 'as list'", .suggested, replace: range, with: "list"))
  }

  /// The reference reads the text of a default when it collects the inputs of a workflow, before anything is rendered.
  private func checkComputedDefault(_ fallback: TemplateText, into diagnostics: inout Diagnostics) {
    guard scope.declaresInputs, expression.root.value == "input", !fallback.expressions.isEmpty,
      ["integer", "number"].contains(cast.type.value)
    else { return }
    diagnostics.emit(
      Diagnostic(
        ExpressionCode.invalidDefault, "the default of an input that is \(cast.type.value) must be a literal",
        at: fallback.range
      )
      .help("pass the input on as it is, and convert it where it is used")
      .upstream("stops at start-up"))
  }

  private struct Problem {
    let message: String
    var help: String?
    var upstream: String? = "stops at start-up"
    var replacement: String?
  }

  private func problem(with text: String) -> Problem? {
    // With a format the text stands for other bytes.
    guard cast.format == nil else { return nil }
    switch cast.type.value {
    case "integer":
      return NumericText.isInteger(text) ? nil : Problem(message: "the default '\(text)' is not an integer")
    case "number": return NumericText.isNumber(text) ? nil : numberProblem(text)
    case "slider": return sliderProblem(text)
    case "boolean": return booleanProblem(text)
    case "select": return selectProblem(text)
    case "json", "list", "object": return jsonProblem(text)
    case "image", "audio", "video", "model-3d", "file":
      return Problem(
        message: "the default is text, which 'as \(cast.type.value)' takes only with a format",
        help: "say how the text holds the data: ';base64', ';url', ';data-uri' or ';path'",
        upstream: "fails when the default is used")
    default: return nil
    }
  }

  private func numberProblem(_ text: String) -> Problem {
    let point = text.trimmingBlanks.replacingCommaWithPoint
    return Problem(
      message: "the default '\(text)' is not a number", help: point == nil ? nil : "decimals are written with a point",
      replacement: point)
  }

  private func sliderProblem(_ text: String) -> Problem? {
    guard let value = Double(text.trimmingBlanks) else {
      return Problem(message: "the default '\(text)' is not a number")
    }
    let bounds = cast.subtype.map { CastTable.options(in: $0.value).map { Double($0.trimmingBlanks) } } ?? []
    if let minimum = bounds.first ?? nil, value < minimum {
      return Problem(message: "the default '\(text)' is less than the slider's minimum")
    }
    if let maximum = bounds.dropFirst().first ?? nil, value > maximum {
      return Problem(message: "the default '\(text)' is more than the slider's maximum")
    }
    return nil
  }

  private func booleanProblem(_ text: String) -> Problem? {
    let word = text.lowercased()
    if word == "true" || word == "1" { return nil }
    let meant: String?
    switch word.trimmingBlanks {
    case "yes", "on", "y", "t", "true", "1": meant = "true"
    // False is what they say, and false is what they give.
    case "no", "off", "n", "f", "false", "0", "null", "none": return nil
    default: meant = nil
    }
    return Problem(
      message: "the default '\(text)' is not true or false", help: "everything but 'true' and '1' is false",
      upstream: "reads it as false", replacement: meant)
  }

  private func selectProblem(_ text: String) -> Problem? {
    guard let subtype = cast.subtype else { return nil }
    let options = CastTable.options(in: subtype.value)
    guard !options.contains(text) else { return nil }
    return Problem(
      message: "the default '\(text)' is not one of the options \(options.joined(separator: ", "))",
      upstream: "uses it all the same", replacement: suggestion(for: text, among: options))
  }

  private func jsonProblem(_ text: String) -> Problem? {
    guard let kind = jsonKind(of: text) else {
      return Problem(
        message: "the default is not valid JSON", help: text.contains("'") ? "JSON has double quotes" : nil)
    }
    switch (cast.type.value, kind) {
    case ("list", .array), ("object", .object), ("json", _): return nil
    case ("list", _): return Problem(message: "the default must be a JSON list")
    default: return Problem(message: "the default must be a JSON object")
    }
  }
}
