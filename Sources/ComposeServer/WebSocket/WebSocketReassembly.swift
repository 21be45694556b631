import NIOCore
import NIOWebSocket

/// What a peer has sent.
enum WebSocketReceipt: Hashable, Sendable {
  case text(String)
  case binary([UInt8])
  case ping([UInt8])
  case pong([UInt8])
  /// `nil` when the peer gave no code.
  case close(UInt16?)
}

/// Puts messages together from frames and refuses what RFC 6455 does not allow.
struct WebSocketReassembly: Sendable {
  /// Of one message, in bytes.
  let limit: Int
  /// The message whose frames are coming.
  private var partial: (isText: Bool, bytes: ByteBuffer)?

  init(limit: Int) { self.limit = limit }

  /// Takes the next frame.
  ///
  /// - Returns: what is complete with it; `nil` when more frames belong to the message.
  /// - Throws: what the connection is to be closed with.
  mutating func take(_ frame: WebSocketFrame) throws(WebSocketClosure) -> WebSocketReceipt? {
    guard frame.maskKey != nil else { throw .violation("Frames of clients must be masked.") }
    guard !frame.rsv1, !frame.rsv2, !frame.rsv3 else { throw .violation("No extension was agreed on.") }
    switch frame.opcode {
    case .text: return try begin(frame, isText: true)
    case .binary: return try begin(frame, isText: false)
    case .continuation:
      guard partial != nil else { throw .violation("A continuation without a beginning.") }
      return try append(frame)
    case .ping: return .ping([UInt8](buffer: frame.unmaskedData))
    case .pong: return .pong([UInt8](buffer: frame.unmaskedData))
    case .connectionClose: return try close(frame.unmaskedData)
    default: throw .violation("An unknown kind of frame.")
    }
  }

  private mutating func begin(
    _ frame: WebSocketFrame, isText: Bool
  ) throws(WebSocketClosure) -> WebSocketReceipt? {
    guard partial == nil else { throw .violation("A message begins before the last one has ended.") }
    partial = (isText, ByteBuffer())
    return try append(frame)
  }

  private mutating func append(_ frame: WebSocketFrame) throws(WebSocketClosure) -> WebSocketReceipt? {
    guard let (isText, begun) = partial.take() else { return nil }
    var bytes = begun
    guard bytes.readableBytes + frame.length <= limit else { throw .tooLarge(limit: limit) }
    var data = frame.unmaskedData
    bytes.writeBuffer(&data)
    guard frame.fin else {
      partial = (isText, bytes)
      return nil
    }
    guard isText else { return .binary([UInt8](buffer: bytes)) }
    guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else { throw .invalidText }
    return .text(text)
  }

  private func close(_ payload: ByteBuffer) throws(WebSocketClosure) -> WebSocketReceipt {
    var payload = payload
    if payload.readableBytes == 0 { return .close(nil) }
    guard let code = payload.readInteger(as: UInt16.self), WebSocketClosure.isValid(code) else {
      throw .violation("The code of a close frame is not valid.")
    }
    guard String(validating: payload.readableBytesView, as: UTF8.self) != nil else { throw .invalidReason }
    return .close(code)
  }
}

/// What comes from the frame decoder: a frame, or why there are none any more.
enum WebSocketInput: Sendable {
  case frame(WebSocketFrame)
  case invalid(WebSocketClosure)
}

/// Hands the decoder's errors on as input: as errors they would end the output, too, on which the close frame goes.
final class WebSocketInputHandler: ChannelInboundHandler, Sendable {
  typealias InboundIn = WebSocketFrame
  typealias InboundOut = WebSocketInput

  let limit: Int

  init(limit: Int) { self.limit = limit }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    context.fireChannelRead(wrapInboundOut(.frame(unwrapInboundIn(data))))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case NIOWebSocketError.invalidFrameLength:
      context.fireChannelRead(wrapInboundOut(.invalid(.tooLarge(limit: limit))))
    case is NIOWebSocketError:
      context.fireChannelRead(wrapInboundOut(.invalid(.violation("A control frame is fragmented or too long."))))
    case is ByteToMessageDecoderError:
      // What still comes behind the first error is of no interest.
      return
    default: context.fireErrorCaught(error)
    }
    context.fireChannelReadComplete()
  }
}
