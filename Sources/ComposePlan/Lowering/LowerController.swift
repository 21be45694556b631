import ComposeBasic
import ComposeSyntax

/// Reads how the service is reached. Values have been checked; what is missing gets the reference's defaults.
///
/// - Parameter others: what else of the file is not served.
func lower(_ controller: ControllerDecl?, refused others: [Located<String>]) -> ServingPlan {
  var api: ServingPlan.Address?
  var basePath = ""
  var origins: [String] = []
  var refused = others
  for adapter in controller?.adapters ?? [] {
    let type = adapter.type?.value ?? ""
    if type == "http-server", api == nil {
      api = address(adapter.host, adapter.port ?? 8080)
      basePath = normalizedPath(adapter.basePath ?? "")
      origins = (adapter.origins ?? "").split(separator: ",").map { String($0).trimmingBlanks }
    } else {
      let what = type == "http-server" ? "a second http-server adapter" : "the \(type) adapter"
      refused.append(Located(what, at: adapter.type?.range ?? adapter.range))
    }
  }
  let webUI = controller?.webUI.map { address($0.host, $0.port ?? 8081) }
  let runLimit = controller?.node.locatedText("max_concurrent_count").flatMap { Int($0.value) } ?? 0
  return ServingPlan(
    api: api, basePath: basePath, origins: origins, webUI: webUI, runLimit: runLimit, refused: refused)
}

private func address(_ host: String?, _ port: Int) -> ServingPlan.Address {
  ServingPlan.Address(host: host ?? "127.0.0.1", port: port)
}

func normalizedPath(_ path: String) -> String {
  let parts = path.split(separator: "/")
  return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
}
