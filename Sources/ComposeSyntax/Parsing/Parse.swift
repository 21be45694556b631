package import ComposeBasic

/// Reads a compose file, or several that are merged left to right, into declarations.
///
/// It never fails: what cannot be read is reported and left out.
package func parse(
  _ sources: [SourceFile], environment: Environment, into diagnostics: inout Diagnostics
) -> ComposeFile {
  var root: YAMLNode?
  var references: [EnvironmentReference] = []
  var isReadable = true
  for source in sources {
    let before = diagnostics.count(of: .error)
    let document = parseYAML(source, environment: environment, into: &diagnostics)
    references += document.environmentReferences
    for finding in document.commentFindings { diagnostics.emit(finding) }
    guard let node = document.root, !node.isNull else {
      if diagnostics.count(of: .error) == before { diagnostics.emit(.emptyFile(source)) }
      isReadable = false
      continue
    }
    guard node.mapping != nil else {
      diagnostics.emit(.rootNotMapping(node))
      isReadable = false
      continue
    }
    root = root.map { merge($0, with: node) } ?? node
  }
  let first = sources.first?.range ?? SourceRange(file: SourceFile.ID(index: 0), start: 0, end: 0)
  guard let root, isReadable else {
    return ComposeFile(
      root: nil, controller: nil, workflows: [], components: [], environment: references, range: first)
  }
  let layout = SourceLayout(sources)
  return ComposeFile(
    root: root,
    controller: parseController(in: root, layout, into: &diagnostics),
    workflows: declarations("workflow", "workflows", in: root, into: &diagnostics)
      .map { parseWorkflow($0.node, id: $0.id, layout, into: &diagnostics) },
    components: declarations("component", "components", in: root, into: &diagnostics)
      .map { parseComponent($0.node, id: $0.id, layout, into: &diagnostics) },
    sections: parseSections(in: root, into: &diagnostics),
    environment: references,
    range: first,
    sources: sources)
}

/// Lays one file over another: mappings key by key, everything else replaced whole.
package func merge(_ base: YAMLNode, with overlay: YAMLNode) -> YAMLNode {
  guard case .mapping(var entries) = base.content, case .mapping(let changes) = overlay.content else { return overlay }
  var positions: [String: Int] = [:]
  for (position, entry) in entries.enumerated() {
    if let name = entry.name { positions[name] = position }
  }
  for change in changes {
    if let name = change.name, let position = positions[name] {
      entries[position] = YAMLEntry(key: change.key, value: merge(entries[position].value, with: change.value))
    } else {
      if let name = change.name { positions[name] = entries.count }
      entries.append(change)
    }
  }
  return YAMLNode(.mapping(entries), at: base.range)
}

/// One declaration of a list, with the id that an older file gives it as a key.
struct DeclarationNode {
  let node: YAMLNode
  let id: Located<String>?
}

/// The declarations under a singular or plural key: one mapping, a list, or in older files a mapping by id.
func declarations(
  _ singular: String, _ plural: String, in parent: YAMLNode, into diagnostics: inout Diagnostics
) -> [DeclarationNode] {
  if let entry = parent.entry(plural) {
    if let single = parent.entry(singular) {
      diagnostics.emit(.singularIgnored(single, singular: singular, plural: plural, other: entry))
    }
    switch entry.value.content {
    case .sequence(let items):
      return items.compactMap { item in
        if item.mapping == nil { diagnostics.emit(.notMapping(item, what: singular)) }
        return item.mapping == nil ? nil : DeclarationNode(node: item, id: nil)
      }
    case .mapping(let entries) where !entries.isEmpty && entries.allSatisfy({ $0.value.mapping == nil }):
      // One declaration without its dash, not declarations by id.
      diagnostics.emit(.notList(entry, singular: singular, plural: plural))
      return []
    case .mapping(let entries):
      diagnostics.emit(.mappingInsteadOfList(entry, singular: singular, plural: plural))
      return entries.compactMap { declaration in
        guard let name = declaration.name, declaration.value.mapping != nil else { return nil }
        return DeclarationNode(node: declaration.value, id: Located(name, at: declaration.key.range))
      }
    case .scalar:
      diagnostics.emit(.notList(entry, singular: singular, plural: plural))
      return []
    }
  }
  guard let entry = parent.entry(singular) else { return [] }
  if entry.value.sequence != nil, !entry.value.isFalsy {
    diagnostics.emit(.listInsteadOfOne(entry, singular: singular, plural: plural))
    return []
  }
  guard !entry.value.isFalsy else {
    diagnostics.emit(.emptyDeclaration(entry))
    return []
  }
  guard entry.value.mapping != nil else {
    diagnostics.emit(.notMapping(entry.value, what: singular))
    return []
  }
  return [DeclarationNode(node: entry.value, id: nil)]
}
