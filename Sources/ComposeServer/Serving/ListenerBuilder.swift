import ComposePlan
import Logging

/// Makes the listeners of a service: one for each HTTP adapter, and one for the web page.
struct ListenerBuilder {
  let configuration: ServerConfiguration
  let logger: Logger
  let tasks: TaskService
  let sessions: WebSocketSessions
  let lifecycle: Lifecycle
  let metrics: ServiceMetrics

  /// - Parameter onReady: called once, when every port listens.
  /// - Throws: when there is nothing to serve, or an address lies open to others.
  func listeners(_ onReady: @escaping @Sendable (BoundAddresses) -> Void) throws(ServerError) -> [Listener] {
    let serving = configuration.serving
    let keys = APIKeys(configuration.apiKeys)
    let addresses = serving.apis.map(\.address) + [serving.webUI].compactMap { $0 }
    if addresses.isEmpty { throw .nothingToServe }
    for address in addresses where !address.isLoopback && keys.isEmpty && !configuration.allowsInsecure {
      throw .unprotected(address)
    }
    let readiness = Readiness(serving, onReady)
    var listeners: [Listener] = []
    for (index, api) in serving.apis.enumerated() {
      let routes = Routes(basePaths: [api.basePath], assets: [], webSocketPath: api.webSocket?.path)
      let files = try StaticFiles(api.staticMounts, besides: api.basePath)
      listeners.append(
        listener(api.address, routes, files, api, keys) { readiness.apiBound(to: $0, at: index) })
    }
    if let webUI = serving.webUI {
      // The page asks under `/api`, wherever the API's own port has it. Without an API it has the usual endpoints.
      let api = serving.apis.first ?? ServingPlan.API(webUI)
      let basePaths = ["", "/api"].contains(api.basePath) ? ["/api"] : ["/api", api.basePath]
      // The file may bring pages of its own.
      let files = try StaticFiles(serving.webPages.map { [$0] } ?? [])
      let assets = serving.webPages == nil ? WebUIRoutes.paths : []
      let routes = Routes(basePaths: basePaths, assets: assets, webSocketPath: api.webSocket?.path)
      listeners.append(listener(webUI, routes, files, api, keys) { readiness.webUIBound(to: $0) })
    }
    return listeners
  }

  /// - Parameter api: the adapter whose rules hold at the address.
  private func listener(
    _ address: ServingPlan.Address, _ routes: Routes, _ files: StaticFiles, _ api: ServingPlan.API, _ keys: APIKeys,
    onBound: @escaping @Sendable (Int) -> Void
  ) -> Listener {
    let policy = OriginPolicy(isLoopback: address.isLoopback, host: address.host, origins: api.origins)
    let responder = ServiceResponder(
      routes: routes, policy: policy, keys: keys, tasks: tasks, lifecycle: lifecycle, metrics: metrics, files: files,
      sessions: api.webSocket.map { _ in sessions })
    let endpoint = api.webSocket.map { plan in
      let limits = configuration.webSocketLimits.with(plan)
      let handshake = WebSocketHandshake(
        paths: routes.webSocketPaths, policy: policy, caller: { keys.caller(for: $0) }, limits: limits)
      return WebSocketEndpoint(handshake: handshake, limits: limits, sessions: sessions, lifecycle: lifecycle)
    }
    return Listener(address, responder, configuration, webSocket: endpoint, logger: logger, onBound: onBound)
  }
}
