import Glibc

/// A client's connection to a loopback port for tests that care about each byte. It reads on a thread of its own.
package final class RawConnection: Sendable {
  private struct State: Sendable {
    var received: [UInt8] = []
    var hasEnded = false
    var wasReset = false

    var summary: String {
      "\(received.count) bytes\(hasEnded ? ", ended" : ""): \(String(decoding: received.suffix(2_000), as: UTF8.self))"
    }
  }

  private let state = Watched(State())
  private let socket: Int32

  package init(port: Int) throws(TestSupportError) {
    // Connecting to a loopback port does not block: it stands or is refused at once.
    let socket = try connectToLoopback(port: port)
    self.socket = socket
    let state = state
    runOnOwnThread {
      var bytes = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = recv(socket, &bytes, bytes.count, 0)
        if count < 0, errno == EINTR { continue }
        if count <= 0 {
          let wasReset = count < 0
          state.update { state in
            state.hasEnded = true
            state.wasReset = wasReset
          }
          return
        }
        let chunk = Array(bytes[..<count])
        state.update { $0.received += chunk }
      }
    }
  }

  deinit {
    hangUp()
    // The thread may still be about to read: it is left the descriptor's number until it has ended.
    let state = state
    let socket = socket
    Task {
      try? await state.wait(for: "the end", describe: \.summary) { $0.hasEnded ? () : nil }
      close(socket)
    }
  }

  /// Everything that has come so far.
  package var received: [UInt8] { state.value.received }

  package var hasEnded: Bool { state.value.hasEnded }

  /// Whether the end was a reset.
  package var wasReset: Bool { state.value.wasReset }

  package func send(_ text: String) { send(Array(text.utf8)) }

  /// Sends on a thread of its own, because the peer may not read; of two sends at once the order is open.
  package func send(_ bytes: [UInt8]) {
    let socket = socket
    runOnOwnThread { [self] in
      // Keeps the connection, and with it the descriptor, until all is sent.
      withExtendedLifetime(self) {
        var rest = bytes[...]
        while !rest.isEmpty {
          let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
          if count < 0 { return }
          rest = rest.dropFirst(count)
        }
      }
    }
  }

  /// Ends what is sent, and goes on reading.
  package func endSending() { shutdown(socket, Int32(SHUT_WR)) }

  /// Closes both directions.
  package func hangUp() { shutdown(socket, Int32(SHUT_RDWR)) }

  /// Waits until the text has come, and returns all that has.
  @discardableResult
  package func wait(for text: String) async throws(TestSupportError) -> String {
    let wanted = Array(text.utf8)
    return try await state.wait(for: "'\(text)'", describe: \.summary) {
      $0.received.contains(wanted) ? String(decoding: $0.received, as: UTF8.self) : nil
    }
  }

  /// Waits until what has come so far, and whether the connection has ended, gives something.
  package func wait<Result: Sendable>(
    for what: String, until pick: @escaping @Sendable ([UInt8], Bool) -> Result?
  ) async throws(TestSupportError) -> Result {
    try await state.wait(for: what, describe: \.summary) { pick($0.received, $0.hasEnded) }
  }

  /// Waits until the peer ends the connection, and returns all that has come.
  package func waitForEnd(atMost limit: Duration = .seconds(300)) async throws(TestSupportError) -> String {
    try await state.wait(for: "the end of the connection", atMost: limit, describe: \.summary) {
      $0.hasEnded ? String(decoding: $0.received, as: UTF8.self) : nil
    }
  }
}

extension RawConnection {
  /// Waits for one HTTP answer: to the end of its `Content-Length`, or without one to the end of the connection.
  package func waitForAnswer(
    atMost limit: Duration = .seconds(300)
  ) async throws(TestSupportError) -> (status: Int, body: String) {
    let answer = try await state.wait(for: "an HTTP answer", atMost: limit, describe: \.summary) { state in
      state.hasEnded || RawConnection.isComplete(state.received) ? String(decoding: state.received, as: UTF8.self) : nil
    }
    let status = answer.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) }
    guard let status, let head = answer.firstRange(of: "\r\n\r\n") else {
      throw TestSupportError("no HTTP answer: \(answer.prefix(200))")
    }
    return (status, String(answer[head.upperBound...]))
  }

  private static func isComplete(_ bytes: [UInt8]) -> Bool {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return false }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
    guard let length = head.firstMatch(of: /\r\ncontent-length:[ ]*([0-9]+)/).flatMap({ Int($0.1) }) else {
      return false
    }
    return bytes.count - end.upperBound >= length
  }
}

/// One HTTP/1.1 request with a connection of its own to a loopback port.
package func rawExchange(
  _ method: String, _ path: String, port: Int, body: String? = nil, atMost limit: Duration = .seconds(300)
) async throws(TestSupportError) -> (status: Int, body: String) {
  let connection = try RawConnection(port: port)
  var request = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
  if let body { request += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
  connection.send(request + "\r\n" + (body ?? ""))
  // Not simply to the end of the connection: a browser inherits it from its driver and keeps it open.
  return try await connection.waitForAnswer(atMost: limit)
}
