package import ComposePlan
import ComposeRuntime

/// How a service listens, whom it answers, and what its limits are.
package struct ServerConfiguration: Sendable {
  /// Where to listen. Port 0 lets the system choose.
  package var serving: ServingPlan
  /// Whether the answers come from stand-ins; clients are told so.
  package var isSandbox = false
  /// Keys that a caller must present one of; empty for none.
  package var apiKeys: [APIKey] = []
  /// Whether to listen on other than loopback addresses without keys.
  package var allowsInsecure = false
  /// In bytes.
  package var maximumBodySize = 16 << 20
  /// What connections may take before they have asked for anything.
  package var connectionLimits = ConnectionLimits()
  /// After how long without an event a stream gets a comment line.
  package var pingInterval = Duration.seconds(15)
  /// How many tasks there may be, and for how long.
  package var taskLimits = TaskLimits()
  /// How long the service goes on as before after it has been asked to stop, while `health` says so: for those who
  /// send it work.
  package var pendingDuration = Duration.zero
  /// How long tasks may go on then.
  package var drainDuration = Duration.seconds(30)
  /// How long cancelled runs have to say so to their clients.
  package var abortDelay = Duration.seconds(2)
  /// How long a connection may stay without a request.
  package var idleTimeout = Duration.seconds(120)
  /// What WebSocket connections may take up, besides what their adapter says.
  package var webSocketLimits = WebSocketLimits()
  /// Who watches.
  package var observers: [any ServiceObserver] = []
  /// Tells a client of the end of its task, and says why that was given up if it was; `nil` where nobody is called back.
  package var deliverCallback: (@Sendable (CallbackDelivery) async -> String?)?
  /// The hosts that may be called back; `nil` for any.
  package var callbackHosts: Set<String>?
  /// The time of day in milliseconds since 1970, for run ids; tests can hold it still.
  package var milliseconds: @Sendable () -> UInt64 = { SystemClock().millisecondsSinceEpoch }

  package init(serving: ServingPlan) { self.serving = serving }

  /// How long a shutdown takes at most, in seconds.
  package var longestShutdown: Double {
    let (seconds, attoseconds) = (pendingDuration + drainDuration + abortDelay).components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
