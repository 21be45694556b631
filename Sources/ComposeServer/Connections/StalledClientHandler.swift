import NIOCore

/// Cuts a connection whose client takes nothing of what is there for it: it would hold a task, and a request to a
/// provider, for as long as it likes. One that takes little is not cut.
///
/// What a client has taken is what was written less what waits in this process. What waits in the system counts as
/// taken: that is little, and does not change while the client reads nothing.
final class StalledClientHandler: ChannelOutboundHandler, ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = IOData
  typealias OutboundOut = IOData

  private let timeout: Duration
  private var written = 0
  private var timer: Scheduled<Void>?

  /// - Parameter timeout: how long a client may take nothing.
  init(timeout: Duration) { self.timeout = timeout }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    written += unwrapOutboundIn(data).readableBytes
    context.write(data, promise: promise)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    stop()
    if !context.channel.isWritable { watch(context) }
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stop() }

  private func watch(_ context: ChannelHandlerContext) {
    guard let before = taken(context) else { return }
    let bound = context.loopBound
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(timeout)) { [self] in
      let context = bound.value
      guard taken(context) == before else { return watch(context) }
      context.close(promise: nil)
    }
  }

  private func taken(_ context: ChannelHandlerContext) -> Int? {
    guard let waiting = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes) else { return nil }
    return written - waiting
  }

  private func stop() {
    timer?.cancel()
    timer = nil
  }
}
