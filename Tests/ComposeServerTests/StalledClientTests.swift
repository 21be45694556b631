import NIOCore
import NIOEmbedded
import Testing

@testable import ComposeServer

/// When a client that does not take what it was sent loses its connection, on the clock of the test.
@Suite struct StalledClientTests {
  private let channel = EmbeddedChannel(handler: StalledClientHandler(timeout: .seconds(60)))

  init() throws { try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait() }

  private func write() { channel.write(ByteBuffer(repeating: 0, count: 1_000), promise: nil) }

  private func setWritable(_ isWritable: Bool) {
    channel.isWritable = isWritable
    channel.pipeline.fireChannelWritabilityChanged()
  }

  private func pass(seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

  @Test func oneThatTakesNothing() {
    write()
    setWritable(false)
    pass(seconds: 59)
    #expect(channel.isActive)
    pass(seconds: 1)
    #expect(!channel.isActive)
  }

  /// What more is written meanwhile changes nothing.
  @Test func oneThatGetsMore() {
    write()
    setWritable(false)
    pass(seconds: 30)
    write()
    pass(seconds: 30)
    #expect(!channel.isActive)
  }

  @Test func oneThatTakesLittle() {
    setWritable(false)
    for _ in 1...10 {
      write()
      pass(seconds: 59)
      // What is flushed is taken at once here; the channel is not writable again for that.
      channel.flush()
    }
    #expect(channel.isActive)
    pass(seconds: 120)
    #expect(!channel.isActive)
  }

  @Test func oneThatHasTakenAll() {
    write()
    setWritable(false)
    channel.flush()
    setWritable(true)
    pass(seconds: 1_000)
    #expect(channel.isActive)
  }
}
