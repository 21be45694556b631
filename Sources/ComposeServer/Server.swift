package import ComposePlan
package import ComposeRuntime
package import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The service of `up`: the HTTP API and the web page at their ports.
package struct Server: Sendable {
  private let plan: Plan
  private let interpreter: Interpreter
  private let configuration: ServerConfiguration
  private let logger: Logger

  package init(plan: Plan, interpreter: Interpreter, configuration: ServerConfiguration, logger: Logger) {
    self.plan = plan
    self.interpreter = interpreter
    self.configuration = configuration
    self.logger = logger
  }

  /// Serves until SIGTERM or SIGINT. The first lets runs end, the second cancels them, the third cuts connections.
  ///
  /// - Parameters:
  ///   - endsWithTerminal: whether SIGHUP counts as a request to stop, too.
  ///   - onReady: called once, when every port listens.
  /// - Throws: why it cannot listen. A shutdown is no error.
  package func run(
    endsWithTerminal: Bool = true, onReady: @escaping @Sendable (BoundAddresses) -> Void
  ) async throws(ServerError) {
    let signals =
      endsWithTerminal
      ? await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
      : await UnixSignalsSequence(trapping: .sigterm, .sigint)
    try await run(stopRequests: signals.map { _ in () }, onReady: onReady)
  }

  /// The same with something else than signals.
  package func run(
    stopRequests: some AsyncSequence<Void, Never> & Sendable,
    onReady: @escaping @Sendable (BoundAddresses) -> Void
  ) async throws(ServerError) {
    let lifecycle = Lifecycle()
    let listeners = try makeListeners(lifecycle, onReady)
    do {
      try await withThrowingTaskGroup(of: Part.self) { group in
        for listener in listeners {
          group.addTask {
            try await listener.run()
            return .listener
          }
        }
        group.addTask {
          for await _ in stopRequests { lifecycle.advance() }
          return .supervision
        }
        group.addTask {
          await shutDown(listeners, lifecycle)
          return .supervision
        }
        group.addTask {
          await lifecycle.aborting.wait()
          return .abort
        }
        var running = listeners.count
        while running > 0, let part = try await group.next() {
          switch part {
          case .listener: running -= 1
          case .abort: group.cancelAll()
          case .supervision: break
          }
        }
        group.cancelAll()
      }
    } catch let error as ServerError {
      throw error
    } catch {
      throw .failed(error)
    }
  }

  private enum Part: Sendable {
    case listener
    case supervision
    case abort
  }

  /// From the request to stop on: drain, then cancel what still runs, then cut.
  private func shutDown(_ listeners: [Listener], _ lifecycle: Lifecycle) async {
    await lifecycle.draining.wait()
    guard lifecycle.draining.isOpen else { return }
    for listener in listeners { await listener.stop() }
    await sleep(configuration.drainDuration, unless: lifecycle.cancelling)
    if Task.isCancelled { return }
    lifecycle.cancelling.open()
    await sleep(configuration.abortDelay, unless: lifecycle.aborting)
    if Task.isCancelled { return }
    lifecycle.aborting.open()
  }

  private func sleep(_ duration: Duration, unless latch: Latch) async {
    await withTaskGroup { group in
      group.addTask { try? await Task.sleep(for: duration) }
      group.addTask { await latch.wait() }
      await group.next()
      group.cancelAll()
    }
  }

  // MARK: Listeners

  private func makeListeners(
    _ lifecycle: Lifecycle, _ onReady: @escaping @Sendable (BoundAddresses) -> Void
  ) throws(ServerError) -> [Listener] {
    let serving = configuration.serving
    let keys = APIKeys(configuration.apiKeys)
    let addresses = [serving.api, serving.webUI].compactMap { $0 }
    if addresses.isEmpty { throw .nothingToServe }
    for address in addresses where !address.isLoopback && keys.isEmpty && !configuration.allowsInsecure {
      throw .unprotected(address)
    }
    let readiness = Readiness(serving, onReady)
    var listeners: [Listener] = []
    if let api = serving.api {
      let routes = Routes(basePaths: [serving.basePath], assets: [])
      listeners.append(
        Listener(api, responder(routes, api, keys, lifecycle), configuration, logger: logger) {
          readiness.apiBound(to: $0)
        })
    }
    if let webUI = serving.webUI {
      // The page asks under `/api`, wherever the API's own port has it.
      let basePaths = ["", "/api"].contains(serving.basePath) ? ["/api"] : ["/api", serving.basePath]
      let routes = Routes(basePaths: basePaths, assets: WebUIRoutes.paths)
      listeners.append(
        Listener(webUI, responder(routes, webUI, keys, lifecycle), configuration, logger: logger) {
          readiness.webUIBound(to: $0)
        })
    }
    return listeners
  }

  private func responder(
    _ routes: Routes, _ address: ServingPlan.Address, _ keys: APIKeys, _ lifecycle: Lifecycle
  ) -> ServiceResponder {
    ServiceResponder(
      routes: routes,
      policy: OriginPolicy(
        isLoopback: address.isLoopback, host: address.host, origins: configuration.serving.origins),
      keys: keys,
      plan: plan,
      isSandbox: configuration.isSandbox,
      lifecycle: lifecycle,
      runs: RunEndpoint(
        plan: plan, interpreter: interpreter, configuration: configuration, lifecycle: lifecycle,
        limiter: Limiter(configuration.serving.runLimit)))
  }
}

/// Waits for the ports and says so once.
private final class Readiness: Sendable {
  private struct Ports {
    var api: Int?
    var webUI: Int?
  }

  private let serving: ServingPlan
  private let onReady: @Sendable (BoundAddresses) -> Void
  private let ports = Mutex(Ports())

  init(_ serving: ServingPlan, _ onReady: @escaping @Sendable (BoundAddresses) -> Void) {
    self.serving = serving
    self.onReady = onReady
  }

  func apiBound(to port: Int) { bound { $0.api = port } }

  func webUIBound(to port: Int) { bound { $0.webUI = port } }

  private func bound(_ change: (inout Ports) -> Void) {
    let ports = ports.withLock { ports in
      change(&ports)
      return ports
    }
    if serving.api != nil, ports.api == nil { return }
    if serving.webUI != nil, ports.webUI == nil { return }
    onReady(
      BoundAddresses(
        api: ports.api.flatMap { port in serving.api.map { ServingPlan.Address(host: $0.host, port: port) } },
        webUI: ports.webUI.flatMap { port in serving.webUI.map { ServingPlan.Address(host: $0.host, port: port) } }))
  }
}
