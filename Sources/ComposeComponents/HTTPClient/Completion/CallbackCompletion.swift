import ComposeBasic
import ComposePlan
import ComposeRuntime

/// `completion: callback`: waits until a call from outside tells that the work is done.
struct CallbackCompletion: Sendable {
  private let action: HTTPAction
  private let template: PlanTemplate

  init(_ action: HTTPAction, _ template: PlanTemplate) {
    self.action = action
    self.template = template
  }

  /// Whether the answer to the request tells which call is meant.
  var dependsOnAnswer: Bool { template["wait_for"]?.references.contains { $0.root == "response" } ?? false }

  /// Begins to wait for the call that the file means.
  func ticket(_ scope: Scope) async throws(RuntimeError) -> CallbackBroker.Ticket {
    let name = template["wait_for"]
    let value = if let name { try await Evaluator(scope).evaluate(name) } else { Value.null }
    do throws(RuntimeError) {
      guard let id = try value.fieldText ?? action.style.unnamedCallback, !id.isEmpty else {
        throw RuntimeError(.value, "is empty, so no callback can be told from others")
      }
      return try action.services.callbacks.expect(id)
    } catch {
      guard error.code == .value else { throw error.located(range: template.range) }
      throw RuntimeError(.value, "'wait_for' \(error.message)", range: name?.range ?? template.range)
    }
  }

  /// What the call brings.
  ///
  /// - Throws: a `provider` error when it tells that the work has failed.
  func value(_ ticket: CallbackBroker.Ticket) async throws(RuntimeError) -> Value {
    do throws(RuntimeError) {
      return try await ticket.value()
    } catch {
      throw error.located(range: template.range)
    }
  }
}
