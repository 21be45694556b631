package import ComposeBasic

/// Turns a YAML value into a template: every text in it is split into literal pieces and expressions.
package func parseTemplate(_ node: YAMLNode, into diagnostics: inout Diagnostics) -> Template {
  switch node.content {
  case .scalar(let scalar):
    guard case .text = scalar.value else {
      return scalar.isUnknown
        ? Template(.text(parseTemplateText(scalar, into: &diagnostics)), at: node.range)
        : Template(.constant(scalar.value), at: node.range)
    }
    return Template(.text(parseTemplateText(scalar, into: &diagnostics)), at: node.range)
  case .sequence(let items):
    return Template(.list(items.map { parseTemplate($0, into: &diagnostics) }), at: node.range)
  case .mapping(let entries):
    return Template(.object(parseEntries(entries, into: &diagnostics)), at: node.range)
  }
}

/// Turns a mapping's entries into template entries; keys that are not scalars are left to the shape checks.
func parseEntries(
  _ entries: [YAMLEntry], except skipped: Set<String> = [], into diagnostics: inout Diagnostics
) -> [TemplateEntry] {
  entries.compactMap { entry in
    guard let name = entry.name, !skipped.contains(name) else { return nil }
    return TemplateEntry(
      key: Located(name, at: entry.key.range),
      value: parseTemplate(entry.value, into: &diagnostics))
  }
}
