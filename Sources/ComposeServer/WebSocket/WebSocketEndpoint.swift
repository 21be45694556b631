/// `GET …/ws` of one port (`docs/websocket.md`).
struct WebSocketEndpoint: Sendable {
  let handshake: WebSocketHandshake
  let limits: WebSocketLimits
  let sessions: WebSocketSessions
  let lifecycle: Lifecycle

  /// Holds a connection to its end.
  func serve(_ channel: WebSocketConnection.Channel, _ admission: WebSocketAdmission) async {
    let outbox = WebSocketOutbox(limits)
    let connection = WebSocketConnection(channel: channel, limits: limits, outbox: outbox, lifecycle: lifecycle)
    let session: WebSocketSession
    do throws(WebSocketClosure) {
      session = try sessions.open(admission, outbox, limits)
    } catch {
      // Only an open connection can be told a code.
      outbox.close(error, dropping: true)
      session = sessions.refused(admission, outbox)
    }
    await connection.run(session)
  }
}
