import ComposeBasic
import ComposeSyntax

/// Reads how the service is reached. Values have been checked; what is missing gets the reference's defaults.
func lower(_ controller: ControllerDecl?) -> ServingPlan {
  var api: ServingPlan.Address?
  var basePath = ""
  var origins: [String] = []
  var refused: [Located<String>] = []
  for adapter in controller?.adapters ?? [] {
    let type = adapter.type?.value ?? ""
    if type == "http-server", api == nil {
      api = address(adapter.node, port: 8080)
      basePath = normalizedPath(text("base_path", of: adapter.node) ?? "")
      origins = (text("origins", of: adapter.node) ?? "").split(separator: ",").map { String($0).trimmingBlanks }
    } else {
      let what = type == "http-server" ? "a second http-server adapter" : "the \(type) adapter"
      refused.append(Located(what, at: adapter.type?.range ?? adapter.node.range))
    }
  }
  let webUI = controller?.webUI.flatMap { $0.mapping == nil ? nil : address($0, port: 8081) }
  return ServingPlan(api: api, basePath: basePath, origins: origins, webUI: webUI, refused: refused)
}

private func address(_ node: YAMLNode, port: Int) -> ServingPlan.Address {
  ServingPlan.Address(
    host: text("host", of: node) ?? "127.0.0.1",
    port: text("port", of: node).flatMap { Int($0) } ?? port)
}

private func text(_ name: String, of node: YAMLNode) -> String? {
  guard let scalar = node.entry(name)?.value.scalar, scalar.value != .null else { return nil }
  return scalar.text
}

private func normalizedPath(_ path: String) -> String {
  let parts = path.split(separator: "/")
  return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
}
