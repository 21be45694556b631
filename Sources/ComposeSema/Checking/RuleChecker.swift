import ComposeBasic
import ComposeSyntax

/// Checks which keys one mapping has together: those that are required, and the rules of its shape.
struct RuleChecker {
  private let place: ShapePlace
  private let ancestors: [ShapePlace]

  init(_ place: ShapePlace, _ ancestors: [ShapePlace]) {
    self.place = place
    self.ancestors = ancestors
  }

  func check(into diagnostics: inout Diagnostics) {
    for shape in [place.shape] + place.inlined {
      for field in shape.fields where field.isRequired { checkRequired(field, of: shape, into: &diagnostics) }
      // What is missing at all is not missed by another rule once more.
      var missing: Set<String> = []
      let (choices, others) = (shape.rules.filter(\.kind.isChoice), shape.rules.filter { !$0.kind.isChoice })
      for rule in choices + others { check(rule, of: shape, &missing, into: &diagnostics) }
      checkNeedsOfComponent(shape, into: &diagnostics)
    }
  }

  /// The finding that the field which chooses the variant is missing.
  func missingTag(_ variants: ShapeVariants) -> Diagnostic {
    let names = variants.names.count > 12 ? nil : ShapeType.alternatives(variants.names.map { "'\($0)'" })
    return Diagnostic(ShapeCode.missingKey, "\(title) needs '\(variants.tag)'", at: start)
      .help(place.shape.field(variants.tag)?.summary ?? names.map { "use \($0)" })
      .upstream("refuses the file")
  }

  private var title: String { ShapeTitle(place).text }

  /// The key that says what is required: the last tag that is written, or the first key.
  private var start: SourceRange {
    for tag in place.shape.tags.reversed() {
      if let entry = entry(tag.field) { return entry.key.range }
    }
    guard let first = place.entries.first?.key.range else { return place.node.range }
    // `{…}` on one line is shown whole.
    return place.node.range.file == first.file && place.node.range.start < first.start ? place.node.range : first
  }

  private func entry(_ name: String) -> YAMLEntry? { place.entries.last { $0.name == name } }

  private func isMisspelt(_ names: [String]) -> Bool {
    place.entries.contains { entry in
      guard let name = entry.name, place.field(name) == nil else { return false }
      return suggestion(for: name, among: names) != nil || KeyAdvice.meant(by: name, among: names) != nil
    }
  }

  private func checkRequired(_ field: FieldShape, of shape: ObjectShape, into diagnostics: inout Diagnostics) {
    let isTag = shape.tags.contains { $0.field == field.name } || shape.variants?.tag == field.name
    guard !isTag, entry(field.name) == nil, !place.inlinedFields.contains(field.name) else { return }
    for (alias, name) in shape.aliases where name == field.name && entry(alias) != nil { return }
    // A misspelt key is reported as such; saying that the right one is missing would be the same fault again.
    guard !isMisspelt([field.name]) else { return }
    diagnostics.emit(
      Diagnostic(ShapeCode.missingKey, "\(title) needs '\(field.name)'", at: start)
        .help(field.summary)
        .upstream("refuses the file"))
  }

  private func checkNeedsOfComponent(_ shape: ObjectShape, into diagnostics: inout Diagnostics) {
    for (name, needed) in shape.needsOfComponent.sorted(by: { $0.key < $1.key }) {
      guard let entry = entry(name), !entry.value.isFalsy else { continue }
      // What polls for the action is missed once, with the action itself.
      if shape.head != "action", ancestors.last?.entries.contains(where: { $0.name == name }) == true { continue }
      let component = (ancestors + [place]).last { $0.shape.head == "component" }
      let names = (component?.entries ?? []).compactMap(\.name)
      // A misspelt key of the component is reported as such.
      guard let component, !names.contains(needed), !names.contains(where: { isMisspelling($0, of: needed) }),
        component.shape.field(needed) != nil
      else { continue }
      let what = shape.head == "action" ? "the action's" : "the \(shape.head)'s"
      diagnostics.emit(
        Diagnostic(ShapeCode.missingKey, "\(what) '\(name)' needs '\(needed)' in the component", at: entry.key.range)
          .help("add '\(needed)' to the component, or write the full address as 'endpoint'")
          .upstream("refuses the file"))
    }
  }

  // MARK: Rules

