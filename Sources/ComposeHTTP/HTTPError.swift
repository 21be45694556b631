/// Why an exchange failed.
package struct HTTPError: Error, Hashable, Sendable {
  /// What kind of failure it was, for programs that decide by it.
  package enum Kind: Hashable, Sendable {
    /// The URL cannot be used, or its scheme is not http or https.
    case invalidURL
    /// The method or a header would break out of its line, or names nothing.
    case invalidRequest
    /// The name cannot be looked up.
    case unresolvedHost
    /// Nobody listens there, or the way is blocked.
    case refused
    /// The connection was lost in mid-exchange.
    case connectionLost
    /// The certificate or the TLS handshake failed.
    case tls
    case timeout(Timeout)
    /// The bytes are not HTTP.
    case malformed
    /// The answer sends us on, but too often or to where we do not go.
    case redirect
    /// More bytes than the caller wanted to hold.
    case bodyTooLarge
    case cancelled
    /// libcurl is missing or does not work on this machine.
    case unavailable
  }

  /// Which limit was passed.
  package enum Timeout: String, Hashable, Sendable {
    case connect
    case firstByte = "first byte"
    case idle
    case total
  }

  package let kind: Kind
  /// One line for people; it names the host, never credentials.
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
