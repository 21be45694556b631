import Synchronization

extension ByteStream {
  /// The producing end of a ``ByteStream``, for transports that are not curl.
  ///
  /// A writer that is dropped without ``finish()`` or ``fail(_:)`` makes the reader fail, so that nobody waits forever.
  package final class Writer: Sendable {
    private let storage: Storage
    private let lastSuspension = Atomic(0)

    init(_ storage: Storage) {
      self.storage = storage
    }

    deinit {
      storage.fail(HTTPError(.connectionLost, "the body broke off: its producer went away"))
    }

    /// Hands bytes over, and waits while the reader has more than the high watermark before it.
    ///
    /// - Throws: `cancelled` when the reader gave up, when the stream has ended, or when this task was cancelled.
    package func write(_ bytes: [UInt8]) async throws(HTTPError) {
      if Task.isCancelled { throw .cancelledByReader }
      switch storage.push(bytes) {
      case .accepted:
        return
      case .full:
        await storage.waitForRoom(writer: lastSuspension.add(1, ordering: .relaxed).newValue)
        if Task.isCancelled || storage.isClosed { throw .cancelledByReader }
      case .closed:
        throw .cancelledByReader
      }
    }

    /// Ends the stream. What is written later is refused.
    package func finish() {
      storage.finish()
    }

    /// Makes the reader fail once it has read what was written before.
    package func fail(_ error: HTTPError) {
      storage.fail(error)
    }
  }
}
