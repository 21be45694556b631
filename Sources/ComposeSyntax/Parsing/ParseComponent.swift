import ComposeBasic

/// The keys of a component that never belong to an action.
private let componentKeys: Set<String> = [
  "id", "type", "driver", "runtime", "max_concurrent_count", "default", "action", "actions", "base_url", "rate_limit",
]

/// Keys that only actions have, whatever the component's type: by them an older file is recognised.
private let flatActionKeys: Set<String> = ["output", "body", "stream_format", "method"]

/// Reads one component; older files write the one action's keys into the component itself.
func parseComponent(
  _ node: YAMLNode, id: Located<String>?, _ layout: SourceLayout, into diagnostics: inout Diagnostics
) -> ComponentDecl {
  let entries = node.mapping ?? []
  let hasActions = node.entry("action") != nil || node.entry("actions") != nil
  var actions = declarations("action", "actions", in: node, into: &diagnostics)
    .map { parseAction($0.node, id: $0.id, isFlat: false, into: &diagnostics) }
  var flat: [YAMLEntry] = []
  if !hasActions, entries.contains(where: { flatActionKeys.contains($0.name ?? "") }) {
    flat = entries.filter { !componentKeys.contains($0.name ?? "") }
    diagnostics.emit(
      .legacyForm(
        "the action's keys stand in the component itself", at: flat[0].key.range,
        help: "put them under 'action'", upstream: "ignores them: the component has no action",
        edits: layout.nesting(flat, of: entries, under: "action")))
    actions = [parseAction(YAMLNode(.mapping(flat), at: node.range), id: nil, isFlat: true, into: &diagnostics)]
  }
  let flatNames = Set(flat.compactMap(\.name))
  return ComponentDecl(
    id: id ?? node.locatedText("id"),
    type: node.locatedText("type"),
    isDefault: node.isTrue("default"),
    fields: Fields(
      parseEntries(entries, except: flatNames.union(["id", "type", "action", "actions"]), into: &diagnostics)),
    actions: actions,
    node: node)
}

private func parseAction(
  _ node: YAMLNode, id: Located<String>?, isFlat: Bool, into diagnostics: inout Diagnostics
) -> ActionDecl {
  ActionDecl(
    id: id ?? node.locatedText("id"),
    isDefault: node.isTrue("default"),
    fields: Fields(parseEntries(node.mapping ?? [], except: ["id"], into: &diagnostics)),
    node: node,
    isFlat: isFlat)
}
