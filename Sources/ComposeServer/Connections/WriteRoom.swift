import NIOCore

/// Waits until a connection has room for more of an answer.
struct WriteRoom {
  private var waiting: CheckedContinuation<Void, any Error>?

  /// Resumes the continuation when there is room; throws in it when there will be none.
  mutating func wait(_ continuation: CheckedContinuation<Void, any Error>, for channel: (any Channel)?) {
    guard let channel, channel.isActive else { return continuation.resume(throwing: ChannelError.ioOnClosedChannel) }
    if channel.isWritable { continuation.resume() } else { waiting = continuation }
  }

  mutating func open() { waiting.take()?.resume() }

  mutating func close() { waiting.take()?.resume(throwing: ChannelError.ioOnClosedChannel) }
}
