import NIOCore

/// What waits to be sent on one connection. It is bounded: who sends waits for room, and a peer that does not make any
/// loses its connection.
final class WebSocketOutbox: Sendable {
  /// A message to the client.
  enum Message: Hashable, Sendable {
    case text([UInt8])
    case binary([UInt8])

    var size: Int {
      switch self {
      case .text(let bytes), .binary(let bytes): bytes.count
      }
    }
  }

  /// What is written next.
  enum Item: Hashable, Sendable {
    case message(Message)
    case ping([UInt8])
    case pong([UInt8])
    /// The last one.
    case close(WebSocketClosure)
  }

  fileprivate struct State: Sendable {
    var messages = CircularBuffer<Message>()
    var size = 0
    var ping: [UInt8]?
    var pong: [UInt8]?
    var closure: WebSocketClosure?
    /// Nothing is written any more.
    var isDone = false

    var isClosing: Bool { closure != nil || isDone }
  }

  private let limits: WebSocketLimits
  private let state = Monitor(State())
  /// Opens when the connection begins to close.
  let closing = Latch()

  init(_ limits: WebSocketLimits) { self.limits = limits }

  // MARK: Sending

  /// Puts a message in, when there is room.
  ///
  /// - Returns: whether it will be written, unless the connection breaks.
  @discardableResult
  func send(_ message: Message) async -> Bool {
    while true {
      if let isAccepted = put(message) { return isAccepted }
      if await !waitForRoom(for: message) { return false }
    }
  }

  /// `nil` when there is no room.
  private func put(_ message: Message) -> Bool? {
    state.update { [limits] state in
      if state.isClosing { return false }
      guard state.hasRoom(for: message, limits) else { return nil }
      state.messages.append(message)
      state.size += message.size
      return true
    }
  }

  /// - Returns: `false` when the message has no chance any more.
  private func waitForRoom(for message: Message) async -> Bool {
    let hasRoom = await withTaskGroup(of: Bool?.self) { group in
      group.addTask { [state, limits] in
        let hasRoom: Bool? = await state.wait { state in
          if state.isClosing { return false }
          return state.hasRoom(for: message, limits) ? true : nil
        }
        return hasRoom ?? false
      }
      group.addTask { [limits] in
        do {
          try await Task.sleep(for: limits.stallTime)
          return nil
        } catch {
          return false
        }
      }
      let first = await group.next() ?? false
      group.cancelAll()
      return first
    }
    if hasRoom == nil { close(.tooSlow, dropping: true) }
    return hasRoom ?? false
  }

  func ping(_ payload: [UInt8]) { state.update { $0.ping = payload } }

  /// Answers a ping. Of several that were not answered yet only the last one is (RFC 6455, section 5.5.3).
  func pong(_ payload: [UInt8]) { state.update { $0.pong = payload } }

  // MARK: Closing

  /// Closes the connection, once.
  ///
  /// - Parameter dropping: whether what waits is not sent any more.
  func close(_ closure: WebSocketClosure, dropping: Bool) {
    state.update { state in
      if state.isClosing { return }
      state.closure = closure
      if dropping { state.messages.removeAll() }
    }
    closing.open()
  }

  /// The peer is gone: nothing can be written any more.
  func abandon() {
    state.update { state in
      state.isDone = true
      state.messages.removeAll()
    }
    closing.open()
  }

  // MARK: Writing

  /// What is to be written next; `nil` when nothing follows.
  func next() async -> Item? {
    let item: Item?? = await state.wait { state in
      if state.isDone { return .some(nil) }
      if let pong = state.pong.take() { return .pong(pong) }
      if let ping = state.ping.take() { return .ping(ping) }
      if let message = state.messages.first { return .message(message) }
      guard let closure = state.closure else { return nil }
      state.isDone = true
      return .close(closure)
    }
    if case .message(let message)? = item ?? nil {
      // Apart from the wait, because those that wait for room are to learn of it.
      state.update { state in
        guard !state.messages.isEmpty else { return }
        state.messages.removeFirst()
        state.size -= message.size
      }
    }
    return item ?? nil
  }
}

extension WebSocketOutbox.State {
  fileprivate func hasRoom(for message: WebSocketOutbox.Message, _ limits: WebSocketLimits) -> Bool {
    messages.isEmpty || (messages.count < limits.outboxCount && size + message.size <= limits.outboxSize)
  }
}
