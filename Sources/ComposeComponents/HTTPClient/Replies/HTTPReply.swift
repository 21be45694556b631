import ComposeBasic
import ComposeHTTP
import ComposeRuntime

/// An answer, read by its content type.
struct HTTPReply {
  /// Text and JSON that are not streamed are held in memory; a longer answer is refused.
  static let bodyLimit = 64 * 1024 * 1024
  /// How much of an error's body is read for its message.
  static let errorBodyLimit = 64 * 1024

  let response: HTTPResponse
  let reporter: CallReporter
  let clock: any RunClock
  let errorBodyTimeout: Duration
  /// The value, when it was read already.
  var kept: Value?

  init(_ response: HTTPResponse, of call: ComponentCall, _ services: Services) {
    self.response = response
    reporter = call.reporter
    clock = call.clock
    errorBodyTimeout = services.errorBodyTimeout
  }

  /// The media type, in lower case; empty when there is none.
  var type: String { response.header("Content-Type").map(mediaType(of:)) ?? "" }

  var isEventStream: Bool { type == "text/event-stream" }

  // MARK: Whole

  /// The answer as a value: JSON, text, or else a resource that is read by whoever needs the bytes.
  ///
  /// - Throws: a `protocol` error when the answer is not what its header says.
  func value() async throws(RuntimeError) -> Value {
    if let kept { return kept }
    guard type == "application/json" || type.hasPrefix("text/") else {
      // When nobody reads it, dropping it closes the connection.
      return .resource(Resource(.bytes, source: BodySource(response), filename: response.filename))
    }
    let bytes = try await body()
    guard type == "application/json" else { return .text(try text(of: bytes)) }
    // No value at all is null, as a 204 that says it is JSON.
    if bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }) { return .null }
    do throws(JSONError) {
      let answer = try parseJSON(json(of: bytes))
      UsageReader(reporter)?.read(answer)
      return answer
    } catch {
      throw unreadable("the provider's answer is not valid JSON: \(error)")
    }
  }

  private func text(of bytes: [UInt8]) throws(RuntimeError) -> String {
    let name = response.charset
    guard let characters = name.map({ CharacterSet($0) }) ?? .utf8 else {
      throw unreadable("the provider's answer has the character set '\(name ?? "")', which is not read here")
    }
    guard let text = characters.text(of: bytes) else {
      throw unreadable("the provider's answer is not valid \(characters.name)")
    }
    return text
  }

  /// JSON is UTF-8 (RFC 8259, section 8.1), but some write it otherwise and say so.
  private func json(of bytes: [UInt8]) -> [UInt8] {
    guard let name = response.charset, let characters = CharacterSet(name) else { return bytes }
    switch characters {
    case .utf8, .ascii: return bytes
    default: return characters.text(of: bytes).map { Array($0.utf8) } ?? bytes
    }
  }

  private func body() async throws(RuntimeError) -> [UInt8] {
    do throws(HTTPError) {
      return try await response.body.collect(upTo: Self.bodyLimit)
    } catch {
      throw RuntimeError(error)
    }
  }

  private func unreadable(_ message: String) -> RuntimeError {
    RuntimeError(.protocolViolation, message, status: response.status)
  }

  // MARK: Errors

  /// How long the provider asks to wait, in seconds.
  var retryAfter: Double? {
    response.header("Retry-After").flatMap { retryAfterSeconds($0, now: clock.secondsSinceEpoch) }
  }

  /// The provider's own message when the body has one in a usual place, else the beginning of the body.
  func error() async -> RuntimeError {
    let message = providerMessage(in: await beginningOfBody()) ?? "no message"
    return RuntimeError(
      .provider, "the provider answered \(response.status): \(message)", status: response.status,
      retryAfter: retryAfter)
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

extension HTTPResponse {
  /// The `charset` of the `Content-Type`; `nil` when it says none.
  fileprivate var charset: String? {
    header("Content-Type").flatMap { headerParameters($0)["charset"] }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
