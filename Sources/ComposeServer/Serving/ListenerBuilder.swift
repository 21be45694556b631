import ComposePlan
import Logging

/// Makes the listeners of a service: one for each HTTP adapter, and one for the web page.
struct ListenerBuilder {
  let configuration: ServerConfiguration
  let logger: Logger
  let tasks: TaskService
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
    var listeners = serving.apis.enumerated().map { index, api in
      let routes = Routes(basePaths: [api.basePath], assets: [])
      let responder = responder(routes, api.address, origins: api.origins, keys)
      return Listener(api.address, responder, configuration, logger: logger) { readiness.apiBound(to: $0, at: index) }
    }
    if let webUI = serving.webUI {
      // The page asks under `/api`, wherever the API's own port has it.
      let basePaths = ["", "/api"].contains(serving.basePath) ? ["/api"] : ["/api", serving.basePath]
      let routes = Routes(basePaths: basePaths, assets: WebUIRoutes.paths)
      let responder = responder(routes, webUI, origins: serving.origins, keys)
      listeners.append(Listener(webUI, responder, configuration, logger: logger) { readiness.webUIBound(to: $0) })
    }
    return listeners
  }

  private func responder(
    _ routes: Routes, _ address: ServingPlan.Address, origins: [String], _ keys: APIKeys
  ) -> ServiceResponder {
    ServiceResponder(
      routes: routes, policy: OriginPolicy(isLoopback: address.isLoopback, host: address.host, origins: origins),
      keys: keys, tasks: tasks, lifecycle: lifecycle, metrics: metrics)
  }
}
