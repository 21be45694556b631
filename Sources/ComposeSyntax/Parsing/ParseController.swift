import ComposeBasic

/// Reads `controller:`; older files write the adapter's keys into the controller itself.
func parseController(
  in root: YAMLNode, _ layout: SourceLayout, into diagnostics: inout Diagnostics
) -> ControllerDecl? {
  guard let entry = root.entry("controller"), !entry.value.isNull else { return nil }
  let node = entry.value
  guard let entries = node.mapping else {
    diagnostics.emit(.notMapping(node, what: "controller"))
    return nil
  }
  let adapters = declarations("adapter", "adapters", in: node, into: &diagnostics)
  let flatKeys: Set<String> = ["type", "host", "port", "base_path", "origins", "websocket", "static"]
  let flat = entries.filter { flatKeys.contains($0.name ?? "") }
  let hasAdapter = node.entry("adapter") != nil || node.entry("adapters") != nil
  guard !hasAdapter, let firstFlat = flat.first, node.entry("type") != nil || node.entry("port") != nil else {
    return ControllerDecl(
      adapters: adapters.map { AdapterDecl($0.node) }, webUI: webUI(of: node), node: node, isFlat: false)
  }
  diagnostics.emit(
    .legacyForm(
      "the adapter's keys stand in 'controller' itself", at: firstFlat.key.range,
      help: "put them under 'adapter'", upstream: "ignores these keys: nothing listens",
      edits: layout.nesting(flat, of: entries, under: "adapter")))
  let adapterNode = YAMLNode(.mapping(flat), at: node.range)
  return ControllerDecl(
    adapters: [AdapterDecl(adapterNode)], webUI: webUI(of: node), node: node, isFlat: true)
}

private func webUI(of controller: YAMLNode) -> WebUIDecl? {
  guard let node = controller.entry("webui")?.value, node.mapping != nil else { return nil }
  return WebUIDecl(node)
}
