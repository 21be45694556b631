import ComposeBasic
import ComposeSyntax

/// Reads how the service is reached. Values have been checked; what is missing gets the reference's defaults.
///
/// - Parameter others: what else of the file is not served.
func lower(_ controller: ControllerDecl?, refused others: [Located<String>]) -> ServingPlan {
  var serving = ServingPlan(apis: [], webUI: nil, refused: others)
  for adapter in controller?.adapters ?? [] {
    let type = adapter.type?.value ?? ""
    if type == "http-server" {
      serving.apis.append(lowerAPI(adapter))
    } else {
      serving.refused.append(Located("the \(type) adapter", at: adapter.type?.range ?? adapter.range))
    }
  }
  serving.webUI = controller?.webUI.map { address($0.host, $0.port ?? 8081) }
  serving.webPages = controller?.webUI.flatMap(lowerPages)
  guard let node = controller?.node else { return serving }
  serving.runLimit = node.locatedText("max_concurrent_count").flatMap { Int($0.value) } ?? 0
  serving.shutdownPending = node.seconds("shutdown_pending_period") ?? serving.shutdownPending
  serving.shutdownTimeout = node.seconds("shutdown_timeout") ?? serving.shutdownTimeout
  return serving
}

private func lowerAPI(_ adapter: AdapterDecl) -> ServingPlan.API {
  ServingPlan.API(
    address(adapter.host, adapter.port ?? 8080),
    basePath: normalizedPath(adapter.basePath ?? ""),
    origins: (adapter.origins ?? "").split(separator: ",").map { String($0).trimmingBlanks },
    webSocket: lowerWebSocket(adapter.node.entry("websocket")?.value),
    staticMounts: lowerStaticMounts(of: adapter))
}

/// `false` serves none; `true`, and nothing at all, stand for the defaults.
private func lowerWebSocket(_ node: YAMLNode?) -> ServingPlan.WebSocket? {
  let standard = ServingPlan.WebSocket()
  guard let node else { return standard }
  guard node.mapping != nil else {
    // A text from the environment counts as well, in the spellings that the reference takes.
    let isOff = ["false", "f", "no", "n", "off", "0"].contains(node.scalar?.text.lowercased() ?? "")
    return isOff ? nil : standard
  }
  return ServingPlan.WebSocket(
    path: node.locatedText("path").map { normalizedPath($0.value) } ?? standard.path,
    connectionLimit: node.locatedText("max_connection_count").flatMap { Int($0.value) },
    pingInterval: node.seconds("ping_interval") ?? standard.pingInterval,
    pingTimeout: node.seconds("ping_timeout") ?? standard.pingTimeout)
}

private func address(_ host: String?, _ port: Int) -> ServingPlan.Address {
  ServingPlan.Address(host: host ?? "127.0.0.1", port: port)
}

func normalizedPath(_ path: String) -> String {
  let parts = path.split(separator: "/")
  return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
}

extension YAMLNode {
  /// The seconds of a member that is a duration: never less than nothing, and never more than a year, which a clock can
  /// still count.
  fileprivate func seconds(_ name: String) -> Double? {
    guard let seconds = locatedText(name).flatMap({ ComposeBasic.seconds(inDuration: $0.value) }), !seconds.isNaN else {
      return nil
    }
    return min(max(0, seconds), 365 * 86400)
  }
}
