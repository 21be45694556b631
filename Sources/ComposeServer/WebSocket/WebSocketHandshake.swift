import ComposeBasic
import Hummingbird
import NIOHTTP1

/// What an accepted request for a connection has said.
struct WebSocketAdmission: Sendable {
  let caller: Caller
  /// `session` of the query.
  let sessionID: String?
  /// `task` of the query.
  let taskID: String?
  /// What the client is told to have chosen.
  let subprotocol: String?
}

/// Decides whether a request becomes a connection. Every other request stays an ordinary one and gets an answer that
/// says what is wrong with it.
struct WebSocketHandshake: Sendable {
  /// What this protocol is called, for those that cannot send headers and name their key as another protocol.
  static let subprotocol = "model-compose"
  private static let keyPrefix = "bearer."

  /// Where the endpoint is; several on the port of the web page.
  let paths: Set<String>
  let policy: OriginPolicy
  /// Who presents this value of `Authorization`; `nil` for nobody who may ask.
  let caller: @Sendable (String?) -> Caller?
  let limits: WebSocketLimits

  /// `nil` for a request that stays an ordinary one.
  func admission(of head: HTTPRequestHead) -> WebSocketAdmission? {
    let headers = head.headers
    let target = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let parts = pathParts(target.first ?? ""), !parts.contains(where: { $0.contains("/") }),
      paths.contains(parts.joined(separator: "/")), isUpgrade(head)
    else { return nil }
    let decision = policy.decide(host: headers.first(name: "host"), origin: headers.first(name: "origin"))
    guard case .allowed = decision else { return nil }
    let offers = headers["sec-websocket-protocol"]
    let authorization = Self.authorization(headers.first(name: "authorization"), protocols: offers)
    guard let caller = caller(authorization) else { return nil }
    let query = target.count > 1 ? target[1] : ""
    let session = parameter("session", of: query)
    if let session, !isSessionID(session) { return nil }
    return WebSocketAdmission(
      caller: caller, sessionID: session, taskID: parameter("task", of: query),
      subprotocol: Self.tokens(offers).contains(Self.subprotocol) ? Self.subprotocol : nil)
  }

  /// The value of `Authorization`, or what stands for it in `Sec-WebSocket-Protocol`: browsers cannot send the former.
  static func authorization(_ header: String?, protocols: [String]) -> String? {
    if let header { return header }
    guard let key = tokens(protocols).first(where: { $0.hasPrefix(keyPrefix) }) else { return nil }
    return "Bearer " + key.dropFirst(keyPrefix.count)
  }

  /// The answer to a request for the path that does not become a connection although its sender may ask.
  static var refusal: Response {
    let answer = ErrorAnswer(
      .upgradeRequired, "upgrade-required",
      "This path speaks WebSocket (version 13, GET, HTTP/1.1), as the first request of its connection. "
        + "A 'session' is at most 128 bytes without blanks.")
    var response = answer.response
    response.headers[.upgrade] = "websocket"
    response.headers[.webSocketVersion] = "13"
    return response
  }

  // MARK: Parts

  private func isUpgrade(_ head: HTTPRequestHead) -> Bool {
    let headers = head.headers
    let keys = headers["sec-websocket-key"]
    return head.method == .GET && head.version == .http1_1
      && Self.tokens(headers["upgrade"]).contains { $0.lowercased() == "websocket" }
      && Self.tokens(headers["connection"]).contains { $0.lowercased() == "upgrade" }
      && headers["sec-websocket-version"] == ["13"] && keys.count == 1 && isKey(keys[0])
      // A body would stand where frames are expected.
      && !headers.contains(name: "transfer-encoding") && (headers.first(name: "content-length") ?? "0") == "0"
  }

  /// Whether it is 16 bytes in base 64.
  private func isKey(_ key: String) -> Bool {
    let isDigit = { (byte: UInt8) in
      Character(Unicode.Scalar(byte)).isLetter || (0x30...0x39).contains(byte) || byte == 0x2B || byte == 0x2F
    }
    return key.utf8.count == 24 && key.hasSuffix("==") && key.utf8.dropLast(2).allSatisfy { $0 < 0x80 && isDigit($0) }
  }

  private func isSessionID(_ id: String) -> Bool {
    !id.isEmpty && id.utf8.count <= limits.sessionIDSize && id.unicodeScalars.allSatisfy { $0.value > 0x20 }
  }

  /// The elements of a header that is a list.
  private static func tokens(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",") }.map { String($0).trimmingBlanks }
  }

  private func parameter(_ name: String, of query: Substring) -> String? {
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0] == name, !parts[1].isEmpty else { continue }
      return percentDecoded(parts[1])
    }
    return nil
  }
}
