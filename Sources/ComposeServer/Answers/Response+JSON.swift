import Hummingbird
import NIOCore

extension Response {
  /// An answer whose body is JSON that has been written already.
  static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

/// The type of one header field, whose own name Hummingbird does not pass on.
typealias HeaderField = HTTPFields.Element

extension HeaderField.Name {
  // These are tokens (RFC 9110, section 5.1), which is all that the initializer checks.
  static let accelBuffering = HeaderField.Name("X-Accel-Buffering")!
  static let lastEventID = HeaderField.Name("Last-Event-ID")!
  static let taskID = HeaderField.Name("X-Task-Id")!
  static let referrerPolicy = HeaderField.Name("Referrer-Policy")!
  static let webSocketProtocol = HeaderField.Name("Sec-WebSocket-Protocol")!
  static let webSocketVersion = HeaderField.Name("Sec-WebSocket-Version")!
}
