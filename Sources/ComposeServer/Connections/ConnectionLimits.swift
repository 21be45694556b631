/// What one connection may take of the service before it has asked for anything, and how many there may be.
package struct ConnectionLimits: Sendable {
  /// More at one port are not accepted until another one ends.
  package var connectionCount = 4096
  /// The most bytes of the head of a request: its first line and its header fields.
  package var headSize = 16 * 1024
  /// The most bytes of the address that a request names.
  package var targetSize = 8 * 1024
  /// How long a client may take from the first byte of a head to its last.
  package var headTimeout = Duration.seconds(30)
  /// How long a client may take for a body, besides what ``bodyRate`` gives it.
  package var bodyTimeout = Duration.seconds(30)
  /// How many bytes of a body are to come in a second, on average.
  package var bodyRate = 1024
  /// How long a client may take nothing of what it was sent.
  package var stallTimeout = Duration.seconds(300)
  /// How long a client may go on to send a body after it has its answer.
  package var lingerTimeout = Duration.seconds(5)
  /// How many bytes of a body are taken after the answer.
  package var lingerSize = 1 << 20

  package init() {}
}
