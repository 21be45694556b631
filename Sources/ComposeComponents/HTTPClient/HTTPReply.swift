import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// Turns the answer of an http-client action into its result.
struct HTTPReply {
  /// Text and JSON that are not streamed are held in memory; a longer answer is refused.
  static let bodyLimit = 64 * 1024 * 1024
  /// How much of an error's body is read for its message.
  static let errorBodyLimit = 64 * 1024

  let response: HTTPResponse
  let call: ComponentCall
  /// The scope of the request, which the action's output sees too.
  let scope: Scope
  let errorBodyTimeout: Duration

  private var invocation: Invocation { call.invocation }

  func value() async throws(RuntimeError) -> Value {
    guard response.status < 400 else { throw await providerError() }
    let type = (response.header("Content-Type") ?? "").prefix { $0 != ";" }.lowercased().trimmingBlanks
    if type == "text/event-stream" { return try streamed() }
    guard !invocation.readsChunks else {
      response.body.cancel()
      throw RuntimeError(
        .protocolViolation,
        "the output reads a stream, but the provider answered \(type.isEmpty ? "without a content type" : "with \(type)")",
        status: response.status)
    }
    let result = try await whole(type)
    guard let output = invocation.output else { return result }
    var outputScope = scope
    outputScope.roots[invocation.resultName] =
      invocation.resultReaders > 1 ? try result.keepingBytes() : result
    return try await Evaluator(outputScope).evaluate(output)
  }

  // MARK: Whole

  private func whole(_ type: String) async throws(RuntimeError) -> Value {
    guard type == "application/json" || type.hasPrefix("text/") else {
      // It is read by whoever needs the bytes; when nobody does, dropping it closes the connection.
      return .resource(Resource(.bytes, source: BodySource(response), filename: response.filename))
    }
    let bytes = try await body(upTo: Self.bodyLimit)
    if type == "application/json" {
      do throws(JSONError) {
        let answer = try parseJSON(bytes)
        UsageReader(call.reporter)?.read(answer)
        return answer
      } catch {
        throw RuntimeError(
          .protocolViolation, "the provider's answer is not valid JSON: \(error)", status: response.status)
      }
    }
    return .text(String(decoding: bytes, as: UTF8.self))
  }

  private func body(upTo limit: Int) async throws(RuntimeError) -> [UInt8] {
    do throws(HTTPError) {
      return try await response.body.collect(upTo: limit)
    } catch {
      throw RuntimeError(error)
    }
  }

  // MARK: Streamed

  private func streamed() throws(RuntimeError) -> Value {
    let usage = UsageReader(call.reporter)
    guard let output = invocation.output else {
      return EventStreamSource(body: response.body, reader: RawEvents(), usage: usage).stream(.chunks(fragmented: true))
    }
    guard invocation.readsChunks else {
      response.body.cancel()
      throw RuntimeError(
        .protocolViolation,
        "the provider streams its answer, but the output reads '\(invocation.resultName)', not "
          + "'\(invocation.resultName)[]'",
        range: output.range, status: response.status)
    }
    let isFragmented = !isFalse("stream_fragmented")
    let pipeline = invocation.pipeline ?? StreamPipeline(invocation, output: output)
    let reader = ChunkReader(
      pipeline: pipeline, output: output, resultName: invocation.resultName, scope: scope, dropsNull: isFragmented)
    return EventStreamSource(body: response.body, reader: reader, usage: usage)
      .stream(reader.encoding.map { .encoded($0) } ?? .chunks(fragmented: isFragmented))
  }

  private func isFalse(_ field: String) -> Bool {
    invocation.actionField(field)?.literal == .boolean(false)
  }

  // MARK: Errors

  /// The provider's own message when the body has one in a usual place, else the beginning of the body.
  private func providerError() async -> RuntimeError {
    let message = providerMessage(in: await beginningOfBody()) ?? "no message"
    let seconds = response.header("Retry-After").flatMap { Double($0) }
    return RuntimeError(
      .provider, "the provider answered \(response.status): \(message)", status: response.status,
      retryAfter: seconds.flatMap { (0...86_400).contains($0) ? $0 : nil })
  }

  /// What arrives of the body within the limits: a long, slow or broken one must not hide the error.
  private func beginningOfBody() async -> [UInt8] {
    let body = response.body
    let timeout = errorBodyTimeout
    let limit = Task {
      try await Task.sleep(for: timeout)
      body.cancel()
    }
    defer {
      limit.cancel()
      body.cancel()
    }
    var bytes: [UInt8] = []
    while bytes.count < Self.errorBodyLimit, let chunk = try? await body.next() { bytes += chunk }
    return bytes
  }
}

/// The message of an error body: `error.message`, `error`, `message` or `detail` of a JSON object, else its text in one
/// line. It is cut where it is shown, after secrets are taken out.
func providerMessage(in bytes: [UInt8]) -> String? {
  if let value = try? parseJSON(bytes), let message = providerMessage(in: value) { return message }
  let text = String(decoding: bytes, as: UTF8.self)
  let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return line.isEmpty ? nil : line
}

/// The message of an error object; `nil` when the value is none.
func providerMessage(in value: Value) -> String? {
  let error = value.member("error")
  for candidate in [error.member("message"), error, value.member("message"), value.member("detail")] {
    if case .text(let text) = candidate, !text.isEmpty { return text }
  }
  return nil
}
