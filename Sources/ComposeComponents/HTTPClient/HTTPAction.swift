import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// One call of an action that is an HTTP request: the request, its answer, the work that goes on behind it, and the
/// action's output. Every component whose actions are requests runs them with it.
struct HTTPAction: Sendable {
  /// Where components differ.
  struct Style: Sendable {
    /// The address in front of each path; `nil` takes the component's `base_url`.
    var base: String?
    /// The form of streamed answers; `nil` for fragments or items, as `stream_fragmented` says.
    var streamForm: ValueStream.Form?
    /// Whether the events of a completion's answer are read by the `stream_format` of the action.
    var readsCompletionLikeAction = false
    /// The callback that is waited for when the file names none.
    var unnamedCallback: String?
  }

  let call: ComponentCall
  let services: Services
  let style: Style
  private let fields: ActionFields

  init(_ call: ComponentCall, _ services: Services, style: Style = Style()) {
    self.call = call
    self.services = services
    self.style = style
    fields = ActionFields(call, services)
  }

  private var invocation: Invocation { call.invocation }

  /// What the action gives.
  func value() async throws(RuntimeError) -> Value {
    if let completion = HTTPCompletion(self) { return try await value(behind: completion) }
    return try await output(of: try await reply(), fields.scope, as: invocation.resultName, invocation)
  }

  /// Not inlined: most actions end with their answer, and need no room for more.
  @inline(never)
  private func value(behind completion: HTTPCompletion) async throws(RuntimeError) -> Value {
    // A callback may come before the answer to the request.
    let waiting = try await completion.waiting(before: fields.scope)
    let reply = try await reply()
    // What streams is the result; then there is nothing to wait for.
    if reply.isEventStream { return try streamed(reply, fields.scope, as: "response", invocation, format: nil) }
    var scope = fields.scope
    scope.roots["response"] = try await reply.value().keepingBytes()
    switch try await completion.result(waiting, scope) {
    case .reply(let reply):
      return try await output(of: reply, scope, as: "result", invocation, format: completion.format)
    case .value(let value): return try await output(of: value, scope, as: "result")
    }
  }

  // MARK: Exchange

  private func reply() async throws(RuntimeError) -> HTTPReply {
    let builder = builder(fields.evaluator)
    let reply = try await exchange(try await builder.request(), builder.failure)
    guard reply.response.status < 400 else { throw await reply.error() }
    return reply
  }

  /// What makes the requests of this action.
  func builder(_ evaluator: Evaluator) -> HTTPRequestBuilder {
    HTTPRequestBuilder(invocation: invocation, evaluator: evaluator, base: style.base, random: call.random)
  }

  /// Sends a request, within the time of the run.
  ///
  /// - Throws: why there is no answer; an error status is one.
  func exchange(_ request: HTTPRequest, _ failure: SourceFailure) async throws(RuntimeError) -> HTTPReply {
    var request = request
    var limit: Deadline?
    if let deadline = call.deadline {
      let rest = deadline.remaining(at: call.clock.now)
      guard rest > 0 else { throw deadline.error }
      if rest < request.timeouts.total ?? .infinity {
        request.timeouts.total = rest
        limit = deadline
      }
    }
    do throws(HTTPError) {
      return HTTPReply(try await services.transport.send(request), of: call, services)
    } catch {
      if let failure = failure.value { throw failure }
      if let limit, error.kind == .timeout(.total) { throw limit.error }
      throw RuntimeError(error)
    }
  }

  // MARK: Output

  /// - Parameter format: how events are read, where not as the action says.
  private func output(
    of reply: HTTPReply, _ scope: Scope, as name: String, _ invocation: Invocation, format: StreamPipeline.Format? = nil
  ) async throws(RuntimeError) -> Value {
    if reply.isEventStream { return try streamed(reply, scope, as: name, invocation, format: format) }
    guard !invocation.readsChunks else {
      reply.response.body.cancel()
      let type = reply.type.isEmpty ? "without a content type" : "with \(reply.type)"
      throw RuntimeError(
        .protocolViolation, "the output reads a stream, but the provider answered \(type)",
        status: reply.response.status)
    }
    return try await output(of: try await reply.value(), scope, as: name)
  }

  private func output(of result: Value, _ scope: Scope, as name: String) async throws(RuntimeError) -> Value {
    guard let output = invocation.output else { return result }
    var scope = scope
    scope.roots[name] = invocation.resultReaders > 1 ? try result.keepingBytes() : result
    return try await Evaluator(scope).evaluate(output)
  }

  private func streamed(
    _ reply: HTTPReply, _ scope: Scope, as name: String, _ invocation: Invocation, format: StreamPipeline.Format?
  ) throws(RuntimeError) -> Value {
    let body = reply.response.body
    let usage = UsageReader(call.reporter)
    let form = style.streamForm ?? .chunks(fragmented: completionFragments(name) ?? isFragmented)
    guard let output = invocation.output else {
      return EventStreamSource(body: body, reader: RawEvents(), usage: usage).stream(form)
    }
    guard invocation.readsChunks else {
      body.cancel()
      throw RuntimeError(
        .protocolViolation,
        "the provider streams its answer, but the output reads '\(name)', not '\(name)[]'",
        range: output.range, status: reply.response.status)
    }
    var pipeline = invocation.pipeline ?? StreamPipeline(invocation, output: output, resultName: name)
    if let format { pipeline.format = format }
    let reader = ChunkReader(
      pipeline: pipeline, output: output, resultName: name, scope: scope,
      dropsNull: form == .chunks(fragmented: true))
    return EventStreamSource(body: body, reader: reader, usage: usage)
      .stream(reader.encoding.map { .encoded($0) } ?? form)
  }

  private var isFragmented: Bool { invocation.actionField("stream_fragmented")?.literal != .boolean(false) }

  /// What a completion says of its own answer.
  private func completionFragments(_ name: String) -> Bool? {
    guard name == "result", let completion = invocation.actionField("completion") else { return nil }
    return completion["stream_fragmented"]?.literal != .boolean(false)
  }
}
