import NIOCore
import NIOHTTP1

/// Holds requests and answers to what HTTP/1.1 asks of a server and the libraries leave open (RFC 9110 and 9112).
///
/// A request names one host, in one way, and has no coding that would have to be undone. A client that waits to be told
/// before it sends its body is told. One that speaks HTTP/1.0 gets no chunks, and like one that asks for it in whatever
/// spelling, or for a protocol that it does not get, it sees its connection end.
struct RequestRules {
  /// What is to be done with a request.
  enum Decision {
    /// - Parameter tells: whether the client is to be told that it may send its body.
    case accepted(tells: Bool)
    /// Answered with 400 when the requests before it are; nothing behind it is understood.
    case refused
  }

  /// What an answer must know of its request.
  private struct Request {
    /// Whether the client knows nothing of HTTP/1.1.
    var isOld: Bool
    var isLast: Bool
  }

  private let maximumBodySize: Int
  /// Those that have no whole answer yet, the oldest first. How many are read ahead is bounded by the connection.
  private var requests: [Request] = []

  init(maximumBodySize: Int) { self.maximumBodySize = maximumBodySize }

  /// Takes a request in the order of the connection.
  mutating func decide(on head: HTTPRequestHead) -> Decision {
    guard head.namesOneHost, head.isCodedAtMostInChunks else { return .refused }
    var request = Request(isOld: head.isOld, isLast: head.isOld || head.asksForTheEnd || head.asksForAnotherProtocol)
    var tells = false
    if head.waitsToBeTold {
      // It may find out by itself that others are answered first.
      if head.bodyLength > maximumBodySize { request.isLast = true } else { tells = requests.isEmpty }
    }
    requests.append(request)
    return .accepted(tells: tells)
  }

  /// Makes the head of an answer one that the client of the oldest request understands.
  func amend(_ head: inout HTTPResponseHead) {
    guard let request = requests.first else { return }
    if request.isLast { head.headers.replaceOrAdd(name: "connection", value: "close") }
    // The encoder writes no chunks then: the end of the connection is the end of the body.
    if request.isOld { head.version = .http1_0 }
  }

  /// The oldest request has its whole answer.
  ///
  /// - Returns: whether it was the last one of its connection.
  mutating func answerEnded() -> Bool { requests.isEmpty ? false : requests.removeFirst().isLast }
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

  /// The connection becomes no other: WebSocket is refused by now, and others are not spoken (RFC 9110, section 7.8).
  fileprivate var asksForAnotherProtocol: Bool { headers.contains(name: "upgrade") }

  fileprivate var waitsToBeTold: Bool { !isOld && names("100-continue", in: "expect") }

  fileprivate var bodyLength: Int { headers.first(name: "content-length").flatMap { Int($0) } ?? 0 }

  private func names(_ token: String, in name: String) -> Bool {
    headers[canonicalForm: name].contains { $0.lowercased() == token }
  }
}
