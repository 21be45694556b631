import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Tells the ``ConnectionGuard`` where requests and answers begin and end.
final class RequestObserver: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let connection: ConnectionGuard
  /// Whether the rest belongs to a request that is not worked on.
  private var isRefused = false

  init(_ connection: ConnectionGuard) { self.connection = connection }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isRefused { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      isRefused = !connection.headCompleted(size: head.size, targetSize: head.path?.utf8.count ?? 0)
      if isRefused { return }
    case .body: break
    case .end: connection.requestEnded()
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part = unwrapOutboundIn(data)
    if case .head(let head) = part, head.status.kind != .informational { connection.answerBegan() }
    context.write(data, promise: promise)
    if case .end = part { connection.answerEnded() }
  }
}

extension HTTPRequest {
  /// As many bytes as it has at least had on its way.
  fileprivate var size: Int {
    let line = method.rawValue.utf8.count + (path?.utf8.count ?? 0) + "  HTTP/1.1\r\n\r\n".utf8.count
    let host = (authority?.utf8.count ?? 0) + "Host: \r\n".utf8.count
    return headerFields.reduce(line + host) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
  }
}
