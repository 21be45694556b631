import ComposeBasic
import ComposeSyntax

/// Whether the type, the subtype, the attributes and the format exist.
extension CastChecker {
  /// Reports what does not exist, and returns whether the type itself does.
  func checkNames(into diagnostics: inout Diagnostics) -> Bool {
    let name = cast.type.value
    if let encoding = CastTable.legacyEncoding(name) {
      diagnostics.emit(
        .legacySpelling(
          "'as \(name)' is written 'as stream/\(encoding.rawValue)' today", at: cast.range,
          replacement: "stream/\(encoding.rawValue)", upstream: "stops at start-up"))
    } else if !CastTable.types.contains(name) {
      diagnostics.emit(unknownType())
      return false
    }
    if name == "stream", let subtype = cast.subtype, !CastTable.streamSubtypes.contains(subtype.value) {
      diagnostics.emit(unknownSubtype(subtype))
    }
    checkFormatName(into: &diagnostics)
    checkAttributes(into: &diagnostics)
    checkFields(into: &diagnostics)
    return true
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

  // MARK: Format

  private func checkFormatName(into diagnostics: inout Diagnostics) {
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
      diagnostics.emit(
        diagnostic.help(
          format.value == "stream"
            ? "it was a hint for displays, and has no meaning any more: leave it out"
            : "the formats are \(CastTable.formats.joined(separator: ", "))"))
      return
    }
    diagnostics.emit(
      diagnostic.help("did you mean '\(best)'?")
        .fix("write '\(best)'", .suggested, replace: format.range, with: best))
  }

  // MARK: Attributes and fields

  private func checkAttributes(into diagnostics: inout Diagnostics) {
    guard let brackets = cast.brackets else { return }
    let type = cast.type.value
    if cast.attributes.isEmpty, cast.strayAttributes.isEmpty {
      diagnostics.emit(emptyAttributes(brackets))
      return
    }
    for stray in cast.strayAttributes {
      diagnostics.emit(
        Diagnostic(CastCode.ignoredAttributes, "'\(stray.value)' has no value", at: stray.range)
          .help("write it as '\(stray.value)=…'")
          .upstream("drops it"))
    }
    guard let first = cast.attributes.first, !CastTable.typesWithAttributes.contains(type) else { return }
    let names = cast.attributes.map { "'\($0.name.value)'" }.joined(separator: ", ")
    diagnostics.emit(
      Diagnostic(CastCode.ignoredAttributes, "'as \(type)' ignores \(names)", at: first.name.range)
        .help("only \(CastTable.typesWithAttributes.joined(separator: ", ")) have attributes")
        .upstream("ignores them"))
  }

  /// Brackets with nothing between them: behind the type they would mean a list.
  private func emptyAttributes(_ brackets: SourceRange) -> Diagnostic {
    let type = cast.type.value
    let isRead = CastTable.typesWithAttributes.contains(type)
    let diagnostic = Diagnostic(
      isRead ? CastCode.emptyAttributes : CastCode.ignoredAttributes,
      "'[]' behind the subtype is an empty list of attributes", at: brackets
    )
    .upstream(isRead ? "passes on a text in place of the attributes" : "ignores it")
    if cast.isList { return diagnostic.fix("remove it", .suggested, replace: brackets, with: "") }
    let end = Int(cast.type.range.end)
    let behind = SourceRange(file: cast.type.range.file, start: end, end: end)
    var withList = diagnostic.help("a list is written '\(type)[]/\(cast.subtype?.value ?? "")'")
    withList.fixes.append(
      Diagnostic.Fix(
        "move it behind the type", .suggested,
        [Diagnostic.Fix.Edit(behind, "[]"), Diagnostic.Fix.Edit(brackets, "")]))
    return withList
  }

  private func checkFields(into diagnostics: inout Diagnostics) {
    guard cast.type.value == "object", let subtype = cast.subtype else { return }
    var paths: [String: String] = [:]
    for field in CastTable.options(in: subtype.value) {
      let key = CastTable.resultKey(of: field)
      if field.contains("[") {
        diagnostics.emit(
          Diagnostic(CastCode.indexedField, "the index in the field '\(field)' is lost", at: subtype.range)
            .help("fields are names with dots; take the element with a path of its own")
            .upstream("keeps the whole '\(key)', or leaves the text as it is"))
      } else if let other = paths[key], other != field {
        diagnostics.emit(
          Diagnostic(CastCode.duplicateField, "'\(other)' and '\(field)' both become '\(key)'", at: subtype.range)
            .help("the result's keys are the last names; write an object with keys of your own instead")
            .upstream("keeps only '\(field)'"))
      }
      paths[key] = field
    }
  }
}
