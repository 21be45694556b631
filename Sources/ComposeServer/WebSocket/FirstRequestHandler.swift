import NIOCore
import NIOHTTP1

/// Waits for the first request of a connection and turns the pipeline into one of HTTP, or of WebSocket frames.
///
/// It takes the place of NIO's own handler for that, which loses a request whose upgrade is refused. Once the pipeline
/// has changed, what passes here is of another type and is handed on as it is.
final class FirstRequestHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// What becomes of a connection.
  struct Outcome {
    /// Completes the pipeline for HTTP.
    let http: (any Channel) throws -> Void
    /// Who may switch to frames.
    let admission: (HTTPRequestHead) -> WebSocketAdmission?
    /// Changes the pipeline to frames, and answers the request.
    let webSocket: (any Channel, HTTPRequestHead, WebSocketAdmission) -> EventLoopFuture<Void>
    /// The connection ends before it became anything.
    let failure: (any Error) -> Void
  }

  private enum State {
    case waiting
    /// The rest of the request is awaited.
    case admitted(HTTPRequestHead, WebSocketAdmission)
    case switching([NIOAny])
    case done
  }

  private let outcome: Outcome
  private let timeout: TimeAmount
  private var state = State.waiting
  private var timer: Scheduled<Void>?

  init(timeout: TimeAmount, _ outcome: Outcome) {
    self.timeout = timeout
    self.outcome = outcome
  }

  // MARK: Reading

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch state {
    case .waiting: take(unwrapInboundIn(data), context)
    case .admitted(let head, let admission):
      guard case .end = unwrapInboundIn(data) else { return context.close(promise: nil) }
      change(to: head, admission, context)
    case .switching(let buffered): state = .switching(buffered + [data])
    case .done: context.fireChannelRead(data)
    }
  }

  private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
    guard case .head(let head) = part else { return context.close(promise: nil) }
    if head.headers.contains(name: "upgrade"), let admission = outcome.admission(head) {
      state = .admitted(head, admission)
      return
    }
    becomeHTTP(context)
    context.fireChannelRead(wrapInboundOut(part))
    // Nothing is left to do here, and every part of every request would pass.
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  private func becomeHTTP(_ context: ChannelHandlerContext) {
    settle()
    do {
      try outcome.http(context.channel)
    } catch {
      outcome.failure(error)
      context.close(promise: nil)
    }
  }

  private func change(to head: HTTPRequestHead, _ admission: WebSocketAdmission, _ context: ChannelHandlerContext) {
    state = .switching([])
    timer?.cancel()
    let bound = context.loopBound
    outcome.webSocket(context.channel, head, admission).assumeIsolated().whenComplete { result in
      let context = bound.value
      guard case .switching(let buffered) = self.state else { return }
      self.settle()
      if case .failure(let error) = result {
        self.outcome.failure(error)
        return context.close(promise: nil)
      }
      for data in buffered { context.fireChannelRead(data) }
      if !buffered.isEmpty { context.fireChannelReadComplete() }
      context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }
  }

  private func settle() {
    state = .done
    timer?.cancel()
    timer = nil
  }

  // MARK: Ends

  func handlerAdded(context: ChannelHandlerContext) {
    let bound = context.loopBound
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { bound.value.close(promise: nil) }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if isUnsettled, event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed {
      context.close(promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// What is no HTTP is answered where all HTTP is.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if case .waiting = state {
      becomeHTTP(context)
    } else if isUnsettled {
      context.close(promise: nil)
    }
    context.fireErrorCaught(error)
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { fail() }

  private func fail() {
    guard isUnsettled else { return }
    settle()
    outcome.failure(ChannelError.eof)
  }

  private var isUnsettled: Bool {
    if case .done = state { false } else { true }
  }
}
