import NIOCore
import NIOHTTP1

/// Holds requests and answers to what HTTP/1.1 asks of a server and the libraries leave open (RFC 9110 and 9112).
///
/// A request names one host, in one way, and has no coding that would have to be undone. A client that waits to be told before it sends its body is told. One that
/// speaks HTTP/1.0 gets no chunks, and like one that asks for it in whatever spelling, it sees its connection end.
final class RequestRulesHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// What an answer must know of its request.
  private struct Request {
    /// Whether the client knows nothing of HTTP/1.1.
    var isOld: Bool
    var isLast: Bool
  }

  private let maximumBodySize: Int
  /// Those that have no whole answer yet, the oldest first. How many are read ahead is bounded by the channel.
  private var requests: [Request] = []
  private var isRefused = false

  init(maximumBodySize: Int) { self.maximumBodySize = maximumBodySize }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isRefused { return }
    guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
    guard head.namesOneHost, head.isCodedAtMostInChunks else {
      isRefused = true
      // Answered with 400 when the requests before it are.
      return context.fireErrorCaught(HTTPParserError.unknown)
    }
    var request = Request(isOld: head.isOld, isLast: head.isOld || head.asksForTheEnd)
    if head.waitsToBeTold {
      // It may find out by itself that others are answered first.
      if head.bodyLength > maximumBodySize {
        request.isLast = true
      } else if requests.isEmpty {
        let informed = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(informed)), promise: nil)
      }
    }
    if request.isLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
    requests.append(request)
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  // MARK: Answers

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      guard let request = requests.first else { break }
      if request.isLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
      // The encoder writes no chunks then: the end of the connection is the end of the body.
      if request.isOld { head.version = .http1_0 }
      return context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .end: if !requests.isEmpty { requests.removeFirst() }
    case .body: break
    }
    context.write(data, promise: promise)
  }
}

extension HTTPRequestHead {
  /// Whether there is one `Host`, and the target of the request names no other (RFC 9112, section 3.2).
  fileprivate var namesOneHost: Bool {
    let hosts = headers["host"]
    guard hosts.count == 1 || (hosts.isEmpty && isOld) else { return false }
    guard !uri.hasPrefix("/"), let scheme = uri.firstRange(of: "://") else { return true }
    let authority = uri[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return authority.lowercased() == hosts.first?.lowercased()
  }

  /// Whether the body is sent as it is, perhaps in chunks: nothing here undoes another coding (RFC 9112, section 6.1).
  fileprivate var isCodedAtMostInChunks: Bool {
    headers[canonicalForm: "transfer-encoding"].allSatisfy { $0.lowercased() == "chunked" }
  }

  fileprivate var isOld: Bool { version == .http1_0 || version == .http0_9 }

  fileprivate var asksForTheEnd: Bool { names("close", in: "connection") }

  fileprivate var waitsToBeTold: Bool { !isOld && names("100-continue", in: "expect") }

  fileprivate var bodyLength: Int { headers.first(name: "content-length").flatMap { Int($0) } ?? 0 }

  private func names(_ token: String, in name: String) -> Bool {
    headers[canonicalForm: name].contains { $0.lowercased() == token }
  }
}
