import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// The connections of a port: HTTP, and WebSocket where the first request asks for it and may.
struct ServiceChannel: ServerChildChannel, HTTPChannelHandler {
  /// What a connection has become.
  enum Outcome: Sendable {
    case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
    case webSocket(WebSocketConnection.Channel, WebSocketAdmission)
  }

  struct Value: ServerChildChannelValue {
    let channel: any Channel
    let outcome: EventLoopFuture<Outcome>
  }

  let responder: HTTPChannelHandler.Responder
  /// `nil` where there is only HTTP.
  let endpoint: WebSocketEndpoint?
  let idleTimeout: TimeAmount
  let limits: ConnectionLimits
  let maximumBodySize: Int

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
            http: { promise.succeed(.http(try http(on: $0, connection, logger))) },
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
      await serve(value, logger)
    }
  }

  private func serve(_ value: Value, _ logger: Logger) async {
    do {
      let outcome = try await withTaskCancellationHandler {
        try await value.outcome.get()
      } onCancel: {
        // A connection without a request so far has no other end.
        value.channel.close(mode: .input, promise: nil)
      }
      switch outcome {
      case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
      case .webSocket(let channel, let admission): await endpoint?.serve(channel, admission)
      }
    } catch {
      value.channel.close(promise: nil)
    }
  }

  // MARK: Pipelines

  private func http(
    on channel: any Channel, _ connection: ConnectionGuard, _ logger: Logger
  ) throws -> NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart> {
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(RequestRulesHandler(maximumBodySize: maximumBodySize))
    try pipeline.addHandler(RefusedUpgradeHandler())
    try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
    try pipeline.addHandler(RequestObserver(connection))
    try pipeline.addHandler(DisconnectHandler())
    try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: Duration(idleTimeout), logger: logger))
    return try NIOAsyncChannel(
      wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
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
