package import ComposeBasic

extension ServingPlan {
  /// How long a service that ends waits for its runs when the file does not say it, in seconds.
  package static let standardShutdownTimeout = 30.0

  /// The HTTP API at one address.
  package struct API: Hashable, Sendable {
    package var address: Address
    /// Begins with a slash and does not end in one; empty for none.
    package let basePath: String
    /// Origins that browsers may call from.
    package let origins: [String]
    /// `nil` when WebSockets are not served.
    package let webSocket: WebSocket?
    /// Folders that are served beside the API, in the order of the file: the first that holds a path answers.
    package let staticMounts: [StaticMount]

    package init(
      _ address: Address, basePath: String = "", origins: [String] = [], webSocket: WebSocket? = WebSocket(),
      staticMounts: [StaticMount] = []
    ) {
      self.address = address
      self.basePath = basePath
      self.origins = origins
      self.webSocket = webSocket
      self.staticMounts = staticMounts
    }
  }

  /// How WebSockets are served.
  package struct WebSocket: Hashable, Sendable, CustomStringConvertible {
    /// Where, behind the base path; begins with a slash.
    package let path: String
    /// More are refused; `nil` for any number.
    package let connectionLimit: Int?
    /// How often a connection is tested, in seconds; 0 for never.
    package let pingInterval: Double
    /// How long an answer to that may take, in seconds.
    package let pingTimeout: Double

    package init(
      path: String = "/ws", connectionLimit: Int? = nil, pingInterval: Double = 30, pingTimeout: Double = 10
    ) {
      self.path = path
      self.connectionLimit = connectionLimit
      self.pingInterval = pingInterval
      self.pingTimeout = pingTimeout
    }

    /// On one line, for comparisons.
    package var description: String {
      let limit = connectionLimit.map { ", at most \($0) connections" } ?? ""
      return "\(path)\(limit), ping every \(pingInterval) s within \(pingTimeout) s"
    }
  }

  /// With one HTTP adapter, or none.
  package init(
    api: Address?, basePath: String, origins: [String], webUI: Address?, runLimit: Int = 0,
    refused: [Located<String>]
  ) {
    self.init(
      apis: api.map { [API($0, basePath: basePath, origins: origins)] } ?? [], webUI: webUI, runLimit: runLimit,
      refused: refused)
  }

  /// Where the first HTTP adapter listens; `nil` when none is declared.
  package var api: Address? { apis.first?.address }

  /// The base path of the first HTTP adapter.
  package var basePath: String { apis.first?.basePath ?? "" }

  /// The origins of the first HTTP adapter.
  package var origins: [String] { apis.first?.origins ?? [] }

  /// Whether one address does not say everything about the adapters.
  var needsAdapters: Bool {
    apis.count > 1 || apis.contains { $0.webSocket != WebSocket() || !$0.staticMounts.isEmpty }
  }

  /// The same on other ports: `port` for the first HTTP adapter, `webPort` for the Web UI.
  package func listening(on port: Int?, webPort: Int?) -> ServingPlan {
    var serving = self
    if let port, let first = apis.first {
      serving.apis[0].address = Address(host: first.address.host, port: port)
    }
    if let webPort { serving.webUI = webUI.map { Address(host: $0.host, port: webPort) } }
    return serving
  }
}
