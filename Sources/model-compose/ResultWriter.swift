import ComposeRuntime
import Glibc

/// Writes the result of a run to standard output or to a file, as it arrives.
struct ResultWriter {
  let descriptor: Int32
  /// Whether a text or stream ends with a line feed of ours: on a terminal and in a pipe, not in a file.
  let endsWithNewline: Bool

  /// The reader of the output is gone.
  struct BrokenPipe: Error {}

  /// - Throws: ``RuntimeError`` from a stream, ``BrokenPipe``, ``FileProblem`` when the output cannot be written, or
  ///   `CancellationError`.
  func write(_ result: Value, startedAt start: ContinuousClock.Instant) async throws -> RunStatistics {
    var statistics = RunStatistics()
    switch result {
    case .stream(let stream):
      try stream.take()
      try await write(stream, start, &statistics)
    case .null: break
    case .bytes(let bytes): try write(bytes)
    case .resource(let resource): try await write(resource, start, &statistics)
    case .object, .list:
      if result.holdsSource {
        throw RuntimeError(.value, "the result has a resource inside, which cannot be written as JSON")
      }
      try writeLine(result.indentedJSON)
    default: try writeLine(result.displayText)
    }
    return statistics
  }

  private func write(
    _ stream: ValueStream, _ start: ContinuousClock.Instant, _ statistics: inout RunStatistics
  ) async throws {
    var endsInLineFeed = true
    do {
      while let chunk = try await stream.next() {
        if statistics.timeToFirstChunk == nil { statistics.timeToFirstChunk = .now - start }
        statistics.chunks += 1
        let bytes = chunk.outputBytes(of: stream.form)
        try write(bytes)
        endsInLineFeed = bytes.last.map { $0 == UInt8(ascii: "\n") } ?? endsInLineFeed
      }
    } catch {
      stream.cancel()
      if !endsInLineFeed { try? writeLine("") }
      throw error
    }
    if endsWithNewline, !endsInLineFeed { try write([UInt8(ascii: "\n")]) }
  }

  /// The bytes as they are.
  private func write(
    _ resource: Resource, _ start: ContinuousClock.Instant, _ statistics: inout RunStatistics
  ) async throws {
    let reader = try await resource.open()
    do {
      while let bytes = try await reader.next() {
        if statistics.timeToFirstChunk == nil { statistics.timeToFirstChunk = .now - start }
        statistics.chunks += 1
        try write(bytes)
      }
    } catch {
      reader.cancel()
      throw error
    }
  }

  private func writeLine(_ text: String) throws { try write(Array((endsWithNewline ? text + "\n" : text).utf8)) }

  private func write(_ bytes: [UInt8]) throws {
    guard !Terminal.write(bytes, to: descriptor) else { return }
    if errno == EPIPE { throw BrokenPipe() }
    throw FileProblem("the result cannot be written: \(Files.reason(errno))")
  }
}

extension Value {
  /// A chunk as bytes: pieces of one text as they are, values of a list one a line.
  fileprivate func outputBytes(of form: ValueStream.Form) -> [UInt8] {
    switch (self, form) {
    case (.bytes(let bytes), _): bytes
    case (.text(let text), .encoded(.text)), (.text(let text), .chunks(fragmented: true)): Array(text.utf8)
    case (.text(let text), _): Array((text + "\n").utf8)
    default: Array((jsonText + "\n").utf8)
    }
  }
}
