import ComposeBasic

/// The keys of a job that name things; everything else may hold expressions.
private let literalKeys: Set<String> = ["id", "name", "type", "depends_on", "component", "action", "hook"]

/// Reads one job.
func parseJob(
  _ node: YAMLNode, id: Located<String>?, _ layout: SourceLayout, into diagnostics: inout Diagnostics
) -> JobDecl? {
  guard let entries = node.mapping else { return nil }
  return JobDecl(
    id: id ?? node.locatedText("id"),
    kind: jobKind(of: node, into: &diagnostics),
    dependsOn: dependencies(of: node, into: &diagnostics),
    component: componentReference(of: node, layout, into: &diagnostics),
    action: node.locatedText("action"),
    fields: Fields(parseEntries(entries, except: literalKeys, into: &diagnostics)),
    bodies: bodies(of: node, layout, into: &diagnostics),
    node: node)
}

/// The jobs under `do` and `steps`. Their templates are fields of the outer job too, because expressions in them may
/// belong to it.
private func bodies(
  of node: YAMLNode, _ layout: SourceLayout, into diagnostics: inout Diagnostics
) -> [JobDecl] {
  let nodes = [node.entry("do")?.value].compactMap { $0 } + (node.entry("steps")?.value.sequence ?? [])
  return nodes.compactMap { parseJob($0, id: nil, layout, into: &diagnostics) }
}

private func jobKind(of node: YAMLNode, into diagnostics: inout Diagnostics) -> Located<String> {
  guard let kind = node.locatedText("type") else { return Located("component", at: node.range.startPoint) }
  guard kind.value == "action" else { return kind }
  diagnostics.emit(
    .legacySpelling(
      "job type 'action' is called 'component' today", at: kind.range, replacement: "component",
      upstream: "refuses the file"))
  return Located("component", at: kind.range)
}

private func componentReference(
  of node: YAMLNode, _ layout: SourceLayout, into diagnostics: inout Diagnostics
) -> JobDecl.ComponentReference {
  guard let value = node.entry("component")?.value, !value.isNull else { return .unnamed }
  if value.mapping != nil { return .inline(parseComponent(value, id: nil, layout, into: &diagnostics)) }
  guard let name = node.locatedText("component") else { return .unnamed }
  return name.value == "__default__" ? .unnamed : .named(name)
}

/// `depends_on: [a, [b, c]]`: a, and one of b and c. A single text is read as a list of one.
private func dependencies(of node: YAMLNode, into diagnostics: inout Diagnostics) -> [[Located<String>]] {
  guard let value = node.entry("depends_on")?.value, !value.isNull else { return [] }
  guard let items = value.sequence else {
    diagnostics.emit(.dependsOnNotList(value))
    return value.scalar.map { [[Located($0.text, at: value.range)]] } ?? []
  }
  return items.compactMap { item in
    switch item.content {
    case .scalar(let scalar): return [Located(scalar.text, at: item.range)]
    case .sequence(let group):
      if group.isEmpty { diagnostics.emit(.emptyDependencyGroup(item)) }
      return group.compactMap { member in member.scalar.map { Located($0.text, at: member.range) } }
    case .mapping: return nil
    }
  }
}
