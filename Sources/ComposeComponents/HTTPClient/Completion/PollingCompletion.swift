import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// `completion: polling`: asks again and again until the work is done.
///
/// The first question comes after one interval, as in the reference. Where that gives up at the first answer it cannot
/// read, and at the first connection that is lost, we ask again: the work goes on, and to start it anew would be paid
/// for twice.
struct PollingCompletion: Sendable {
  private static let usualInterval = 5.0
  private static let usualTimeout = 300.0

  private let action: HTTPAction
  private let template: PlanTemplate

  init(_ action: HTTPAction, _ template: PlanTemplate) {
    self.action = action
    self.template = template
  }

  /// How the events of a streamed result are read.
  var format: StreamPipeline.Format? {
    if action.style.readsCompletionLikeAction { return nil }
    switch template["stream_format"]?.literal {
    case .text("json")?: return .json
    case .text?: return .text
    default: return .bytes
    }
  }

  /// Asks until the work is done.
  ///
  /// - Parameter scope: has the answer to the first request.
  /// - Returns: the answer that says that it is done.
  /// - Throws: a `provider` error when it says that the work has failed, and `timeout` when the time is over.
  func reply(_ scope: Scope) async throws(RuntimeError) -> HTTPReply {
    let evaluator = Evaluator(scope)
    var builder = action.builder(evaluator)
    builder.place = template
    builder.defaultMethod = "GET"
    let request = try await builder.request()
    let interval = try await seconds("interval", evaluator) ?? Self.usualInterval
    let timeout = try await seconds("timeout", evaluator) ?? Self.usualTimeout
    let success = try await patterns("success_when", evaluator)
    let failure = try await patterns("fail_when", evaluator)

    let clock = action.call.clock
    let end = clock.now.advanced(seconds: timeout)
    var wait = interval
    var count = 0
    var last = "no answer yet"
    while true {
      try await clock.sleep(until: min(clock.now.advanced(seconds: max(0, wait)), end))
      guard clock.now < end else { throw timedOut(timeout, count, last) }
      guard count == 0 || request.body?.isRepeatable ?? true else { throw notRepeatable }
      count += 1
      wait = interval
      do throws(RuntimeError) {
        let reply = try await ask(request, builder.failure, until: end)
        let status = try await status(of: reply, scope)
        if status.matches(success) { return reply.0 }
        reply.0.response.body.cancel()
        if status.matches(failure) { throw failed(status) }
        last = "the last answer was \(status)"
        wait = max(interval, reply.0.retryAfter ?? 0)
      } catch {
        guard error.isTransient, !isOutOfTime else { throw error.located(range: template.range) }
        last = "the last question failed: \(error.message)"
      }
    }
  }

  // MARK: Question and answer

  /// An answer with its value; of a stream there is none.
  private func ask(
    _ request: HTTPRequest, _ failure: SourceFailure, until end: MonotonicInstant
  ) async throws(RuntimeError) -> (HTTPReply, Value) {
    var request = request
    request.timeouts.total = min(request.timeouts.total ?? .infinity, end.seconds(since: action.call.clock.now))
    var reply = try await action.exchange(request, failure)
    if reply.isEventStream { return (reply, .null) }
    let value = try await reply.value().keepingBytes()
    reply.kept = value
    return (reply, value)
  }

  /// What the file compares: its `status`, else the code of the answer.
  private func status(of answer: (HTTPReply, Value), _ scope: Scope) async throws(RuntimeError) -> WorkStatus {
    if let template = template["status"] {
      var scope = scope
      scope.roots["result"] = answer.1
      let value = try await Evaluator(scope).evaluate(template)
      let text = value.isNull ? "" : value.displayText
      if !text.isEmpty { return .text(text, value.jsonText) }
    }
    return .code(answer.0.response.status)
  }

  /// Whether the run itself has no time left.
  private var isOutOfTime: Bool { action.call.deadline?.isOver(at: action.call.clock.now) ?? false }

  // MARK: Fields

  private func seconds(_ name: String, _ evaluator: Evaluator) async throws(RuntimeError) -> Double? {
    guard let template = template[name] else { return nil }
    let value = try await evaluator.evaluate(template)
    do throws(RuntimeError) {
      return try ComposeRuntime.seconds(of: value)
    } catch {
      throw RuntimeError(.value, "'\(name)' must be a duration such as 10s", range: template.range)
    }
  }

  private func patterns(_ name: String, _ evaluator: Evaluator) async throws(RuntimeError) -> [StatusPattern] {
    guard let template = template[name] else { return [] }
    let value = try await evaluator.evaluate(template)
    let values: [Value] = if case .list(let items) = value { items } else { [value] }
    return values.compactMap(StatusPattern.init)
  }

  // MARK: Errors

  private func failed(_ status: WorkStatus) -> RuntimeError {
    RuntimeError(.provider, "the work has failed: \(status)", range: template.range)
  }

  private func timedOut(_ limit: Double, _ count: Int, _ last: String) -> RuntimeError {
    let times = count == 1 ? "once" : "\(count) times"
    return RuntimeError(
      .timeout, "the work was not done within \(durationText(limit)); it was asked for \(times), and \(last)",
      range: template.range)
  }

  private var notRepeatable: RuntimeError {
    RuntimeError(
      .value, "'body' can be sent once only, and the work is asked for a second time",
      range: template["body"]?.range ?? template.range)
  }
}

extension RuntimeError {
  /// Whether the next question may be answered.
  fileprivate var isTransient: Bool {
    switch code {
    case .connection, .protocolViolation, .timeout: true
    default: false
    }
  }
}
