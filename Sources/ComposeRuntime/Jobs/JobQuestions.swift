import ComposeBasic
import ComposePlan

/// Asks in the middle of a call, as an interrupt behind its job does.
struct JobQuestions: QuestionAsker {
  let context: RunContext
  let unit: InterruptBroker.Unit
  let job: String

  func ask(_ message: String, metadata: Value, at range: SourceRange) async throws(RuntimeError) -> Value {
    let redactor = context.program.redactor
    let point = InterruptPoint(
      id: context.newID(), runID: context.run.id, workflow: context.workflow, job: job, phase: .after,
      message: .text(redactor.redact(message)), metadata: redactor.redact(metadata), range: range)
    return try await context.answer(to: point, of: unit)
  }
}

extension RunContext {
  /// Waits for the answer to a point, and tells those who watch.
  func answer(to point: InterruptPoint, of unit: InterruptBroker.Unit) async throws(RuntimeError) -> Value {
    events.emit(.interrupted(point), job: point.job, at: point.range)
    do throws(RuntimeError) {
      let answer = try await interrupts.answer(to: point, of: unit)
      events.emit(.answered(point), job: point.job, at: point.range)
      return answer
    } catch {
      throw error.located(range: point.range)
    }
  }
}
