import ComposePlan
import ComposeTestSupport
import Synchronization

/// A client of the WebSocket endpoint that writes and reads frames itself, so that it can also be wrong about them.
final class WebSocketClient: Sendable {
  /// What the server has sent.
  struct Frame: Hashable, Sendable {
    let opcode: UInt8
    let payload: [UInt8]

    /// The code of a close frame.
    var code: Int? { opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil }
  }

  /// A message of the protocol.
  struct Message: Sendable {
    let type: String
    let id: String?
    let data: TestJSON
    let timestamp: String?

    var state: TestJSON? { data["state"] }
    var status: String? { data["status"]?.string }
    var taskID: String { data["task_id"]?.string ?? "" }
    var code: String? { data["code"]?.string }
    /// What a stream is pulled by.
    var variable: TestJSON? { data["output"]?["__variable__"] }
  }

  let connection: RawConnection
  /// How many frames the test has looked at.
  private let taken = Mutex(0)

  private init(_ connection: RawConnection) { self.connection = connection }

  /// Connects and waits until the service has agreed.
  static func connect(
    _ service: RunningService, _ path: String = "/api/ws", _ headers: [String: String] = [:]
  ) async throws -> WebSocketClient {
    let client = WebSocketClient(try service.connect())
    client.connection.send(webSocketRequest(path, headers, port: service.port))
    let answer = try await client.connection.wait(for: "\r\n\r\n")
    guard answer.hasPrefix("HTTP/1.1 101 ") else { throw TestSupportError("no connection: \(answer)") }
    return client
  }

  // MARK: Sending

  /// Sends text messages, in one write: the order of several writes would be open.
  func send(_ messages: String...) {
    connection.send(messages.flatMap { WebSocketClient.frame(1, Array($0.utf8)) })
  }

  func send(bytes: [UInt8]...) { connection.send(bytes.flatMap { WebSocketClient.frame(2, $0) }) }

  /// A masked frame.
  static func frame(_ opcode: UInt8, _ payload: [UInt8], isLast: Bool = true) -> [UInt8] {
    let mask: [UInt8] = [0x12, 0x34, 0x56, 0x78]
    var head = [(isLast ? 0x80 : 0) | opcode]
    switch payload.count {
    case ..<126: head.append(0x80 | UInt8(payload.count))
    case ..<65_536: head += [0xFE, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default: head += [0xFF] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
    }
    return head + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
  }

  // MARK: Receiving

  /// The next frame that was not looked at yet and fits; those before it are skipped. `nil` when the connection ends
  /// without one.
  func frame(_ what: String, where fits: @escaping @Sendable (Frame) -> Bool) async throws -> Frame? {
    let start = taken.withLock { $0 }
    let found: (count: Int, frame: Frame?) = try await connection.wait(for: what) { bytes, hasEnded in
      let frames = WebSocketClient.frames(of: bytes)
      if let index = frames.indices.dropFirst(start).first(where: { fits(frames[$0]) }) {
        return (index + 1, frames[index])
      }
      return hasEnded ? (frames.count, nil) : nil
    }
    taken.withLock { $0 = found.count }
    return found.frame
  }

  /// The next message of that type whose data are as wanted; others are skipped.
  func message(
    _ type: String, where fits: @escaping @Sendable (Message) -> Bool = { _ in true }
  ) async throws -> Message {
    let found = try await frame("the message \(type)") { frame in
      WebSocketClient.message(frame).map { $0.type == type && fits($0) } ?? false
    }
    guard let found, let message = WebSocketClient.message(found) else {
      throw TestSupportError("the connection ended without the message \(type)")
    }
    return message
  }

  func status(_ status: String) async throws -> Message { try await message("task_state") { $0.status == status } }

  /// The next message, whatever it is.
  func next() async throws -> Message {
    guard let frame = try await frame("a message", where: { $0.opcode == 1 }),
      let message = WebSocketClient.message(frame)
    else { throw TestSupportError("the connection ended without a message") }
    return message
  }

  /// The code of the close frame; `nil` when the connection ends without one.
  func closeCode() async throws -> Int? { try await frame("the close frame") { $0.opcode == 8 }?.code }

  /// Looks at everything again.
  func rewind() { taken.withLock { $0 = 0 } }

  static func message(_ frame: Frame) -> Message? {
    guard frame.opcode == 1, let json = try? TestJSON(frame.payload), let type = json["type"]?.string,
      let data = json["data"]
    else { return nil }
    return Message(type: type, id: json["id"]?.string, data: data, timestamp: json["timestamp"]?.string)
  }

  /// The whole frames behind the head of the answer.
  static func frames(of bytes: [UInt8]) -> [Frame] {
    guard let head = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return [] }
    var rest = bytes[head.upperBound...]
    var frames: [Frame] = []
    while rest.count >= 2 {
      let opcode = rest[rest.startIndex] & 15
      var length = Int(rest[rest.startIndex + 1] & 127)
      let extra = length == 126 ? 2 : length == 127 ? 8 : 0
      guard rest.count >= 2 + extra else { break }
      if extra > 0 { length = rest.dropFirst(2).prefix(extra).reduce(0) { $0 << 8 | Int($1) } }
      guard rest.count >= 2 + extra + length else { break }
      frames.append(Frame(opcode: opcode, payload: Array(rest.dropFirst(2 + extra).prefix(length))))
      rest = rest.dropFirst(2 + extra + length)
    }
    return frames
  }
}

/// A request for a connection; a header in `headers` takes the place of the usual one, an empty one leaves it out.
func webSocketRequest(_ path: String, _ headers: [String: String] = [:], port: Int) -> String {
  let usual = [
    "Connection": "keep-alive, Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  ]
  return requestText("GET", path, usual.merging(headers) { $1 }, body: nil, port: port)
}

/// The same plan with an endpoint of other settings.
func serving(webSocket: ServingPlan.WebSocket?) -> ServingPlan {
  let api = ServingPlan.API(
    ServingPlan.Address(host: "127.0.0.1", port: 0), basePath: "/api", webSocket: webSocket)
  return ServingPlan(apis: [api], webUI: nil)
}
