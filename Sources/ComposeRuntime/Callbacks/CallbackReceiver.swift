package import ComposePlan

/// What one call from outside means for those who wait for it (runtime specification, section 7).
package struct CallbackReceiver: Sendable {
  package let plan: CallbackPlan
  private let broker: CallbackBroker

  package init(_ plan: CallbackPlan, _ broker: CallbackBroker) {
    self.plan = plan
    self.broker = broker
  }

  /// Brings what the call tells to those who wait. A status that says neither success nor failure tells nothing.
  ///
  /// - Parameter query: an object of texts.
  /// - Throws: a `value` error when the call is not what the file says of it.
  package func receive(body: Value, query: Value) async throws(RuntimeError) {
    guard let failure = try await verdict(body, query) else { return }
    for item in try await items(of: body, query) {
      let evaluator = Self.evaluator(item, query)
      var id = CallbackPlan.unnamed
      if let template = plan.identifyBy {
        let value = try await evaluator.evaluate(template)
        // Without an id nobody waits for it.
        guard let text = value.idText, !text.isEmpty else { continue }
        id = text
      }
      let outcome: CallbackBroker.Outcome
      if let failure {
        outcome = .failed(failure)
      } else if let template = plan.result {
        outcome = .done(try await evaluator.evaluate(template))
      } else {
        outcome = .done(item)
      }
      broker.deliver(outcome, to: id, keeps: plan.identifyBy != nil)
    }
  }

  /// What a failure adds to its message; empty inside for a success that needs no message, `nil` for neither.
  private func verdict(_ body: Value, _ query: Value) async throws(RuntimeError) -> String?? {
    guard let template = plan.status else { return .some(nil) }
    let status = try await Self.evaluator(body, query).evaluate(template)
    guard status.isTruthy else { return .some(nil) }
    let texts = [status.displayText, status.jsonText]
    if plan.successWhen.contains(where: texts.contains) { return .some(nil) }
    if plan.failWhen.contains(where: texts.contains) { return .some(": its status is '\(status.displayText)'") }
    return nil
  }

  private func items(of body: Value, _ query: Value) async throws(RuntimeError) -> [Value] {
    var value = body
    if let template = plan.item { value = try await Self.evaluator(body, query).evaluate(template) }
    guard plan.isBulk else { return [value] }
    guard case .list(let items) = value else {
      throw RuntimeError(.value, "the call should tell of a list of things, and has \(value.kindName)")
    }
    return items
  }

  /// `body` and `item` are the same: the whole at first, then each thing.
  private static func evaluator(_ body: Value, _ query: Value) -> Evaluator {
    Evaluator(Scope(callers: ["body": body, "item": body, "query": query]))
  }
}

extension Value {
  /// The text by which a call and who waits for it are compared; `nil` when there is none.
  fileprivate var idText: String? {
    switch self {
    case .text(let text): text
    case .boolean, .integer, .bigInteger, .number: jsonText
    default: nil
    }
  }
}
