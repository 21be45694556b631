import ComposeBasic
import ComposeRuntime
import Hummingbird
import NIOCore

/// A run whose result is a stream, from its first chunk on.
struct StreamedRun: Sendable {
  let run: Run
  let pump: StreamPump
  let sources: SourceSet

  var response: Response {
    var headers: HTTPFields = [.cacheControl: "no-cache", .accelBuffering: "no", .taskID: run.id]
    guard case .encoded = pump.stream.form else {
      headers[.contentType] = "application/octet-stream"
      return Response(status: .ok, headers: headers, body: ResponseBody { try await writeBytes(to: &$0) })
    }
    headers[.contentType] = "text/event-stream; charset=utf-8"
    return Response(status: .ok, headers: headers, body: ResponseBody { try await writeEvents(to: &$0) })
  }

  // MARK: Events

  /// The last event has a name. `done` and `cancelled` carry no text: a client that does not know names, as those of the
  /// reference do not, appends nothing to the answer.
  @concurrent
  private func writeEvents(to writer: inout any ResponseBodyWriter) async throws {
    var encoder = EventStreamEncoder()
    try await pump.run { step in
      switch step {
      case .chunk(let chunk):
        let text = chunk.displayText
        if chunk.isNull || text.isEmpty { return }
        try await writer.write(encoder.event(data: text))
      case .idle: try await writer.write(EventStreamEncoder.ping)
      case .end: try await writer.write(encoder.event("done", data: ""))
      case .stopped: try await writer.write(encoder.event("cancelled", data: ""))
      case .failed(let error) where error.code == .cancelled:
        try await writer.write(encoder.event("cancelled", data: ""))
      case .failed(let error): try await writer.write(encoder.event("error", data: report(of: error)))
      case .left: throw CancellationError()
      }
    }
    try await writer.finish(nil)
  }

  private func report(of error: RuntimeError) -> String {
    var json = JSONWriter(.compact)
    json.object { json in
      json.member("code", error.code.rawValue)
      json.member("message", error.line)
      FailureDetails(error, sources).append(to: &json)
    }
    return json.text
  }

  // MARK: Bytes

  /// A failure cuts the connection: a body without its end is all that this format can say.
  @concurrent
  private func writeBytes(to writer: inout any ResponseBodyWriter) async throws {
    try await pump.run { step in
      switch step {
      case .chunk(.null), .idle, .end: return
      case .chunk(.text(let text)): try await writer.write(ByteBuffer(string: text))
      case .chunk(.bytes(let bytes)): try await writer.write(ByteBuffer(bytes: bytes))
      case .chunk(let value): try await writer.write(ByteBuffer(bytes: value.compactJSON() + [UInt8(ascii: "\n")]))
      case .failed(let error): throw error
      case .stopped, .left: throw CancellationError()
      }
    }
    try await writer.finish(nil)
  }
}
