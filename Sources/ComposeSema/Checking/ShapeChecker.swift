import ComposeBasic
import ComposeSyntax

/// Checks the mappings of a file against their shapes: unknown, misspelt and missing keys, and literal values.
struct ShapeChecker {
  let catalog: Catalog
  private(set) var findings = ShapeFindings()
  private var keys: KeyAdvice

  init(catalog: Catalog, file: ComposeFile) {
    self.catalog = catalog
    self.keys = KeyAdvice(catalog: catalog, file: file)
  }

  // MARK: Mappings

  mutating func check(_ place: ShapePlace, _ ancestors: [ShapePlace], into diagnostics: inout Diagnostics) {
    var isMisspelt = false
    // Once for all unknown keys: there may be very many.
    var absent: AbsentKeys?
    for entry in place.entries {
      guard !place.shape.isOpen, let name = entry.name, name != "<<", place.field(name) == nil,
        !isHolder(name, in: place)
      else { continue }
      let known = absent ?? AbsentKeys(of: place)
      absent = known
      let diagnostic = keys.unknown(entry, name, in: place, ancestors, absent: known)
      if diagnostic.severity == .error { isMisspelt = true } else { findings.ignored.append(entry.value.range) }
      diagnostics.emit(diagnostic)
    }
    if isMisspelt { findings.misspelt.insert(place.node.range) }
    RuleChecker(place, ancestors).check(into: &diagnostics)
  }

  /// Reports a mapping whose tags choose no variant.
  mutating func check(
    _ obstacle: ShapeResolution.Obstacle, _ place: ShapePlace, _ ancestors: [ShapePlace],
    into diagnostics: inout Diagnostics
  ) {
    switch obstacle {
    case .missingTag(let variants):
      // An empty section is none.
      if place.entries.isEmpty, let key = place.key?.name, ancestors.last?.shape.shorthands[key] != nil { return }
      if let entry = place.entries.first(where: { isMisspelling($0.name ?? "", of: variants.tag) }) {
        findings.misspelt.insert(place.node.range)
        diagnostics.emit(keys.misspelt(entry, as: variants.tag, in: place))
      } else {
        diagnostics.emit(RuleChecker(place, ancestors).missingTag(variants))
      }
    case .unknownValue(let entry, let variants):
      if place.shape.name == "component", variants.tag == "type" {
        diagnostics.emit(.unknownComponentType(entry, among: variants.names))
      } else if let problem = ShapeType.choice(variants.names).problem(with: entry.value) {
        diagnostics.emit(.invalidValue(entry.value, problem, of: variants.tag))
      }
    case .unreadable(let entry, let variants):
      if let scalar = entry.value.scalar {
        guard !scalar.isUnknown, variants.tag != "type" || place.shape.name != "component" else { return }
        diagnostics.emit(.cannotBeExpression(variants.tag, at: entry.value.range))
      } else if let problem = ShapeType.text.problem(with: entry.value) {
        diagnostics.emit(.invalidValue(entry.value, problem, of: variants.tag))
      }
    }
  }

  // MARK: Values

  mutating func check(_ place: FieldPlace, into diagnostics: inout Diagnostics) {
    // The tags were read when the shape was chosen.
    if place.owner.shape.tags.contains(where: { $0.field == place.field.name }) { return }
    if isReadByParser(place) { return }
    if let scalar = place.value.scalar {
      if scalar.isUnknown { return }
      if scalar.text.utf8.contains(UInt8(ascii: "$")), scalar.text.contains("${") {
        checkExpression(scalar, place, into: &diagnostics)
        return
      }
    }
    guard let problem = place.type.problem(with: place.value) else { return }
    if place.value.isNull || isFalsyShorthand(place) { return checkEmpty(place, problem, into: &diagnostics) }
    let diagnostic = Diagnostic.invalidValue(place.value, problem, of: place.entry.name ?? "")
    if problem.isAboutMeaning { findings.postpone(diagnostic) } else { diagnostics.emit(diagnostic) }
  }

  private func checkEmpty(_ place: FieldPlace, _ problem: ShapeProblem, into diagnostics: inout Diagnostics) {
    // What stands for one entry of a list may be empty: it is then no entry.
    guard !isFalsyShorthand(place) else { return }
    diagnostics.emit(.invalidValue(place.value, problem, of: place.entry.name ?? ""))
  }

