import Hummingbird
import NIOCore
import NIOHTTP1

/// Ends connections whose client sends too much, or too slowly: heads that are large or never complete, bodies that
/// trickle, and bodies that go on when they are answered already.
///
/// It stands before everything else and sees bytes. What they mean it learns from the ``ExchangeHandler`` behind the
/// decoder. When the connection changes to another protocol, it takes itself out.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = IOData
  typealias OutboundOut = IOData

  private enum Phase {
    /// No byte of a request has come.
    case idle
    case head(since: NIODeadline, size: Int)
    case body(since: NIODeadline, size: Int)
    /// The answer is out and the body is not complete.
    case lingering(size: Int)
    /// The connection is being closed; what still comes is dropped.
    case over
  }

  private let limits: ConnectionLimits
  private var phase = Phase.idle
  /// Requests that have not had their whole answer.
  private var openRequests = 0
  private var hasAnswerBegun = false
  /// What is to happen when the present phase lasts too long.
  private var limit: (at: NIODeadline, action: (ConnectionGuard) -> Void)?
  private var timer: (at: NIODeadline, scheduled: Scheduled<Void>)?
  private var context: ChannelHandlerContext?

  init(_ limits: ConnectionLimits) { self.limits = limits }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    stopTimer()
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    stopTimer()
    context.fireChannelInactive()
  }

  // MARK: Bytes

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let count = unwrapInboundIn(data).readableBytes
    switch phase {
    case .over: return
    case .idle:
      phase = .head(since: .now(), size: count)
      schedule(limits.headTimeout) { $0.refuse(.slowHead) }
    case .head(let since, let size): phase = .head(since: since, size: size + count)
    case .body(let since, let size): phase = .body(since: since, size: size + count)
    case .lingering(let size):
      guard size + count <= limits.lingerSize else { return end() }
      phase = .lingering(size: size + count)
    }
    // The decoder and the observer work on the bytes before this returns.
    context.fireChannelRead(data)
    refuseLargeHead()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .over = phase {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    // Only another protocol answers a request that the observer was not shown.
    if openRequests == 0, case .byteBuffer(let bytes) = unwrapOutboundIn(data),
      bytes.readableBytesView.starts(with: "HTTP/1.1 101 ".utf8)
    {
      stopTimer()
      context.write(data, promise: promise)
      context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
      return
    }
    context.write(data, promise: promise)
  }

  // MARK: Requests

  /// Refuses a head of which too much has come already. The decoder, which has a limit of its own, does not know why.
  ///
  /// - Returns: whether it was too large. The client has been told then.
  @discardableResult
  func refuseLargeHead() -> Bool {
    guard case .head(_, let size) = phase, size > limits.headSize else { return false }
    refuse(.largeHead)
    return true
  }

  /// - Returns: whether the request may be worked on.
  func headCompleted(_ head: HTTPRequestHead) -> Bool {
    if case .over = phase { return false }
    limit = nil
    if head.uri.utf8.count > limits.targetSize {
      refuse(.largeTarget)
      return false
    }
    if head.size > limits.headSize {
      refuse(.largeHead)
      return false
    }
    openRequests += 1
    phase = .body(since: .now(), size: 0)
    schedule(limits.bodyTimeout) { $0.checkBody() }
    return true
  }

  func requestEnded() {
    if case .over = phase { return }
    limit = nil
    phase = .idle
  }

  func answerBegan() { hasAnswerBegun = true }

  func answerEnded() {
    openRequests -= 1
    hasAnswerBegun = false
    guard openRequests == 0, case .body = phase else { return }
    phase = .lingering(size: 0)
    schedule(limits.lingerTimeout) { $0.end() }
  }

  private func checkBody() {
    guard case .body(let since, let size) = phase else { return }
    let allowed = TimeAmount(limits.bodyTimeout) + .nanoseconds(Int64(Double(size) / Double(limits.bodyRate) * 1e9))
    let left = since + allowed - .now()
    if left <= .zero { return refuse(.slowBody) }
    schedule(Duration(left)) { $0.checkBody() }
  }

  // MARK: Ends

  /// Answers, if the client waits for nothing else, and closes.
  private func refuse(_ refusal: ErrorAnswer) {
    guard let context else { return }
    let isAlone = if case .body = phase { openRequests == 1 && !hasAnswerBegun } else { openRequests == 0 }
    guard isAlone else { return end() }
    phase = .over
    context.writeAndFlush(wrapOutboundOut(.byteBuffer(ByteBuffer(string: refusal.lastMessage))), promise: nil)
    // Closing while bytes are coming in could take the answer away from the client.
    context.close(mode: .output, promise: nil)
    schedule(.seconds(1)) { $0.end() }
  }

  private func end() {
    phase = .over
    stopTimer()
    context?.close(promise: nil)
  }

  // MARK: Time

  private func schedule(_ duration: Duration, _ action: @escaping (ConnectionGuard) -> Void) {
    guard let loop = context?.eventLoop else { return }
    let at = loop.now + TimeAmount(duration)
    limit = (at, action)
    // A timer of an earlier phase does as well: when it comes too soon, it is set again. So a connection whose requests
    // are quick sets one now and then, and not two for each.
    if let timer, timer.at <= at { return }
    stopTimer(keepingLimit: true)
    startTimer(at, on: loop)
  }

  private func startTimer(_ at: NIODeadline, on loop: any EventLoop) {
    timer = (at, loop.assumeIsolated().scheduleTask(deadline: at) { [weak self] in self?.timeIsUp(on: loop) })
  }

  private func timeIsUp(on loop: any EventLoop) {
    timer = nil
    guard let limit else { return }
    if limit.at > loop.now { return startTimer(limit.at, on: loop) }
    self.limit = nil
    limit.action(self)
  }

  private func stopTimer(keepingLimit: Bool = false) {
    timer?.scheduled.cancel()
    timer = nil
    if !keepingLimit { limit = nil }
  }
}

extension ErrorAnswer {
  fileprivate static let largeHead = ErrorAnswer(
    .requestHeaderFieldsTooLarge, "too-large", "The head of the request is too large.")
  fileprivate static let largeTarget = ErrorAnswer(.uriTooLong, "too-large", "The address of the request is too long.")
  fileprivate static let slowHead = ErrorAnswer(
    .requestTimeout, "timeout", "The head of the request did not come in time.")
  fileprivate static let slowBody = ErrorAnswer(
    .requestTimeout, "timeout", "The body of the request comes too slowly.")

  /// The answer as bytes, where nothing else is there to write it; the connection ends behind it.
  fileprivate var lastMessage: String {
    """
    HTTP/1.1 \(status.code) \(status.reasonPhrase)\r
    Content-Type: application/json\r
    Content-Length: \(json.count)\r
    X-Content-Type-Options: nosniff\r
    Connection: close\r
    \r
    \(String(decoding: json, as: UTF8.self))
    """
  }
}

extension HTTPRequestHead {
  /// As many bytes as it has at least had on its way.
  fileprivate var size: Int {
    let line = method.rawValue.utf8.count + uri.utf8.count + "  HTTP/1.1\r\n\r\n".utf8.count
    return headers.reduce(line) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
  }
}
