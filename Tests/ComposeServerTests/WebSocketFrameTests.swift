import ComposePlan
import ComposeRuntime
import ComposeServer
import ComposeTestSupport
import Glibc
import Testing

/// What RFC 6455 says of frames, against a service.
@Suite struct WebSocketFrameTests {
  /// A case of `Fixtures/websocket/frames.json`: what is sent, and what comes back.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let send: [UInt8]
    /// A whole frame.
    let answer: [UInt8]?
    /// The type of a message.
    let message: String?
    /// The code that the connection is closed with.
    let close: Int?

    var testDescription: String { name }

    static let all: [Case] = {
      let path = Files.repository + "/Fixtures/websocket/frames.json"
      guard let bytes = try? Files.read(path), let cases = try? TestJSON(bytes).array else { return [] }
      return cases.map { json in
        Case(
          name: json["name"]?.string ?? "", send: Case.bytes(ofHex: json["send"]?.string ?? ""),
          answer: json["answer"]?.string.map { Case.bytes(ofHex: $0) }, message: json["message"]?.string,
          close: json["close"]?.integer)
      }
    }()

    private static func bytes(ofHex text: String) -> [UInt8] {
      text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
    }
  }

  @Test func thereAreCases() { #expect(Case.all.count > 35) }

  @Test(arguments: Case.all) func frames(_ example: Case) async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let client = try await WebSocketClient.connect(service)
      client.connection.send(example.send)
      if let answer = example.answer {
        try await client.connection.wait(for: "the answer") { bytes, _ in bytes.contains(answer) ? () : nil }
      }
      if let message = example.message { _ = try await client.message(message) }
      if let code = example.close {
        #expect(try await client.closeCode() == code)
        client.connection.hangUp()
        _ = try await client.connection.waitForEnd()
      }
    }
  }

  @Test func aMessageInFragmentsIsLimited() async throws {
    try await withService(smallPlan(workflow("w"))) {
      $0.webSocketLimits.messageSize = 1_000
    } _: { service in
      let client = try await WebSocketClient.connect(service)
      let piece = [UInt8](repeating: 0x20, count: 600)
      client.connection.send(
        WebSocketClient.frame(1, piece, isLast: false) + WebSocketClient.frame(0, piece, isLast: true))
      #expect(try await client.closeCode() == 1009)
    }
  }

  /// The close frame must arrive although the client is still sending.
  @Test func theReasonArrivesWhileAMessageIsSent() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let client = try await WebSocketClient.connect(service)
      client.connection.send(WebSocketClient.frame(1, [UInt8](repeating: 0x20, count: 8 << 20)))
      #expect(try await client.closeCode() == 1009)
      // The server ends its side, and is not reset.
      client.connection.hangUp()
      _ = try await client.connection.waitForEnd()
    }
  }

  @Test func bytesInSmallPieces() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let socket = try connectToLoopback(port: service.port)
      defer { close(socket) }
      let request = Array(webSocketRequest("/api/ws", port: service.port).utf8)
      let bytes = request + WebSocketClient.frame(1, Array(#"{"type":"ping","id":"slow"}"#.utf8))
      // One thread, since of two sends at once the order is open.
      let answer = await computed {
        for byte in bytes { _ = withUnsafeBytes(of: byte) { send(socket, $0.baseAddress, 1, Int32(MSG_NOSIGNAL)) } }
        var answer = ""
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while !answer.contains(#""type":"pong","id":"slow""#) {
          let count = recv(socket, &buffer, buffer.count, 0)
          if count <= 0 { break }
          answer += String(decoding: buffer[..<count], as: UTF8.self)
        }
        return answer
      }
      #expect(answer.contains(#""type":"pong","id":"slow""#))
    }
  }

  @Test func frameBehindTheRequest() async throws {
    try await withService(smallPlan(workflow("w"))) { service in
      let connection = try service.connect()
      let frame = WebSocketClient.frame(1, Array(#"{"type":"ping"}"#.utf8))
      connection.send(Array(webSocketRequest("/api/ws", port: service.port).utf8) + frame)
      try await connection.wait(for: #""type":"pong""#)
    }
  }
}
