import ComposeBasic
import ComposeSyntax

/// Checks one mapping against its shape: unknown, misspelt and missing keys, and literal values.
struct ShapeChecker {
  /// Another mapping near the checked one, where a key may have been meant to stand.
  struct Neighbour {
    let shape: ObjectShape
    /// How the place is named: `under 'action'`.
    let place: String
  }

  let shape: ObjectShape
  /// What messages call the mapping: `http-client action`.
  let title: String
  /// Shapes whose keys older files write here; they are allowed.
  var merged: [ObjectShape] = []
  var neighbours: [Neighbour] = []
  /// The place of a value in an older spelling that is reported as such.
  var legacyValue: SourceRange?

  /// Returns whether a key is misspelt: what the mapping means is then not known for sure.
  @discardableResult
  func check(_ node: YAMLNode, into diagnostics: inout Diagnostics) -> Bool {
    guard let entries = node.mapping else { return false }
    var isMisspelt = false
    // Once for all unknown keys: there may be very many.
    lazy var absent = absentKeys(entries)
    for entry in entries {
      guard let name = entry.name, name != "<<" else { continue }
      if let field = field(name) {
        checkValue(entry.value, field.type, of: entry, isRendered: field.type.isRendered, into: &diagnostics)
      } else if !shape.isOpen {
        let diagnostic = unknownKey(entry, name, absent: absent)
        isMisspelt = isMisspelt || diagnostic.severity == .error
        diagnostics.emit(diagnostic)
      }
    }
    checkPresence(node, entries, into: &diagnostics)
    return isMisspelt
  }

  private func field(_ name: String) -> FieldShape? {
    shape.field(name) ?? merged.lazy.compactMap { $0.field(name) }.first
  }

  // MARK: Keys

  /// The known keys that the mapping does not have.
  private func absentKeys(_ entries: [YAMLEntry]) -> [String] {
    let present = Set(entries.compactMap(\.name))
    return (shape.fields + merged.flatMap(\.fields)).map(\.name).filter { !present.contains($0) }
  }

  private func unknownKey(_ entry: YAMLEntry, _ name: String, absent: [String]) -> Diagnostic {
    if let best = suggestion(for: name, among: absent) {
      return Diagnostic(ShapeCode.unknownKey, "unknown key '\(name)' in \(title)", at: entry.key.range)
        .help("did you mean '\(best)'?")
        .upstream("ignores the key without a word")
        .fix("rename it to '\(best)'", .suggested, replace: entry.key.range, with: best)
    }
    if let neighbour = neighbours.first(where: { $0.shape.field(name) != nil }) {
      return Diagnostic(ShapeCode.unknownKey, "'\(name)' has no meaning in \(title)", at: entry.key.range)
        .help("it belongs \(neighbour.place)")
        .upstream("ignores the key without a word")
    }
    var diagnostic = Diagnostic(ShapeCode.unknownKey, "unknown key '\(name)' in \(title)", at: entry.key.range)
      .help("it has no effect; remove it")
      .upstream("ignores the key without a word")
    diagnostic.severity = .warning
    return diagnostic
  }

  private func checkPresence(_ node: YAMLNode, _ entries: [YAMLEntry], into diagnostics: inout Diagnostics) {
    let place = entries.first?.key.range ?? node.range
    func isGiven(_ name: String) -> Bool { entries.contains { $0.name == name && !$0.value.isNull } }
    for field in shape.fields where field.isRequired && !isGiven(field.name) {
      // A misspelt key is reported as such; saying that the right one is missing would be the same fault again.
      guard !entries.contains(where: { suggestion(for: $0.name ?? "", among: [field.name]) != nil }) else { continue }
      diagnostics.emit(
        Diagnostic(ShapeCode.missingKey, "\(title) needs '\(field.name)'", at: place)
          .help(field.summary))
    }
    guard !shape.exactlyOne.isEmpty else { return }
    let given = entries.filter { shape.exactlyOne.contains($0.name ?? "") && !$0.value.isNull }
    let choices = shape.exactlyOne.map { "'\($0)'" }.joined(separator: " or ")
    if given.isEmpty {
      guard !entries.contains(where: { suggestion(for: $0.name ?? "", among: shape.exactlyOne) != nil }) else { return }
      diagnostics.emit(Diagnostic(ShapeCode.missingKey, "\(title) needs \(choices)", at: place))
    } else if given.count > 1 {
      diagnostics.emit(
        Diagnostic(
          ShapeCode.conflictingKeys, "\(title) takes only one of \(choices)", at: given[given.count - 1].key.range
        )
        .note("the other one is here", at: given[0].key.range)
        .upstream("refuses the file"))
    }
  }

