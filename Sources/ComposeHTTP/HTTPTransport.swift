/// Sends requests. The one protocol of this module: tests and the sandbox put their own behind it.
package protocol HTTPTransport: Sendable {
  /// Sends a request and returns once the head of the final answer is there; the body follows as it arrives.
  ///
  /// Cancelling the calling task closes the socket. So does ``ByteStream/cancel()`` on the body.
  func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse
}
