import ComposeBasic
import ComposeSyntax

/// The known keys that a mapping does not have.
struct AbsentKeys {
  let names: [String]

  init(of place: ShapePlace) {
    let present = Set(place.entries.compactMap(\.name))
    names = ([place.shape] + place.inlined).flatMap(\.fields).map(\.name).filter { !present.contains($0) }
  }
}

/// What to say about a key that a mapping does not know.
struct KeyAdvice {
  private let catalog: Catalog
  /// The action shapes of the components that the file declares.
  private let actions: [ObjectShape]
  /// By shape: where keys stand that belong one level down.
  private var inner: [String: [String: String]] = [:]

  init(catalog: Catalog, file: ComposeFile) {
    self.catalog = catalog
    let types = Set(file.components.compactMap(\.type?.value)).sorted()
    actions = types.compactMap { catalog.component($0)?.action }
  }

  mutating func unknown(
    _ entry: YAMLEntry, _ name: String, in place: ShapePlace, _ ancestors: [ShapePlace], absent: AbsentKeys
  ) -> Diagnostic {
    if let best = suggestion(for: name, among: absent.names) ?? completion(of: name, among: absent.names) {
      return misspelt(entry, as: best, in: place)
    }
    let title = ShapeTitle(place).text
    if let meant = Self.meant(by: name, among: absent.names) {
      var diagnostic = misspelt(entry, as: meant, in: place)
      // Without a required key the file is refused, without 'otherwise' a branch is lost; others are without effect.
      if meant != "otherwise", !place.shape.isRequired(meant) { diagnostic.severity = .warning }
      return diagnostic
    }
    if let target = neighbour(of: name, in: place, ancestors) {
      return Diagnostic(ShapeCode.unknownKey, "'\(name)' has no meaning in \(title)", at: entry.key.range)
        .help("it belongs \(target)")
        .upstream("ignores the key without a word")
    }
    var diagnostic = Diagnostic(ShapeCode.unknownKey, "unknown key '\(name)' in \(title)", at: entry.key.range)
      .help("it has no effect; remove it")
      .upstream("ignores the key without a word")
    diagnostic.severity = .warning
    return diagnostic
  }

  func misspelt(_ entry: YAMLEntry, as name: String, in place: ShapePlace) -> Diagnostic {
    Diagnostic(
      ShapeCode.unknownKey, "unknown key '\(entry.name ?? "")' in \(ShapeTitle(place).text)", at: entry.key.range
    )
    .help("did you mean '\(name)'?")
    .upstream("ignores the key without a word")
    .fix("rename it to '\(name)'", .suggested, replace: entry.key.range, with: name)
  }

  // MARK: Other words

  /// What other tools call it.
  private static let otherWords: [String: [String]] = [
    "args": ["command"], "cmd": ["command"], "cwd": ["working_dir"], "data": ["body"], "default": ["otherwise"],
    "does": ["do"], "else": ["otherwise"], "environment": ["env"], "enviroment": ["env"], "envs": ["env"],
    "json": ["body"], "needs": ["depends_on"], "payload": ["body"], "query": ["params"], "requires": ["depends_on"],
    "retries": ["retry"], "run": ["command"], "system_prompt": ["instructions"], "text": ["prompt"],
    "uri": ["endpoint"], "url": ["endpoint", "base_url"], "user": ["username"], "verb": ["method"],
    "workdir": ["working_dir"],
  ]

  /// The key that a word of other tools stands for, if the mapping can have it.
  static func meant(by name: String, among names: [String]) -> String? {
    otherWords[name.lowercased()]?.first(where: names.contains)
  }

  // MARK: Neighbours

  private mutating func neighbour(of name: String, in place: ShapePlace, _ ancestors: [ShapePlace]) -> String? {
    let head = place.shape.head
    if let parent = ancestors.last, parent.field(name) != nil { return "one level up, \(ShapeTitle(parent).position)" }
    if head == "job", actions.contains(where: { $0.field(name) != nil }) { return "under the component's 'action'" }
    let key = "\(place.shape.file) \(place.shape.name)"
    if inner[key] == nil { inner[key] = innerKeys(of: place.shape, depth: head == "compose" ? 2 : 1) }
    return inner[key]?[name].map { "under \($0)" }
  }

  /// The keys of the mappings inside a shape's mapping, and how the way there is named.
  private func innerKeys(of shape: ObjectShape, depth: Int) -> [String: String] {
    var result: [String: String] = [:]
    for field in shape.fields {
      let singular = shape.shorthands.first { $0.value == field.name }?.key
      let element = field.type.element ?? field.type
      for object in catalog.objects(in: element, usedBy: shape).flatMap(shapes) {
        let place = singular ?? field.name
        for inner in object.fields where result[inner.name] == nil { result[inner.name] = "'\(place)'" }
        guard depth > 1 else { continue }
        for (name, _) in innerKeys(of: object, depth: depth - 1) where result[name] == nil {
          let way = innerWay(to: name, in: object)
          result[name] = "'\(place == "workflow" ? way : "\(place).\(way)")'"
        }
      }
    }
    return result
  }

  private func innerWay(to name: String, in shape: ObjectShape) -> String {
    let field = shape.fields.first { field in
      catalog.objects(in: field.type.element ?? field.type, usedBy: shape).flatMap(shapes)
        .contains { $0.field(name) != nil }
    }
    guard let field else { return "" }
    return shape.shorthands.first { $0.value == field.name }?.key ?? field.name
  }

  /// The shape with its variants, as far as they stand in one file.
  private func shapes(_ shape: ObjectShape) -> [ObjectShape] {
    guard let variants = shape.variants, variants.filePattern == nil else { return [shape] }
    return [shape] + variants.names.compactMap { catalog.variant($0, of: shape) }
  }

  // MARK: Resemblance

  /// The one name that has the words of the written one, and further ones: `max_attempts` means `max_attempt_count`.
  private func completion(of name: String, among names: [String]) -> String? {
    let words = name.lowercased().split { $0 == "_" || $0 == "-" }
    guard let first = words.first, name.utf8.count >= 5, first.utf8.count >= 3 else { return nil }
    let candidates = names.filter { candidate in
      var rest = candidate.split(separator: "_")[...]
      guard rest.count > 1, let start = rest.first, Self.isSameWord(first, start) else { return false }
      for word in words {
        guard let position = rest.firstIndex(where: { Self.isSameWord(word, $0) }) else { return false }
        rest = rest[(position + 1)...]
      }
      return true
    }
    return candidates.count == 1 ? candidates[0] : nil
  }

  /// Whether two words have one stem: `attempts` and `attempt`, `concurrency` and `concurrent`.
  private static func isSameWord(_ left: Substring, _ right: Substring) -> Bool {
    if left == right { return true }
    let common = zip(left.utf8, right.utf8).prefix { $0 == $1 }.count
    return common >= 4 && max(left.utf8.count, right.utf8.count) - common <= 2
  }
}

/// Whether a reader would take the text for that name.
func isMisspelling(_ text: String, of name: String) -> Bool { suggestion(for: text, among: [name]) != nil }

extension ObjectShape {
  /// Whether a mapping of the shape must have the key.
  fileprivate func isRequired(_ name: String) -> Bool { field(name)?.isRequired == true }
}