  // MARK: Values

  private func checkValue(
    _ node: YAMLNode, _ type: ShapeType, of entry: YAMLEntry, isRendered: Bool, into diagnostics: inout Diagnostics
  ) {
    if node.range == legacyValue { return }
    if let scalar = node.scalar {
      if scalar.isUnknown { return }
      if scalar.text.contains("${") {
        if !isRendered { checkUnrendered(node, scalar, type, of: entry, into: &diagnostics) }
        return
      }
    }
    if let problem = type.problem(with: node) {
      diagnostics.emit(invalid(node, problem, of: entry, type))
      return
    }
    switch (type, node.content) {
    case (.list(let element), .sequence(let items)):
      for item in items { checkValue(item, element, of: entry, isRendered: isRendered, into: &diagnostics) }
    case (.map(let element), .mapping(let members)):
      for member in members {
        checkValue(member.value, element, of: member, isRendered: isRendered, into: &diagnostics)
      }
    default: break
    }
  }

  private func checkUnrendered(
    _ node: YAMLNode, _ scalar: YAMLScalar, _ type: ShapeType, of entry: YAMLEntry,
    into diagnostics: inout Diagnostics
  ) {
    let name = entry.name ?? ""
    switch type {
    case .text where shape.name == "component":
      // What is left of a nested environment default is reported as such.
      guard let start = scalar.text.utf8Offset(of: "${"), scalar.text.utf8Offset(of: "${env.") == nil else { return }
      diagnostics.emit(
        Diagnostic(
          ShapeCode.notRendered, "'\(name)' is read once at start: expressions are not evaluated here",
          at: scalar.map.range(start..<start + 2)
        )
        .help("only ${env.NAME} is replaced here; write the value into an action's field")
        .upstream("keeps the text as it is"))
    case .integer, .number, .boolean, .port, .choice:
      diagnostics.emit(
        Diagnostic(ShapeCode.notRendered, "'\(name)' cannot be an expression", at: node.range)
          .help("only ${env.NAME} is replaced here")
          .upstream("refuses the file"))
    default: break
    }
  }

  private func invalid(_ node: YAMLNode, _ problem: ShapeProblem, of entry: YAMLEntry, _ type: ShapeType) -> Diagnostic
  {
    let name = entry.name ?? ""
    var diagnostic = Diagnostic(ShapeCode.invalidValue, "'\(name)' \(problem.message)", at: node.range)
      .help(problem.help)
      .upstream("refuses the file")
    if let replacement = problem.replacement {
      diagnostic.fixes.append(
        Diagnostic.Fix(
          "write \(replacement)", problem.isCertain ? .safe : .suggested,
          [Diagnostic.Fix.Edit(node.range, replacement)]))
    }
    return diagnostic
  }
}

extension String {
  /// The UTF-8 offset at which a text first occurs.
  func utf8Offset(of other: String) -> Int? {
    let bytes = Array(utf8)
    let wanted = Array(other.utf8)
    guard !wanted.isEmpty, bytes.count >= wanted.count else { return nil }
    return (0...bytes.count - wanted.count).first { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
  }
}
