import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOWebSocket

/// The connections of a port: HTTP, and WebSocket where the first request asks for it and may.
struct ServiceChannel: ServerChildChannel {
  /// What a connection has become.
  enum Outcome: Sendable {
    case http(NIOLoopBound<ExchangeHandler>)
    case webSocket(WebSocketConnection.Channel, WebSocketAdmission)
  }

  struct Value: ServerChildChannelValue {
    let channel: any Channel
    let outcome: EventLoopFuture<Outcome>
  }

  /// In bytes.
  private static let writeWatermarks = ChannelOptions.Types.WriteBufferWaterMark(low: 4 * 1024, high: 16 * 1024)

  let responder: any Responder
  /// `nil` where there is only HTTP.
  let endpoint: WebSocketEndpoint?
  private let idleTimeout: TimeAmount
  private let limits: ConnectionLimits
  private let maximumBodySize: Int

  init(_ responder: any Responder, _ endpoint: WebSocketEndpoint?, _ configuration: ServerConfiguration) {
    self.responder = responder
    self.endpoint = endpoint
    idleTimeout = TimeAmount(configuration.idleTimeout)
    limits = configuration.connectionLimits
    maximumBodySize = configuration.maximumBodySize
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let promise = channel.eventLoop.makePromise(of: Outcome.self)
      let encoder = HTTPResponseEncoder()
      // What is more is answered by the guard.
      var decoderLimits = NIOHTTPDecoderLimitConfiguration()
      decoderLimits.maxHeaderFieldSize = limits.headSize
      decoderLimits.maxHeaderListSize = limits.headSize
      let decoder = ByteToMessageHandler(
        HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoderLimits))
      let pipeline = channel.pipeline.syncOperations
      let connection = ConnectionGuard(limits)
      try pipeline.addHandler(StalledClientHandler(timeout: limits.stallTimeout))
      try pipeline.addHandlers([connection, encoder, decoder])
      try pipeline.addHandler(
        FirstRequestHandler(
          timeout: idleTimeout,
          FirstRequestHandler.Outcome(
            http: { promise.succeed(.http(try http(on: $0, connection))) },
            admission: { endpoint?.handshake.admission(of: $0) },
            webSocket: { channel, head, admission in
              switchToFrames(channel, head, admission, encoder, decoder).map { promise.succeed($0) }
            },
            failure: { promise.fail($0) })))
      return Value(channel: channel, outcome: promise.futureResult)
    }
  }

  func handle(value: Value, logger: Logger) async {
    await withTaskExecutorPreference(LoopExecutor.of(value.channel.eventLoop)) {
      await serve(value)
    }
  }

  private func serve(_ value: Value) async {
    do {
      let outcome = try await withTaskCancellationHandler {
        try await value.outcome.get()
      } onCancel: {
        // A connection without a request so far has no other end.
        value.channel.close(mode: .input, promise: nil)
      }
      switch outcome {
      case .http(let exchanges): await serve(value.channel, exchanges)
      case .webSocket(let channel, let admission): await endpoint?.serve(channel, admission)
      }
    } catch {
      value.channel.close(promise: nil)
    }
  }

  /// Waits until the connection has ended, and what was done for it. Cancelling the calling task cuts it.
  private func serve(_ channel: any Channel, _ exchanges: NIOLoopBound<ExchangeHandler>) async {
    await withTaskCancellationHandler {
      try? await channel.closeFuture.get()
      await exchanges.value.waitForWork()
    } onCancel: {
      channel.eventLoop.execute { exchanges.value.abort() }
    }
  }

  // MARK: Pipelines

  private func http(on channel: any Channel, _ connection: ConnectionGuard) throws -> NIOLoopBound<ExchangeHandler> {
    // What a client does not take waits in the system, and here only as much as one write brings.
    try channel.syncOptions?.setOption(.writeBufferWaterMark, value: Self.writeWatermarks)
    let handler = ExchangeHandler(
      responder, connection, loop: channel.eventLoop, idleTimeout: idleTimeout, maximumBodySize: maximumBodySize)
    try channel.pipeline.syncOperations.addHandler(handler)
    return NIOLoopBound(handler, eventLoop: channel.eventLoop)
  }

  /// Answers 101 and takes HTTP out of the pipeline.
  private func switchToFrames(
    _ channel: any Channel, _ head: HTTPRequestHead, _ admission: WebSocketAdmission, _ encoder: HTTPResponseEncoder,
    _ decoder: ByteToMessageHandler<HTTPRequestDecoder>
  ) -> EventLoopFuture<Outcome> {
    let limit = endpoint?.limits.messageSize ?? 0
    var headers = HTTPHeaders()
    if let subprotocol = admission.subprotocol { headers.add(name: "Sec-WebSocket-Protocol", value: subprotocol) }
    let upgrader = NIOTypedWebSocketServerUpgrader<Outcome>(
      maxFrameSize: limit, enableAutomaticErrorHandling: false,
      shouldUpgrade: { [headers] channel, _ in channel.eventLoop.makeSucceededFuture(headers) },
      upgradePipelineHandler: { channel, _ in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(WebSocketInputHandler(limit: limit))
          return .webSocket(
            try NIOAsyncChannel(
              wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)),
            admission)
        }
      })
    let pipeline = channel.pipeline.syncOperations
    return upgrader.buildUpgradeResponse(channel: channel, upgradeRequest: head, initialResponseHeaders: [:])
      .assumeIsolated()
      .flatMap { headers in
        let answer = HTTPResponseHead(version: .http1_1, status: .switchingProtocols, headers: headers)
        channel.writeAndFlush(HTTPServerResponsePart.head(answer), promise: nil)
        return pipeline.removeHandler(decoder)
      }
      .flatMap { pipeline.removeHandler(encoder) }
      .flatMap { upgrader.upgrade(channel: channel, upgradeRequest: head) }
      .nonisolated()
  }
}