  private func check(
    _ rule: ShapeRule, of shape: ObjectShape, _ missingNames: inout Set<String>, into diagnostics: inout Diagnostics
  ) {
    let facts = RuleFacts(place, shape)
    let names = rule.terms.flatMap(\.names)
    let given = rule.terms.filter { facts.holds($0) != false }
    switch rule.kind {
    case .exactlyOne, .atLeastOne, .atMostOne:
      if given.isEmpty, rule.kind != .atMostOne {
        guard !isMisspelt(names), !place.inlinedFields.contains(where: names.contains) else { return }
        missingNames.formUnion(names)
        diagnostics.emit(missing("\(title) needs \(choices(rule))", at: start, rule))
      } else if given.count > 1, rule.kind != .atLeastOne {
        diagnostics.emit(conflict("\(title) takes only one of \(choices(rule))", given, facts, rule))
      }
    case .together:
      guard let first = given.first, let absent = rule.terms.first(where: { facts.holds($0) == false }),
        !isMisspelt(absent.names)
      else { return }
      diagnostics.emit(
        missing("'\(first.text)' needs '\(absent.text)'", at: facts.place(of: first)?.key.range ?? start, rule))
    case .needs:
      guard let first = rule.terms.first, facts.holds(first) == true else { return }
      for term in rule.terms.dropFirst()
      where facts.holds(term) == false && !isMisspelt(term.names) && missingNames.isDisjoint(with: term.names) {
        let place = facts.place(of: term) ?? facts.place(of: first)
        diagnostics.emit(missing("'\(first.text)' needs '\(term.text)'", at: place?.key.range ?? start, rule))
      }
    case .excludes:
      guard let first = rule.terms.first, facts.holds(first) == true else { return }
      for term in rule.terms.dropFirst() where facts.holds(term) == true {
        diagnostics.emit(conflict("'\(term.text)' cannot go with '\(first.text)'", [first, term], facts, rule))
      }
    case .forbidden:
      for term in rule.terms where facts.holds(term) == true {
        guard let entry = facts.place(of: term) else { continue }
        let isValue = term.parts.first?.values != nil
        let diagnostic =
          isValue
          ? Diagnostic(
            ShapeCode.invalidValue, "'\(entry.name ?? "")' cannot be '\(entry.value.scalar?.text ?? "")' here",
            at: entry.value.range)
          : Diagnostic(ShapeCode.unknownKey, "'\(entry.name ?? "")' has no meaning in \(title)", at: entry.key.range)
        diagnostics.emit(diagnostic.help(rule.summary).upstream(rule.reference ?? "refuses the file"))
      }
    }
  }

  private func choices(_ rule: ShapeRule) -> String {
    ShapeType.alternatives(
      rule.terms.map { term in
        term.parts.map { "'\($0.text)'" }.joined(separator: term.isAny ? " or " : " with ")
      })
  }

  private func missing(_ message: String, at range: SourceRange, _ rule: ShapeRule) -> Diagnostic {
    Diagnostic(ShapeCode.missingKey, message, at: range).help(rule.summary)
      .upstream(rule.reference ?? "refuses the file")
  }

  private func conflict(
    _ message: String, _ terms: [ShapeTerm], _ facts: RuleFacts, _ rule: ShapeRule
  ) -> Diagnostic {
    // Of several choices the first that the rule names is shown, otherwise the later key.
    let written = terms.compactMap { facts.place(of: $0) }
    let sorted = written.sorted { $0.key.range.start < $1.key.range.start }
    let entries = rule.kind.isChoice ? Array(written.dropFirst() + written.prefix(1)) : sorted
    let diagnostic = Diagnostic(ShapeCode.conflictingKeys, message, at: entries.last?.key.range ?? start)
      .help(rule.summary)
      .upstream(rule.reference ?? "refuses the file")
    guard entries.count > 1, let first = entries.first else { return diagnostic }
    return diagnostic.note("the other one is here", at: first.key.range)
  }
}

extension ShapeRule.Kind {
  /// Whether the rule is about how many of several keys are given.
  fileprivate var isChoice: Bool { [.exactlyOne, .atLeastOne, .atMostOne].contains(self) }
}

/// What the terms of rules find in one mapping.
private struct RuleFacts {
  let place: ShapePlace
  let shape: ObjectShape

  init(_ place: ShapePlace, _ shape: ObjectShape) {
    self.place = place
    self.shape = shape
  }

  /// Whether a term holds; `nil` when that is not known before the program runs.
  func holds(_ term: ShapeTerm) -> Bool? {
    let results = term.parts.map(holds)
    let decisive = term.isAny
    if results.contains(decisive) { return decisive }
    return results.contains(nil) ? nil : !decisive
  }

  /// The first key that the term finds.
  func place(of term: ShapeTerm) -> YAMLEntry? { term.parts.lazy.compactMap { entry($0.path) }.first }

  private func entry(_ path: [String]) -> YAMLEntry? {
    var entries = place.entries
    for (index, name) in path.enumerated() {
      let names = [name] + shape.aliases.filter { $0.value == name }.map(\.key)
      guard let entry = entries.last(where: { names.contains($0.name ?? "") }) else { return nil }
      if index == path.count - 1 { return entry }
      entries = entry.value.mapping ?? []
    }
    return nil
  }

  private func holds(_ part: ShapeTerm.Part) -> Bool? {
    let entry = entry(part.path)
    guard let values = part.values else { return entry.map { isGiven($0.value) } ?? false }
    guard let entry, !entry.value.isNull else {
      guard !part.isNegated, part.path.count == 1, let field = shape.field(part.path[0]) else { return false }
      return field.fallback.map { values.contains($0) } ?? false
    }
    guard let scalar = entry.value.scalar else { return false }
    if scalar.isUnknown || scalar.text.contains("${") { return nil }
    let text = if case .boolean(let value) = scalar.value { value ? "true" : "false" } else { scalar.text }
    return values.contains(text) != part.isNegated
  }

  private func isGiven(_ node: YAMLNode) -> Bool {
    switch node.content {
    case .scalar(let scalar): scalar.value != .null && scalar.value != .text("")
    case .sequence(let items): !items.isEmpty
    case .mapping(let entries): !entries.isEmpty
    }
  }
}

extension ShapeTerm {
  /// As messages write it.
  fileprivate var text: String { parts.map(\.text).joined(separator: isAny ? "' or '" : "' and '") }
}

extension ShapeTerm.Part {
  fileprivate var text: String {
    let name = path.joined(separator: ".")
    guard let values else { return name }
    return "\(name): \(isNegated ? "not " : "")\(values.joined(separator: " or "))"
  }
}
