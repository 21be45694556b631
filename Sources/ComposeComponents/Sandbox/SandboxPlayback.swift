import ComposeHTTP

/// Sends an answer as the provider would: at its pace, and with the fault that was asked for.
struct SandboxPlayback {
  let options: SandboxOptions
  /// How long the reader waits for the next bytes, in seconds.
  let idleLimit: Double

  /// How many paced pieces are sent before a fault in mid-stream. What has none breaks in its middle.
  private static let piecesBeforeFault = 3

  func response(_ answer: SandboxAnswer) -> HTTPResponse {
    let headers = [HTTPField("Content-Type", answer.contentType)]
    let bytesAtOnce = answer.pieces.contains { $0.isPaced } ? nil : answer.pieces.flatMap(\.bytes)
    if let bytesAtOnce, !hasFaultInMidAnswer {
      return HTTPResponse(status: answer.status, headers: headers, body: ByteStream(bytes: bytesAtOnce))
    }
    let (stream, writer) = ByteStream.pipe()
    // The task ends with the answer, or when the reader is gone: then writing fails.
    Task {
      do {
        try await write(answer, to: writer)
        writer.finish()
      } catch let error as HTTPError {
        writer.fail(error)
      } catch {
        writer.fail(HTTPError(.cancelled, "the sandbox was cancelled"))
      }
    }
    return HTTPResponse(status: answer.status, headers: headers, body: stream)
  }

  private var hasFaultInMidAnswer: Bool {
    switch options.fault {
    case .drop, .malformed, .stall: true
    case .tooManyRequests, .serverError, nil: false
    }
  }

  private func write(_ answer: SandboxAnswer, to writer: ByteStream.Writer) async throws {
    let paced = answer.pieces.indices.filter { answer.pieces[$0].isPaced }
    let place = paced.count > Self.piecesBeforeFault ? paced[Self.piecesBeforeFault] : answer.pieces.count / 2
    for (index, piece) in answer.pieces.enumerated() {
      if index == place, try await fail(writer, isEventStream: answer.isEventStream) { return }
      if piece.isPaced, let interval = options.interval { try await Task.sleep(for: interval) }
      try await writer.write(piece.bytes)
    }
  }

  /// - Returns: whether the answer ends here.
  private func fail(_ writer: ByteStream.Writer, isEventStream: Bool) async throws -> Bool {
    switch options.fault {
    case .drop: throw HTTPError(.connectionLost, "the sandbox closed the connection in mid-answer")
    case .malformed:
      // A stream goes on behind the broken event; a document just ends too early.
      if isEventStream { try await writer.write(Array("data: {\"choices\": [\n\n".utf8)) }
      return !isEventStream
    // Until the reader gives up: writing nothing fails once it is gone.
    case .stall:
      var waited = 0.0
      while waited < idleLimit {
        try await Task.sleep(for: .milliseconds(50))
        try await writer.write([])
        waited += 0.05
      }
      throw HTTPError(.timeout(.idle), "nothing came for \(idleLimit) s: the sandbox stalled in mid-answer")
    case .tooManyRequests, .serverError, nil: return false
    }
  }
}
