/// What a request carries.
package enum HTTPBody: Sendable {
  case bytes([UInt8])
  /// Read while it is sent, so that its size does not matter.
  case stream(HTTPBodyStream)

  /// The bytes, unless they are a stream.
  package var bytes: [UInt8]? {
    guard case .bytes(let bytes) = self else { return nil }
    return bytes
  }

  /// Whether the body can be sent a second time.
  package var isRepeatable: Bool {
    switch self {
    case .bytes: true
    case .stream(let stream): stream.isRepeatable
    }
  }

  /// Reads all of it, for transports that do not send.
  ///
  /// - Parameter limit: the most bytes to hold; a longer body is cancelled.
  /// - Throws: `bodyTooLarge` past the limit, and whatever the source throws.
  package func collect(upTo limit: Int) async throws(HTTPError) -> [UInt8] {
    switch self {
    case .bytes(let bytes):
      return bytes
    case .stream(let stream):
      let reader = try await stream.open()
      var all: [UInt8] = []
      while let chunk = try await reader.next() {
        guard chunk.count <= limit - all.count else {
          reader.cancel()
          throw HTTPError(.bodyTooLarge, "the request's body is longer than \(limit) bytes")
        }
        all += chunk
      }
      return all
    }
  }
}

/// A body that is read piece by piece, when the connection stands and the socket has room.
package struct HTTPBodyStream: Sendable {
  /// In bytes. Without it the body goes in chunks (HTTP/1.1), or until the end of its stream (HTTP/2).
  package let length: Int?
  /// Whether it may be opened again: for a redirect that keeps the body, or when a connection turned out to be dead.
  package let isRepeatable: Bool
  /// Starts reading. It is called when the body is wanted, so perhaps never.
  package let open: @Sendable () async throws(HTTPError) -> HTTPBodyReader

  package init(
    length: Int?, isRepeatable: Bool, open: @escaping @Sendable () async throws(HTTPError) -> HTTPBodyReader
  ) {
    self.length = length
    self.isRepeatable = isRepeatable
    self.open = open
  }
}

/// One reading of a body.
package struct HTTPBodyReader: Sendable {
  /// Waits for more bytes; `nil` is the end. There is one call at a time, from a task that is cancelled with the
  /// exchange.
  package let next: @Sendable () async throws(HTTPError) -> [UInt8]?
  /// Gives the rest up. It may be called from any thread, during ``next``, and more than once.
  package let cancel: @Sendable () -> Void

  package init(
    next: @escaping @Sendable () async throws(HTTPError) -> [UInt8]?, cancel: @escaping @Sendable () -> Void
  ) {
    self.next = next
    self.cancel = cancel
  }
}
