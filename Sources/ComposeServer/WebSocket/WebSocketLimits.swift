import ComposePlan

/// What one connection, and all of them together, may take up.
package struct WebSocketLimits: Sendable {
  /// Of one message that comes in, in bytes.
  package var messageSize = 1 << 20
  /// Of what waits to be sent on one connection, in bytes. A single larger message is sent all the same.
  package var outboxSize = 1 << 20
  /// How many messages may wait to be sent on one connection.
  package var outboxCount = 256
  /// How long a message may wait for room among those.
  package var stallTime = Duration.seconds(10)
  /// After how long a connection is tested; `nil` for never.
  package var pingInterval: Duration? = .seconds(30)
  /// How long the answer to that may take.
  package var pingTimeout = Duration.seconds(10)
  /// How long a connection that is not tested may be silent.
  package var idleTime = Duration.seconds(3_600)
  /// How long a peer has to confirm that the connection is closed.
  package var closeTime = Duration.seconds(3)
  /// Of all ports together.
  package var maximumConnections = 1_000
  /// How many tasks one connection may watch.
  package var maximumSubscriptions = 256
  /// How many streams one connection may have open, in each direction.
  package var maximumStreams = 64
  /// How many chunks of one stream may be asked for in advance.
  package var maximumCredit = 64
  /// How long a session is kept without a connection.
  package var sessionAge = Duration.seconds(600)
  /// How many sessions are kept without a connection.
  package var maximumSessions = 1_000
  /// Of a session's id, in bytes.
  package var sessionIDSize = 128

  package init() {}

  /// The same with what an adapter says.
  func with(_ plan: ServingPlan.WebSocket) -> WebSocketLimits {
    var limits = self
    limits.pingInterval = plan.pingInterval > 0 ? .seconds(plan.pingInterval) : nil
    limits.pingTimeout = .seconds(plan.pingTimeout)
    // The reference takes 0 for no limit of its own.
    if let limit = plan.connectionLimit, limit > 0 { limits.maximumConnections = limit }
    return limits
  }
}
