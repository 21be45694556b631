/// `docs/components.md`: every component type with its fields, made from the catalogue.
package struct ComponentDocument {
  private let catalog: Catalog

  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// The document as Markdown.
  package func text() -> String {
    var lines = [
      "# Components", "",
      "Every component type, with the fields that are its own. It is made from the [catalog](catalog.md), which says how "
        + "the types are written; do not edit it.", "",
    ]
    if let common = catalog.shape("every-component") {
      lines += ["All components have these fields:", ""] + table(common.fields)
    }
    if let common = catalog.shape("every-action") {
      lines += ["All actions have these:", ""] + table(common.fields)
    }
    for type in catalog.componentTypes { lines += section(of: type) }
    return lines.joined(separator: "\n")
  }

  private func section(of type: String) -> [String] {
    guard let file = catalog.shapeFile(type) else { return [] }
    var lines = ["## \(type)", ""]
    if let sentence = sentence(of: file) { lines += [sentence, ""] }
    lines += objects(of: file)
    let tasks = catalog.shapeFiles.filter { $0.hasPrefix(type + ".") }
    for task in tasks {
      guard let file = catalog.shapeFile(task) else { continue }
      lines += ["### \(type): \(task.dropFirst(type.count + 1))", ""] + objects(of: file)
    }
    return lines
  }

  /// `name: what it is.` without the name.
  private func sentence(of file: ShapeFile) -> String? {
    guard let summary = file.summary, let colon = summary.firstIndex(of: ":") else { return nil }
    let rest = summary[summary.index(after: colon)...].drop { $0 == " " }
    let text = rest.prefix { $0 != "." }
    return text.isEmpty ? nil : text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private func objects(of file: ShapeFile) -> [String] {
    file.names.flatMap { name -> [String] in
      guard let object = file.objects[name] else { return [] }
      var lines = ["**`\(name)`**" + (object.variants.map { " by `\($0.tag)`" } ?? "")]
      if let fallback = object.variants?.fallback { lines[0] += ", `\(fallback)` when it is not written" }
      for rule in object.rules {
        guard let summary = rule.summary else { continue }
        lines[0] += lines[0].hasSuffix(".") ? " \(summary)" : ". \(summary)"
      }
      if object.fields.isEmpty, object.variants == nil, object.rules.isEmpty { return [] }
      lines.append("")
      return lines + table(object.fields)
    }
  }

  private func table(_ fields: [FieldShape]) -> [String] {
    guard !fields.isEmpty else { return [] }
    let rows = fields.map { field in
      let name = "`\(field.name)`" + (field.isRequired ? " (required)" : "")
      let fallback = field.fallback.map { "; `\($0)` when it is not written" } ?? ""
      return "| \(name) | \(field.type.words)\(fallback) | \(field.summary ?? "") |"
    }
    return ["| field | holds | |", "|---|---|---|"] + rows + [""]
  }
}

extension ShapeType {
  /// What documents say that a field holds.
  fileprivate var words: String {
    switch self {
    case .union(let members):
      members.filter { $0 != .null }.map(\.words).joined(separator: " or ")
    case .rendered(let inner): inner.words
    case .any: "anything"
    case .null: "nothing"
    case .boolean: "boolean"
    case .integer, .exactInteger: "integer"
    case .number: "number"
    case .text: "text"
    case .kind(let kind): kind.rawValue
    case .port: "port"
    case .tag: "the kind"
    case .choice(let names): names.map { "`\($0)`" }.joined(separator: ", ")
    case .list(let element): "list of \(element.words)"
    case .unique(let inner): inner.words
    case .tuple(let elements): "list of \(elements.count)"
    case .map(let element): "mapping of \(element.words)"
    case .openObject: "mapping"
    case .reference(let sort): "\(sort) id"
    case .named(let name): "`\(name)`"
    case .bounded(let inner, _): inner.words
    }
  }
}
