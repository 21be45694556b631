import Hummingbird
import NIOCore

/// Notices that the client has left without a write: at the end of what it sends, or when the connection is gone.
///
/// A client that ends only its own direction counts as gone too. HTTP clients do not do that while they wait for an
/// answer, and the two cannot be told apart.
final class DisconnectHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = NIOAny

  let closed = Latch()

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed? = event as? ChannelEvent { closed.open() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    closed.open()
    context.fireChannelInactive()
  }
}

/// What a request knows about its connection.
struct ConnectionContext: InitializableFromSource {
  let channel: any Channel

  init(source: ApplicationRequestContextSource) { channel = source.channel }

  /// Where its connection lives.
  var executor: LoopExecutor { .of(channel.eventLoop) }

  /// Opens when the client leaves.
  func closed() async -> Latch {
    let channel = channel
    if channel.eventLoop.inEventLoop { return Self.closed(channel) }
    return (try? await channel.eventLoop.submit { Self.closed(channel) }.get()) ?? .opened
  }

  private static func closed(_ channel: any Channel) -> Latch {
    // A pipeline without the handler has been torn down.
    (try? channel.pipeline.syncOperations.handler(type: DisconnectHandler.self).closed) ?? .opened
  }

  /// Cuts the connection.
  func close() { channel.close(promise: nil) }
}
