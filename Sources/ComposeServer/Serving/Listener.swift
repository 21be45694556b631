import ComposePlan
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
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
    _ address: ServingPlan.Address, _ responder: some Responder,
    _ configuration: ServerConfiguration, webSocket: WebSocketEndpoint? = nil, logger: Logger,
    onBound: @escaping @Sendable (Int) -> Void
  ) {
    self.address = address
    let host = address.host.hasPrefix("[") ? String(address.host.dropFirst().dropLast()) : address.host
    let server = HummingbirdCore.Server(
      childChannelSetup: ServiceChannel(responder, webSocket, configuration),
      configuration: HummingbirdCore.ServerConfiguration(
        address: .hostname(host, port: address.port),
        // As many as the system allows: a connection that finds no place is tried again by its client after a second.
        backlog: 4096,
        availableConnectionsDelegate: .maximum(configuration.connectionLimits.connectionCount, logger: logger)),
      onServerRunning: { [bound] channel in
        // As many new connections as there are in one look of the loop: a few at a time, the last of a thousand would
        // wait until the first have all been answered several times.
        try? await channel.setOption(.maxMessagesPerRead, value: 1024).get()
        onBound(channel.localAddress?.port ?? address.port)
        bound.open()
      },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
      logger: logger)
    // A group for each port: one group would shut its services down one after the other, and the first would go on
    // accepting while the second drains.
    group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [server], logger: logger))
  }

  /// Serves until it is asked to stop and the last answer is out.
  func run() async throws(ServerError) {
    do {
      // New connections are taken on a loop, too: elsewhere they would wait for a thread that the loops keep busy.
      try await withTaskExecutorPreference(LoopExecutor.of(MultiThreadedEventLoopGroup.singleton.any())) {
        try await group.run()
      }
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
