import ComposeBasic
import ComposeRuntime

/// A part of a run's input that a client sends while the run reads it: a chunk for each one that is asked for.
final class IncomingStream: Sendable {
  /// What a chunk is.
  enum Kind: String, Sendable {
    case bytes
    case text
    case object
  }

  private struct State: Sendable {
    var isWanted = false
    var chunk: Value?
    var ending: Ending?
  }

  private enum Ending: Sendable {
    case end
    case failure(RuntimeError)
  }

  private enum Piece: Sendable {
    case chunk(Value)
    case ending(Ending)
  }

  let id: String
  let kind: Kind
  private let state = Monitor(State())
  private let envelope: WebSocketEnvelope
  private let outbox: WebSocketOutbox
  private let isBegun: Latch

  /// - Parameter isBegun: opened when the client may be asked for chunks.
  init(
    _ id: String, _ kind: Kind, _ envelope: WebSocketEnvelope, _ outbox: WebSocketOutbox, from isBegun: Latch
  ) {
    self.isBegun = isBegun
    self.id = id
    self.kind = kind
    self.envelope = envelope
    self.outbox = outbox
  }

  // MARK: What the client does

  /// Takes a chunk.
  ///
  /// - Throws: when it was not asked for, or has another form; the stream has failed then.
  func push(_ chunk: Value) throws(WebSocketFault) {
    let isExpected =
      switch (kind, chunk) {
      case (.bytes, .bytes), (.text, .text), (.object, _): true
      default: false
      }
    let isTaken = state.update { state in
      guard isExpected, state.isWanted, state.ending == nil else { return false }
      state.chunk = chunk
      state.isWanted = false
      return true
    }
    if isTaken { return }
    let problem = isExpected ? "was sent a chunk that was not asked for" : "was sent a chunk of another kind"
    end(.failure(RuntimeError(.invalidInput, "the stream '\(id)' of the client \(problem)")))
    throw .invalid("Inbound stream '\(id)' \(problem)")
  }

  func finish() { end(.end) }

  /// - Parameter reason: one line; it becomes a part of the run's error.
  func abort(_ reason: String?) {
    let text = reason.map { ": " + $0.split(whereSeparator: \.isNewline).joined(separator: " ") } ?? ""
    end(.failure(RuntimeError(.connection, "the client gave the stream '\(id)' up\(text)")))
  }

  private func end(_ ending: Ending) {
    state.update { state in
      if state.ending == nil { state.ending = ending }
    }
  }

  // MARK: What the run does

  /// The stream as a value of the input.
  ///
  /// - Parameter onClose: called when the run wants no more.
  func value(contentType: String?, filename: String?, onClose: @escaping @Sendable () -> Void) -> Value {
    let next: @Sendable () async throws(RuntimeError) -> Value? = { () async throws(RuntimeError) in
      try await self.next()
    }
    switch kind {
    case .text: return .stream(ValueStream(.encoded(.text), next: next, cancel: onClose))
    case .object: return .stream(ValueStream(.encoded(.json), next: next, cancel: onClose))
    case .bytes:
      let source = IncomingSource(stream: self, onClose: onClose)
      let type = contentType ?? Resource.unknownContentType
      return .resource(Resource(.bytes, source: source, contentType: type, filename: filename))
    }
  }

  /// Asks the client for a chunk and waits for it; `nil` at the end.
  fileprivate func next() async throws(RuntimeError) -> Value? {
    if !isBegun.isOpen {
      await isBegun.wait()
      if Task.isCancelled { throw .cancelled }
    }
    let isOver = state.update { state in
      state.isWanted = state.ending == nil
      return !state.isWanted
    }
    if !isOver { await outbox.send(envelope.message("stream_pull") { $0.member("id", id) }) }
    let piece: Piece? = await state.wait { state in
      if let chunk = state.chunk.take() { return .chunk(chunk) }
      return state.ending.map { .ending($0) }
    }
    switch piece {
    case .chunk(let chunk): return chunk
    case .ending(.end): return nil
    case .ending(.failure(let error)): throw error
    case nil: throw .cancelled
    }
  }
}

/// The bytes of a client's stream, once.
private struct IncomingSource: ResourceSource {
  let stream: IncomingStream
  let onClose: @Sendable () -> Void
  private let once = OneValue(())

  init(stream: IncomingStream, onClose: @escaping @Sendable () -> Void) {
    self.stream = stream
    self.onClose = onClose
  }

  func open() async throws(RuntimeError) -> ResourceReader {
    guard once.take() != nil else {
      throw RuntimeError(.value, "the stream '\(stream.id)' of the client can be read once, and was")
    }
    return ResourceReader(
      next: { () async throws(RuntimeError) in
        guard case .bytes(let bytes)? = try await stream.next() else { return nil }
        return bytes
      }, cancel: onClose)
  }
}

// MARK: Inputs

/// Makes the values of an input that stand for bytes and streams: `{"__variable__": {"type", …}}`.
struct VariableDecoder {
  /// Makes the value of a stream that the client has announced.
  let stream: (_ id: String, _ kind: IncomingStream.Kind, OrderedObject) throws(WebSocketFault) -> Value

  func decode(_ value: Value) throws(WebSocketFault) -> Value {
    switch value {
    case .object(let object):
      if object.count == 1, case .object(let variable)? = object["__variable__"],
        case .text(let type)? = variable["type"]
      {
        return try decode(variable, type)
      }
      var decoded = OrderedObject()
      for member in object { decoded[member.key] = try decode(member.value) }
      return .object(decoded)
    case .list(let list):
      var decoded: [Value] = []
      for element in list { decoded.append(try decode(element)) }
      return .list(decoded)
    default: return value
    }
  }

  private func decode(_ variable: OrderedObject, _ type: String) throws(WebSocketFault) -> Value {
    switch type {
    case "bytes":
      guard case .text(let text)? = variable["value"], let bytes = try? Base64.decode(text) else {
        throw .invalid("Invalid stream input: the 'value' of a variable of bytes must be base 64")
      }
      return .bytes(bytes)
    case "stream":
      guard case .text(let id)? = variable["id"], !id.isEmpty, id.utf8.count <= 256 else {
        throw .invalid("Invalid stream input: a stream needs an 'id' of at most 256 bytes")
      }
      guard case .text(let name)? = variable["kind"], let kind = IncomingStream.Kind(rawValue: name) else {
        throw .invalid("Invalid stream input: the 'kind' of a stream must be bytes, text or object")
      }
      return try stream(id, kind, variable)
    default: throw .invalid("Invalid stream input: there is no variable of type '\(type)'")
    }
  }
}
