import ComposeBasic
import ComposeRuntime

/// The output of a task on its way to one connection. A chunk leaves for each one that the client asks for.
final class OutgoingStream: Sendable {
  /// Where the chunks come from.
  enum Source: Sendable {
    case buffer(StreamBuffer)
    case bytes([UInt8])

    /// `nil` when the output is no stream and no bytes.
    init?(of snapshot: TaskSnapshot) {
      if let stream = snapshot.stream {
        self = .buffer(stream)
      } else if case .bytes(let bytes)? = snapshot.result {
        self = .bytes(bytes)
      } else {
        return nil
      }
    }
  }

  private enum Piece: Sendable {
    case chunk(seq: Int, Value)
    case end
    case abort(String)
  }

  private enum Position: Sendable {
    case reader(StreamReader, form: StreamBuffer.Form)
    case bytes([UInt8], chunk: Int)
  }

  /// How bytes that are at hand are divided.
  private static let chunkSize = 65_536

  let id: String
  private let start: Position
  private let credit: Monitor<Int>
  private let cancelled = Latch()

  /// - Parameter after: how many chunks the client has already.
  /// - Throws: when these are not at hand any more, or none follow.
  init(_ id: String, _ source: Source, after: Int) throws(WebSocketFault) {
    self.id = id
    switch source {
    case .bytes(let bytes): start = .bytes(bytes, chunk: after)
    case .buffer(let buffer):
      switch buffer.attach(after: after) {
      case .reader(let reader): start = .reader(reader, form: buffer.form)
      case .gone:
        throw WebSocketFault(
          code: "STREAM_GONE", message: "The first chunks of stream '\(id)' are kept no longer; see 'after'")
      case .nothingLeft: throw .streamNotFound(id, "Outbound")
      }
    }
    credit = Monitor(1)
  }

  /// - Returns: whether another chunk may be asked for.
  func pull(atMost limit: Int) -> Bool {
    credit.update { credit in
      guard credit < limit else { return false }
      credit += 1
      return true
    }
  }

  /// The client wants no more.
  func close() {
    cancelled.open()
    if case .reader(let reader, _) = start { reader.leave() }
  }

  // MARK: Sending

  /// Sends chunks as they are asked for, to the end.
  ///
  /// - Parameter onEnd: called before the client is told of the end, and may be asked for more.
  func serve(
    _ envelope: WebSocketEnvelope, _ outbox: WebSocketOutbox, onEnd: @escaping @Sendable () -> Void
  ) async {
    defer { close() }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.pass(envelope, outbox, onEnd) }
      group.addTask { await self.cancelled.wait() }
      await group.next()
      // A reader that has left gives nothing more.
      self.close()
      group.cancelAll()
    }
  }

  private func pass(
    _ envelope: WebSocketEnvelope, _ outbox: WebSocketOutbox, _ onEnd: @Sendable () -> Void
  ) async {
    var position = start
    while await isAsked() {
      let piece = await next(&position)
      if cancelled.isOpen { return }
      switch piece {
      case .chunk(let seq, let value): guard await outbox.send(message(seq, value, envelope)) else { return }
      case .end:
        onEnd()
        await outbox.send(envelope.message("stream_end") { $0.member("id", id) })
        return
      case .abort(let reason):
        onEnd()
        await outbox.send(
          envelope.message("stream_abort") { json in
            json.member("id", id)
            json.member("reason", reason)
          })
        return
      }
    }
  }

  private func isAsked() async -> Bool {
    let isAsked: Bool? = await credit.wait { credit in
      guard credit > 0 else { return nil }
      credit -= 1
      return true
    }
    return isAsked ?? false
  }

  private func next(_ position: inout Position) async -> Piece {
    switch position {
    case .bytes(let bytes, let chunk):
      let (begin, overflow) = chunk.multipliedReportingOverflow(by: Self.chunkSize)
      guard !overflow, begin < bytes.count else { return .end }
      position = .bytes(bytes, chunk: chunk + 1)
      return .chunk(seq: chunk, .bytes(Array(bytes[begin..<min(bytes.count, begin + Self.chunkSize)])))
    case .reader(let reader, _):
      while true {
        switch await reader.next() {
        case .chunk(let id, let value): return .chunk(seq: id - 1, value)
        case .end: return .end
        case .failed(let error): return .abort(error.line)
        case .cancelled: return .abort("The task was cancelled.")
        case .idle: continue
        }
      }
    }
  }

  // MARK: Wire form

  private func message(_ seq: Int, _ value: Value, _ envelope: WebSocketEnvelope) -> WebSocketOutbox.Message {
    guard case .reader(_, .events(let encoding)) = start else { return .binary(frame(seq, bytes(of: value))) }
    return envelope.message("stream_chunk") { json in
      json.member("id", id)
      json.member("seq", seq)
      json.key("value")
      if encoding == .json, let text = try? value.compactJSON() {
        json.raw(String(decoding: text, as: UTF8.self))
      } else {
        json.string(value.displayText)
      }
    }
  }

  private func bytes(of value: Value) -> [UInt8] {
    switch value {
    case .bytes(let bytes): bytes
    case .text(let text): Array(text.utf8)
    default: Array(value.jsonText.utf8) + [UInt8(ascii: "\n")]
    }
  }

  /// `u16 length of the id · id · u32 number · bytes`, all of it in network order.
  private func frame(_ seq: Int, _ bytes: [UInt8]) -> [UInt8] {
    let name = Array(id.utf8)
    let number = UInt32(truncatingIfNeeded: seq)
    return [UInt8(truncatingIfNeeded: name.count >> 8), UInt8(truncatingIfNeeded: name.count)] + name
      + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } + bytes
  }
}

extension OutgoingStream.Source {
  /// The output as messages name it: what a client pulls by its id.
  func appendVariable(id: String, to json: inout JSONWriter) {
    json.object("__variable__") { json in
      json.member("type", "stream")
      json.member("id", id)
      switch self {
      case .buffer(let buffer):
        switch buffer.form {
        case .events(.text): json.member("kind", "text")
        case .events(.json): json.member("kind", "object")
        case .bytes(let contentType, let filename):
          json.member("kind", "bytes")
          json.member("content_type", contentType)
          json.member("filename", optional: filename)
        }
      case .bytes(let bytes):
        json.member("kind", "bytes")
        json.member("content_type", Resource.unknownContentType)
        json.member("size", bytes.count)
      }
    }
  }
}
