import ComposePlan
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// One port that is served.
struct Listener: Sendable {
  let address: ServingPlan.Address
  /// Open from when it listens, or never will.
  let bound = Latch()
  private let group: ServiceGroup

  /// - Parameters:
  ///   - webSocket: the endpoint at this port, if there is one.
  ///   - onBound: called with the port, once it listens.
  init(
    _ address: ServingPlan.Address, _ responder: some HTTPResponder<ConnectionContext>,
    _ configuration: ServerConfiguration, webSocket: WebSocketEndpoint? = nil, logger: Logger,
    onBound: @escaping @Sendable (Int) -> Void
  ) {
    self.address = address
    let host = address.host.hasPrefix("[") ? String(address.host.dropFirst().dropLast()) : address.host
    let application = Application(
      responder: responder,
      server: .service(webSocket, configuration),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: address.port),
        availableConnectionsDelegate: .maximum(configuration.connectionLimits.connectionCount, logger: logger)),
      onServerRunning: { [bound] channel in
        onBound(channel.localAddress?.port ?? address.port)
        bound.open()
      },
      logger: logger)
    // A group for each port: one group would shut its services down one after the other, and the first would go on
    // accepting while the second drains.
    group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: logger))
  }

  /// Serves until it is asked to stop and the last answer is out.
  func run() async throws(ServerError) {
    do {
      try await group.run()
    } catch is CancellationError {
      return
    } catch {
      throw .cannotListen(on: address, error)
    }
  }

  /// Stops accepting and closes each connection after its answer.
  func stop() async {
    await group.triggerGracefulShutdown()
    bound.open()
  }
}
