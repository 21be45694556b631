import NIOCore

/// Keeps a stream from writing faster than the event loop of its connection works.
///
/// Each write becomes a task of the loop, and the loop does not look at its sockets while it has tasks. Streams that
/// give it new ones all the time would keep it from noticing that their clients have left, that others have come, and
/// that a socket takes no more: what they write would pile up.
struct WritePace: Sendable {
  /// How many bytes may be on their way to the loop.
  static let patience = 16_384
  /// How many writes may be.
  private static let maximumCount = 16

  private let channel: any Channel
  private var count = 0
  private var size = 0

  init(_ context: ConnectionContext) { channel = context.channel }

  /// Waits now and then until the loop has come to what was written.
  mutating func wrote(_ buffers: [ByteBuffer]) async {
    count += 1
    for buffer in buffers { size += buffer.readableBytes }
    guard count >= Self.maximumCount || size >= Self.patience else { return }
    (count, size) = (0, 0)
    // A loop that has ended fails the next write.
    try? await channel.eventLoop.submit {}.get()
  }
}
