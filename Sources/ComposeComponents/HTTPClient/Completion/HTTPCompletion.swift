import ComposeBasic
import ComposeHTTP
import ComposePlan
import ComposeRuntime

/// How an action waits for work that goes on after the answer to its request (runtime specification, section 3).
enum HTTPCompletion: Sendable {
  /// What has come of the work.
  enum Outcome: Sendable {
    /// The answer that says that it is done.
    case reply(HTTPReply)
    /// What the callback has brought.
    case value(Value)
  }

  case polling(PollingCompletion)
  case callback(CallbackCompletion)

  /// `nil` when the action does not wait.
  init?(_ action: HTTPAction) {
    guard let template = action.call.invocation.actionField("completion"), case .object = template.content else {
      return nil
    }
    if case .text("callback")? = template["type"]?.literal {
      self = .callback(CallbackCompletion(action, template))
    } else {
      self = .polling(PollingCompletion(action, template))
    }
  }

  /// How the events of a streamed result are read; `nil` as the action says.
  var format: StreamPipeline.Format? {
    guard case .polling(let polling) = self else { return nil }
    return polling.format
  }

  /// Begins to wait before the request is sent, where it is known already for what.
  func waiting(before scope: Scope) async throws(RuntimeError) -> CallbackBroker.Ticket? {
    guard case .callback(let callback) = self, !callback.dependsOnAnswer else { return nil }
    return try await callback.ticket(scope)
  }

  /// Waits for the end of the work.
  ///
  /// - Parameters:
  ///   - ticket: what ``waiting(before:)`` gave.
  ///   - scope: has the answer to the request as `response`.
  func result(_ ticket: CallbackBroker.Ticket?, _ scope: Scope) async throws(RuntimeError) -> Outcome {
    switch self {
    case .polling(let polling): return .reply(try await polling.reply(scope))
    case .callback(let callback):
      let ticket = if let ticket { ticket } else { try await callback.ticket(scope) }
      return .value(try await callback.value(ticket))
    }
  }
}
