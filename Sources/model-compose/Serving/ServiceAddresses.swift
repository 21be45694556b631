import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeServer

/// Where a service listens, as URLs.
struct ServiceAddresses: Hashable, Sendable {
  /// With their base paths.
  var apis: [String] = []
  var webUI: String?
  var callbacks: [String] = []

  init(_ addresses: BoundAddresses, callbacks: [ServingPlan.Address], of serving: ServingPlan) {
    apis = zip(addresses.apis, serving.apis).map { Self.url($0) + $1.basePath }
    webUI = addresses.webUI.map { Self.url($0) + "/" }
    self.callbacks = callbacks.map(Self.url)
  }

  /// - Returns: `nil` when there are none.
  init?(_ value: Value) {
    guard case .object = value else { return nil }
    apis = value.member("apis").texts
    if case .text(let url) = value.member("web_ui") { webUI = url }
    callbacks = value.member("callbacks").texts
  }

  /// Its members as JSON.
  func append(to json: inout JSONWriter) {
    if !apis.isEmpty {
      json.array("apis") { json in for url in apis { json.string(url) } }
    }
    json.member("web_ui", optional: webUI)
    guard !callbacks.isEmpty else { return }
    json.array("callbacks") { json in for url in callbacks { json.string(url) } }
  }

  /// One line for each place, which a script can wait for.
  var announcement: String {
    var text = ""
    for url in apis { text += "API     \(url)\n" }
    if let webUI { text += "Web UI  \(webUI)\n" }
    for url in callbacks { text += "Callbacks  \(url)\n" }
    return text
  }

  /// Where this machine reaches the API; `nil` when it is not served.
  var localAPI: String? {
    // The page asks under `/api` at its own port.
    guard let url = apis.first ?? webUI.map({ $0 + "api" }) else { return nil }
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