  /// Whether the key is one of those at the top under which authors keep what the file uses through anchors, by the
  /// custom of other tools: `x-defaults`, `.defaults`.
  private func isHolder(_ name: String, in place: ShapePlace) -> Bool {
    place.shape.name == "compose" && (name.hasPrefix("x-") || name.hasPrefix("."))
  }

  private func isFalsyShorthand(_ place: FieldPlace) -> Bool {
    place.value.isFalsy && place.owner.shape.shorthands[place.field.name] != nil
  }

  /// Whether the parser reads the value itself, and reports what it cannot read.
  private func isReadByParser(_ place: FieldPlace) -> Bool {
    switch place.owner.shape.name {
    case "compose": Self.declarations.contains(place.field.name)
    case "controller": ["adapter", "adapters"].contains(place.field.name)
    case "workflow": ["job", "jobs"].contains(place.field.name)
    case let name where name == "component" || name.hasPrefix("component:"):
      ["action", "actions"].contains(place.field.name)
    case let name where name.hasPrefix("job:"):
      place.field.name == "depends_on"
        && (place.value.range == place.entry.value.range || place.value.sequence?.isEmpty == true)
    default: false
    }
  }

  private static let declarations: Set<String> = [
    "controller", "component", "components", "workflow", "workflows", "listener", "listeners", "gateway", "gateways",
    "system", "systems", "tracer", "tracers", "logger", "loggers",
  ]

  private func checkExpression(_ scalar: YAMLScalar, _ place: FieldPlace, into diagnostics: inout Diagnostics) {
    let alternatives = place.type.alternatives
    if place.type.isRendered || alternatives.contains(.any) || place.field.type.isRendered { return }
    let name = place.entry.name ?? ""
    let holdsText = alternatives.contains { type in
      switch type {
      case .text, .reference, .kind: true
      default: false
      }
    }
    if !holdsText {
      if alternatives.allSatisfy({
        $0.problem(with: YAMLNode(.mapping([]), at: place.value.range)) == nil || $0 == .null
      }),
        let problem = place.type.problem(with: place.value)
      {
        diagnostics.emit(.invalidValue(place.value, problem, of: name))
        return
      }
      diagnostics.emit(.cannotBeExpression(name, at: place.value.range))
      return
    }
    let isConnection = ["base_url", "headers", "host", "base_path"].contains(place.field.name)
    guard isConnection, place.component != nil || ["host", "base_path"].contains(place.field.name) else { return }
    // What is left of a nested environment default is reported as such.
    guard let start = scalar.text.utf8Offset(of: "${"), scalar.text.utf8Offset(of: "${env.") == nil else { return }
    diagnostics.emit(
      Diagnostic(
        ShapeCode.notRendered, "'\(name)' is read once at start: expressions are not evaluated here",
        at: scalar.map.range(start..<start + 2)
      )
      .help("only ${env.NAME} is replaced here; write the value into an action's field")
      .upstream("keeps the text as it is"))
  }
}

extension Diagnostic {
  static func unknownComponentType(_ entry: YAMLEntry, among types: [String]) -> Diagnostic {
    let written = entry.value.scalar?.text ?? ""
    let best = suggestion(for: written, among: types)
    let diagnostic = Diagnostic(
      ShapeCode.unknownComponentType, "unknown component type '\(written)'", at: entry.value.range
    )
    .help(best.map { "did you mean '\($0)'?" }).upstream("refuses the file")
    return best.map { diagnostic.fix("write '\($0)'", .suggested, replace: entry.value.range, with: $0) } ?? diagnostic
  }

  static func invalidValue(_ node: YAMLNode, _ problem: ShapeProblem, of name: String) -> Diagnostic {
    var diagnostic = Diagnostic(ShapeCode.invalidValue, "'\(name)' \(problem.message)", at: node.range)
      .help(problem.help)
      .upstream(problem.reference ?? "refuses the file")
    if let replacement = problem.replacement {
      diagnostic.fixes.append(
        Diagnostic.Fix(
          "write \(replacement)", problem.isCertain ? .safe : .suggested,
          [Diagnostic.Fix.Edit(node.range, replacement)]))
    }
    return diagnostic
  }

  static func cannotBeExpression(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(ShapeCode.notRendered, "'\(name)' cannot be an expression", at: range)
      .help("only ${env.NAME} is replaced here")
      .upstream("refuses the file")
  }
}
