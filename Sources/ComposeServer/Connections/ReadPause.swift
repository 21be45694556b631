import NIOCore

/// Holds back reads of a connection for as long as enough of what was read waits.
struct ReadPause {
  private var isPaused = false
  /// Whether it would have been read meanwhile.
  private var wantsRead = false

  mutating func begin() { isPaused = true }

  mutating func end(_ context: ChannelHandlerContext?) {
    guard isPaused else { return }
    isPaused = false
    if wantsRead { context?.read() }
    wantsRead = false
  }

  /// The connection asks to be read.
  mutating func read(_ context: ChannelHandlerContext) {
    if isPaused { wantsRead = true } else { context.read() }
  }
}
