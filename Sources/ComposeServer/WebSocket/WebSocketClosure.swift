/// Why a connection is closed, as its close frame says it (RFC 6455, section 7.4).
struct WebSocketClosure: Error, Hashable, Sendable {
  let code: UInt16
  /// One line for people, at most 123 bytes of UTF-8.
  let reason: String

  init(_ code: UInt16, _ reason: String = "") {
    self.code = code
    self.reason = reason
  }

  static let normal = WebSocketClosure(1000)
  static let goingAway = WebSocketClosure(1001, "The service is shutting down.")
  static let idle = WebSocketClosure(1001, "The connection was idle for too long.")
  static let invalidText = WebSocketClosure(1007, "A text message must be UTF-8.")
  static let invalidReason = WebSocketClosure(1007, "The reason of a close frame must be UTF-8.")
  static let deaf = WebSocketClosure(1011, "No answer to a ping.")
  static let tooSlow = WebSocketClosure(1013, "The client does not read what it is sent.")
  /// The reference's own codes.
  static let sessionInUse = WebSocketClosure(4409, "Session already connected")
  static let tooMany = WebSocketClosure(4429, "Too many connections")

  static func violation(_ what: String) -> WebSocketClosure { WebSocketClosure(1002, what) }

  static func tooLarge(limit: Int) -> WebSocketClosure {
    WebSocketClosure(1009, "A message may have at most \(limit) bytes.")
  }

  /// The payload of the close frame.
  var payload: [UInt8] { [UInt8(code >> 8), UInt8(code & 255)] + Array(reason.utf8.prefix(123)) }

  /// Whether a peer may send the code (RFC 6455, section 7.4.2; 1012 to 1014 were registered later).
  static func isValid(_ code: UInt16) -> Bool {
    switch code {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}
