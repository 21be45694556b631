import ComposeBasic
import ComposeRuntime
import Synchronization

/// The streams that the input of one request has announced.
final class AnnouncedStreams: Sendable {
  /// Opened when the client has been told that the run has begun: only then is it asked for chunks.
  let isBegun = Latch()
  private let list = Mutex<[String]>([])

  var ids: [String] { list.withLock { $0 } }

  func append(_ id: String) { list.withLock { $0.append(id) } }
}

// MARK: Outputs

extension WebSocketSession {
  /// `stream_pull`: another chunk of an output.
  func pull(_ request: WebSocketRequest) throws(WebSocketFault) {
    let id = try request.text("id")
    let after = try request.count("after")
    let (open, hasEnded) = state.withValue { ($0.outgoing[id], $0.endedStreams.contains(id)) }
    if let open, after == nil {
      guard open.pull(atMost: limits.maximumCredit) else {
        throw .limit("At most \(limits.maximumCredit) chunks of a stream may be asked for in advance")
      }
      return
    }
    if hasEnded, after == nil { throw .streamNotFound(id, "Outbound") }
    guard let task = try? task(id), let source = OutgoingStream.Source(of: task.snapshot) else {
      throw .streamNotFound(id, "Outbound")
    }
    let stream = try OutgoingStream(id, source, after: after ?? 0)
    do throws(WebSocketFault) {
      try add(stream)
    } catch {
      stream.close()
      throw error
    }
  }

  /// Takes the place of the same stream at another position.
  private func add(_ stream: OutgoingStream) throws(WebSocketFault) {
    let id = stream.id
    let earlier = state.update { [limits] state -> OutgoingStream?? in
      if state.isEnded || (state.outgoing[id] == nil && state.outgoing.count >= limits.maximumStreams) { return nil }
      return .some(state.outgoing.updateValue(stream, forKey: id))
    }
    guard let earlier else { throw .limit("A connection may have at most \(limits.maximumStreams) streams open") }
    earlier?.close()
    start { [self] in
      await stream.serve(envelope, outbox) { self.forget(stream) }
      forget(stream)
    }
  }

  private func forget(_ stream: OutgoingStream) {
    state.update { [limits] state in
      guard state.outgoing[stream.id] === stream else { return }
      state.outgoing[stream.id] = nil
      state.endedStreams.append(stream.id)
      if state.endedStreams.count > limits.maximumSubscriptions { state.endedStreams.removeFirst() }
    }
  }

  /// `stream_close`: the client wants no more of an output.
  func close(_ request: WebSocketRequest) throws(WebSocketFault) {
    let id = try request.text("id")
    guard let stream = state.withValue({ $0.outgoing[id] }) else { return }
    stream.close()
    forget(stream)
  }
}

// MARK: Inputs

extension WebSocketSession {
  /// An input with the bytes and streams that it announces.
  func input(_ value: Value, _ announced: AnnouncedStreams) throws(WebSocketFault) -> Value {
    let decoder = VariableDecoder { (id, kind, variable) throws(WebSocketFault) in
      let stream = IncomingStream(id, kind, self.envelope, self.outbox, from: announced.isBegun)
      try self.add(stream)
      announced.append(id)
      let text = { (name: String) -> String? in if case .text(let text)? = variable[name] { text } else { nil } }
      return stream.value(contentType: text("content_type"), filename: text("filename")) { [weak self] in
        self?.giveUp(stream)
      }
    }
    return try decoder.decode(value)
  }

  private func add(_ stream: IncomingStream) throws(WebSocketFault) {
    let fault = state.update { [limits] state -> WebSocketFault? in
      if state.incoming[stream.id] != nil { return .invalid("Inbound stream '\(stream.id)' is open already") }
      guard state.incoming.count < limits.maximumStreams else {
        return .limit("A connection may have at most \(limits.maximumStreams) streams open")
      }
      state.incoming[stream.id] = stream
      return nil
    }
    if let fault { throw fault }
  }

  /// The run wants no more: the client is told so.
  private func giveUp(_ stream: IncomingStream) {
    guard forgetIncoming(stream.id, ifIs: stream) else { return }
    start { [self] in await outbox.send(envelope.message("stream_close") { $0.member("id", stream.id) }) }
  }

  @discardableResult
  func forgetIncoming(_ id: String, ifIs stream: IncomingStream? = nil) -> Bool {
    state.update { state in
      guard let known = state.incoming[id], stream == nil || known === stream else { return false }
      state.incoming[id] = nil
      return true
    }
  }

  /// The stream whose end the client tells. There is none when the run wanted no more.
  func incoming(_ id: String) -> IncomingStream? {
    state.update { $0.incoming.removeValue(forKey: id) }
  }

  /// `stream_chunk`: texts and objects.
  func push(_ request: WebSocketRequest) throws(WebSocketFault) {
    let id = try request.text("id")
    guard let stream = state.withValue({ $0.incoming[id] }) else { throw .streamNotFound(id, "Inbound") }
    try stream.push(request.data["value"] ?? .null)
  }

  /// A binary message: a chunk of bytes.
  func receive(_ bytes: [UInt8]) async {
    do throws(WebSocketFault) {
      let (id, chunk) = try Self.divide(bytes)
      guard let stream = state.withValue({ $0.incoming[id] }) else { throw .streamNotFound(id, "Inbound") }
      try stream.push(.bytes(chunk))
    } catch {
      await outbox.send(envelope.error(error))
    }
  }

  /// `u16 length of the id · id · u32 number · bytes`. The number is not looked at: chunks come in their order.
  private static func divide(_ bytes: [UInt8]) throws(WebSocketFault) -> (id: String, chunk: [UInt8]) {
    guard bytes.count >= 2 else { throw .invalid("Invalid chunk frame: the length of the id is missing") }
    let end = 2 + Int(bytes[0]) << 8 + Int(bytes[1])
    guard bytes.count >= end + 4 else { throw .invalid("Invalid chunk frame: the header is incomplete") }
    guard let id = String(validating: bytes[2..<end], as: UTF8.self) else {
      throw .invalid("Invalid chunk frame: the id is not UTF-8")
    }
    return (id, Array(bytes[(end + 4)...]))
  }
}
