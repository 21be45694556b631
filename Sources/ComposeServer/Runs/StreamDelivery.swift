import ComposeBasic
import ComposeRuntime
import Hummingbird
import NIOCore

/// Writes the stream of a task to one client, as fast as the client takes it.
struct StreamDelivery: Sendable {
  let reader: StreamReader
  let task: ServiceTask
  /// Opens when the client leaves.
  let closed: Latch
  let context: ConnectionContext
  let pingInterval: Duration
  /// Whether nobody is to be left when this client leaves.
  let endsTaskWhenLeft: Bool

  /// About how many bytes leave with one write, so that what waits for a slow client is little.
  private static let burstSize = 16_384

  func response(as form: StreamBuffer.Form) -> Response {
    var headers: HTTPFields = [.cacheControl: "no-cache", .accelBuffering: "no", .taskID: task.id]
    switch form {
    case .events:
      headers[.contentType] = "text/event-stream; charset=utf-8"
      return Response(status: .ok, headers: headers, body: ResponseBody { try await writeEvents(to: &$0) })
    case .bytes(let contentType, let filename):
      headers[.contentType] = contentType
      if let filename { headers[.contentDisposition] = attachment(filename) }
      return Response(status: .ok, headers: headers, body: ResponseBody { try await writeBytes(to: &$0) })
    }
  }

  /// The same as a part of an answer that has begun already.
  @concurrent
  func write(as form: StreamBuffer.Form, to writer: inout any ResponseBodyWriter) async throws {
    switch form {
    case .events: try await writeEvents(to: &writer)
    case .bytes: try await writeBytes(to: &writer)
    }
  }

  // MARK: Events

  /// The last event has a name. `done` and `cancelled` carry no text: a client that does not know names, as those of the
  /// reference do not, appends nothing to the answer.
  @concurrent
  private func writeEvents(to writer: inout any ResponseBodyWriter) async throws {
    let attendance = attend(pings: true)
    defer { attendance.end() }
    var encoder = EventStreamEncoder()
    encoder.lastID = reader.startID
    var last: ByteBuffer?
    while last == nil {
      switch await reader.next() {
      case .chunk(let id, let chunk):
        encoder.lastID = id - 1
        try await writer.write(burst(beginningWith: chunk, &encoder))
      case .idle: try await writer.write(EventStreamEncoder.ping)
      case .end: last = encoder.event("done", data: "")
      case .failed(let error): last = encoder.event("error", data: error.report(task.sources))
      case .cancelled:
        if closed.isOpen { throw CancellationError() }
        last = encoder.event("cancelled", data: "")
      }
    }
    if let last { try await writer.write(last) }
    try await writer.finish(nil)
  }

  /// The event of a chunk and of those that are there already: they leave with one write.
  private func burst(beginningWith chunk: Value, _ encoder: inout EventStreamEncoder) -> ByteBuffer {
    let rest = reader.takeReady(upTo: Self.burstSize)
    var events = ByteBuffer()
    events.reserveCapacity((rest.count + 1) * 48)
    encoder.append(data: chunk.displayText, to: &events)
    for chunk in rest { encoder.append(data: chunk.displayText, to: &events) }
    return events
  }

  // MARK: Bytes

  /// A failure cuts the connection: a body without its end is all that this format can say.
  @concurrent
  private func writeBytes(to writer: inout any ResponseBodyWriter) async throws {
    let attendance = attend(pings: false)
    defer { attendance.end() }
    while let bytes = try await nextBytes() { try await writer.write(bytes) }
    try await writer.finish(nil)
  }

  private func nextBytes() async throws -> ByteBuffer? {
    while true {
      switch await reader.next() {
      case .chunk(_, .text(let text)): return ByteBuffer(string: text)
      case .chunk(_, .bytes(let bytes)): return ByteBuffer(bytes: bytes)
      case .chunk(_, let value): return ByteBuffer(bytes: try value.compactJSON() + [UInt8(ascii: "\n")])
      case .idle: continue
      case .end: return nil
      case .failed(let error): throw error
      case .cancelled: throw CancellationError()
      }
    }
  }

  // MARK: The client

  /// Watches the client for as long as something is written to it. When it leaves, a write that is stuck ends too, and
  /// so does the task, if it is this client's alone.
  private func attend(pings: Bool) -> Attendance {
    let leaving = closed.onOpen { [task, reader, context, endsTaskWhenLeft] in
      if endsTaskWhenLeft { task.cancel() }
      reader.leave()
      context.close()
    }
    let pinger = pings ? Pinger(reader, interval: pingInterval, on: context.channel.eventLoop) : nil
    return Attendance(delivery: self, leaving: leaving, pinger: pinger)
  }

  private struct Attendance {
    let delivery: StreamDelivery
    let leaving: Int?
    let pinger: Pinger?

    /// Harmless for a task that has come to its end.
    func end() {
      pinger?.stop()
      delivery.closed.forget(leaving)
      delivery.reader.leave()
      if delivery.endsTaskWhenLeft { delivery.task.cancel() }
    }
  }
}

extension RuntimeError {
  /// As an event of a stream tells it.
  func report(_ sources: SourceSet) -> String {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("code", code.rawValue)
      json.member("message", line)
      FailureDetails(self, sources).append(to: &json)
    }
    return json.text
  }
}

/// A `Content-Disposition` that names a file (RFC 6266, section 4.3).
private func attachment(_ filename: String) -> String {
  let plain = String(
    filename.unicodeScalars.map { scalar in
      scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "\"" && scalar != "\\" ? Character(scalar) : "_"
    })
  let header = "attachment; filename=\"\(plain)\""
  return plain == filename
    ? header : header + "; filename*=UTF-8''\(URLEncoding.encode(filename, keeping: URLEncoding.unreserved))"
}
