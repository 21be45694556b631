import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// The requests of one connection and their answers, one exchange after the other.
///
/// ```
///            head, body, end                     head, body, end
/// client ───────────────────▶ ExchangeHandler ◀──────────────── AnswerWriter
///                                │      ▲ Response                   ▲
///                                ▼      │                            │ body that is a stream
///                              Responder (a task for each request) ──┘
/// ```
///
/// A request whose body has come with its head is handed over as a whole, another one with what has come so far. What
/// comes behind it waits here, and is bounded: the connection is not read meanwhile. All this happens on the loop of the
/// connection; the tasks run there, too.
final class ExchangeHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let responder: any Responder
  private let connection: ConnectionGuard
  private let executor: LoopExecutor
  private let idleTimer: IdleTimer
  private var rules: RequestRules
  private let closed = Latch()

  private var requests = IncomingRequests()
  /// Whether a request is being worked on, from when it is handed over until its answer is out.
  private var isAnswering = false
  private var hasAnswerBegun = false
  /// Works on the request, or writes the body of its answer.
  private var work: Task<Void, Never>?
  private var room = WriteRoom()
  private var pause = ReadPause()

  /// Whether nothing is understood any more of what the client sends.
  private var isMalformed = false
  private var (isInputOver, isOutputOver) = (false, false)
  private var isQuiescing = false
  private var context: ChannelHandlerContext?

  init(
    _ responder: any Responder, _ connection: ConnectionGuard, loop: any EventLoop, idleTimeout: TimeAmount,
    maximumBodySize: Int
  ) {
    self.responder = responder
    self.connection = connection
    executor = LoopExecutor.of(loop)
    idleTimer = IdleTimer(timeout: idleTimeout)
    rules = RequestRules(maximumBodySize: maximumBodySize)
  }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard let part = admitted(unwrapInboundIn(data), context) else { return }
    perform(requests.receive(part, isAnswering: isAnswering))
  }

  /// All of what one look at the socket has brought.
  func channelReadComplete(context: ChannelHandlerContext) {
    idleTimer.noteActivity()
    handOverIncomplete()
    context.fireChannelReadComplete()
  }

  func read(context: ChannelHandlerContext) { pause.read(context) }

  private func resumeReading() {
    if requests.hasRoom { pause.end(context) }
  }

  /// What may be worked on of what has come, in the order of the connection.
  private func admitted(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) -> HTTPServerRequestPart? {
    if isMalformed { return nil }
    switch part {
    case .head(let head):
      if isOutputOver { return nil }
      guard case .accepted(let tells) = rules.decide(on: head) else {
        refuse()
        return nil
      }
      guard connection.headCompleted(head) else {
        // It has said so to the client, and ends the connection.
        (isMalformed, isOutputOver) = (true, true)
        return nil
      }
      if tells {
        let informed = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(informed)), promise: nil)
      }
    case .body: break
    case .end: connection.requestEnded()
    }
    return isOutputOver ? nil : part
  }

  private func perform(_ step: IncomingRequests.Step) {
    switch step {
    case .none: break
    case .pause: pause.begin()
    case .handOver(let head, let content): handOver(head, RequestBody(buffer: content))
    case .proceed: proceed()
    }
  }

  /// Does not wait for the rest of a body.
  private func handOverIncomplete() {
    guard let loop = context?.eventLoop else { return }
    let exchange = NIOLoopBound(self, eventLoop: loop)
    let content = requests.passOn(to: RequestContent { loop.execute { exchange.value.resumeReading() } })
    guard let (head, content) = content else { return }
    if isMalformed || isInputOver { requests.cut(isMalformed ? HTTPParserError.unknown : ChannelError.inputClosed) }
    handOver(head, content.body)
  }

  private func handOver(_ head: HTTPRequestHead, _ body: RequestBody) {
    guard let context else { return }
    isAnswering = true
    let connection = ConnectionContext(channel: context.channel, executor: executor, closed: closed)
    let writer = AnswerWriter(NIOLoopBound(self, eventLoop: context.eventLoop))
    work = Task(executorPreference: executor) { [responder] in
      do {
        let request = Request(head: try HTTPRequest(head, secure: false, splitCookie: false), body: body)
        await writer.write(try await responder.respond(to: request, context: connection))
      } catch {
        writer.fail(error)
      }
    }
  }

  // MARK: Answers

  /// Writes the head of the answer, which leaves with what comes next.
  func begin(_ head: HTTPResponseHead) {
    guard let context else { return }
    var head = head
    rules.amend(&head)
    if isQuiescing, !requests.isAnyWaiting { head.headers.replaceOrAdd(name: "connection", value: "close") }
    hasAnswerBegun = true
    connection.answerBegan()
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  /// Writes a piece of the body.
  ///
  /// - Parameter flushes: whether it leaves now.
  /// - Returns: whether there is room for more.
  func write(_ piece: ByteBuffer, flushes: Bool) -> Bool {
    guard let context, context.channel.isActive else { return false }
    context.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil)
    if flushes || !context.channel.isWritable { context.flush() }
    return context.channel.isWritable
  }

  /// Waits for room. Throws when there will be none.
  func awaitRoom(_ continuation: CheckedContinuation<Void, any Error>) {
    room.wait(continuation, for: context?.channel)
  }

  /// Writes the rest of the answer in a task that does not keep the memory of what led up to it.
  func goOn(_ body: @escaping @Sendable () async -> Void) {
    work = Task(executorPreference: executor, operation: body)
  }

  /// The answer has its end.
  func end(_ trailers: HTTPHeaders?) {
    guard let context, isAnswering else { return }
    let isLast = rules.answerEnded() || (isQuiescing && !requests.isAnyWaiting)
    context.writeAndFlush(wrapOutboundOut(.end(trailers)), promise: nil)
    connection.answerEnded()
    (isAnswering, hasAnswerBegun, work) = (false, false, nil)
    idleTimer.noteActivity()
    if isLast { return endOutput() }
    if !requests.dropRest() { proceed() }
    resumeReading()
  }

  /// There is no answer.
  func fail(_ error: any Error) {
    guard let context, isAnswering else { return }
    if hasAnswerBegun || !context.channel.isActive { return context.close(promise: nil) }
    if error is HTTPParserError || error is HTTP1TypeConversionError { return answerMalformed() }
    begin(.failed)
    end(nil)
  }

  /// Goes on to the next request, or to the end of the connection.
  private func proceed() {
    requests.startOver()
    while !(isAnswering && requests.isComplete), let step = requests.takeWaiting() { perform(step) }
    handOverIncomplete()
    if isAnswering { return }
    if isMalformed {
      answerMalformed()
    } else if isInputOver {
      endOutput()
    }
  }

  // MARK: Ends

  /// What the client sends from here on is not understood.
  private func refuse() {
    if isMalformed { return }
    isMalformed = true
    if connection.refuseLargeHead() { return isOutputOver = true }
    requests.cut(HTTPParserError.unknown)
    if !isAnswering { answerMalformed() }
  }

  private func answerMalformed() {
    guard let context, !isOutputOver else { return }
    let isOpen = isAnswering || requests.isGathering
    begin(.malformed)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    if isOpen { connection.answerEnded() }
    (isAnswering, hasAnswerBegun, work) = (false, false, nil)
    endOutput()
  }

  /// Nothing more is written. What the client still sends is dropped until it ends, too.
  private func endOutput() {
    guard let context, !isOutputOver else { return }
    isOutputOver = true
    requests.dropAll()
    resumeReading()
    let isWritten = context.eventLoop.makePromise(of: Void.self)
    isWritten.futureResult.assumeIsolated().whenComplete { [self] _ in
      if isQuiescing || isInputOver { context.close(promise: nil) }
    }
    context.close(mode: .output, promise: isWritten)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { room.open() }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is ChannelShouldQuiesceEvent {
      isQuiescing = true
      if !isAnswering { context.close(promise: nil) }
      return
    }
    if event as? ChannelEvent == .inputClosed {
      isInputOver = true
      closed.open()
      requests.cut(ChannelError.inputClosed)
      if !isAnswering { endOutput() }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if error is HTTPParserError { refuse() } else { context.close(promise: nil) }
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    idleTimer.start(on: context.eventLoop) { [weak self] in
      // A client that waits for its answer has nothing to send.
      if let self, !isAnswering || !requests.isComplete { context.close(promise: nil) }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { leave() }

  /// Waits until nothing is done any more for a connection that has ended.
  func waitForWork() async {
    var last: Task<Void, Never>?
    while let work, work != last {
      await work.value
      last = work
    }
  }

  /// Cuts the connection, and ends what is done for it.
  func abort() {
    work?.cancel()
    context?.close(promise: nil)
  }

  private func leave() {
    context = nil
    idleTimer.stop()
    closed.open()
    requests.cut(ChannelError.eof)
    room.close()
  }
}
