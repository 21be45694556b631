import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeServer

/// Where a service listens, as URLs.
struct ServiceAddresses: Hashable, Sendable {
  /// With the base path.
  var api: String?
  var webUI: String?
  var callbacks: [String] = []

  init(_ addresses: BoundAddresses, callbacks: [ServingPlan.Address], basePath: String) {
    api = addresses.api.map { Self.url($0) + basePath }
    webUI = addresses.webUI.map { Self.url($0) + "/" }
    self.callbacks = callbacks.map(Self.url)
  }

  /// - Returns: `nil` when there are none.
  init?(_ value: Value) {
    guard case .object = value else { return nil }
    if case .text(let url) = value.member("api") { api = url }
    if case .text(let url) = value.member("web_ui") { webUI = url }
    callbacks = value.member("callbacks").texts
  }

  /// Its members as JSON.
  func append(to json: inout JSONWriter) {
    json.member("api", optional: api)
    json.member("web_ui", optional: webUI)
    guard !callbacks.isEmpty else { return }
    json.array("callbacks") { json in for url in callbacks { json.string(url) } }
  }

  /// One line for each place, which a script can wait for.
  var announcement: String {
    var text = ""
    if let api { text += "API     \(api)\n" }
    if let webUI { text += "Web UI  \(webUI)\n" }
    for url in callbacks { text += "Callbacks  \(url)\n" }
    return text
  }

  /// Where this machine reaches the API; `nil` when it is not served.
  var localAPI: String? {
    // The page asks under `/api` at its own port.
    guard let url = api ?? webUI.map({ $0 + "api" }) else { return nil }
    let rest = url.dropFirst("http://".count)
    for (any, loopback) in [("0.0.0.0:", "127.0.0.1:"), ("[::]:", "[::1]:")] where rest.hasPrefix(any) {
      return "http://" + loopback + rest.dropFirst(any.count)
    }
    return url
  }

  private static func url(_ address: ServingPlan.Address) -> String {
    let host = address.host
    return "http://" + (host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host) + ":\(address.port)"
  }
}
