import ComposePlan
import Synchronization

/// Answers a run's questions: with what was prepared, then by asking, or with null where nobody is to be asked.
package final class AnswerSource: InterruptHandler {
  /// Asks for one answer.
  ///
  /// - Parameters:
  ///   - number: counts the questions that are asked together, from 1.
  ///   - count: how many there are.
  package typealias Question =
    @Sendable (_ point: InterruptPoint, _ number: Int, _ count: Int) async throws(RuntimeError) -> Value

  private struct State {
    var prepared: [PreparedAnswer]
    /// By the ids of the points: a question may be put again when the job that put it was cancelled meanwhile.
    var given: [String: Value] = [:]
  }

  private let state: Mutex<State>
  private let isAutomatic: Bool
  private let question: Question?

  /// - Parameters:
  ///   - isAutomatic: whether null answers what nothing was prepared for.
  ///   - question: `nil` when there is nobody to ask.
  package init(prepared: [PreparedAnswer] = [], isAutomatic: Bool = false, question: Question? = nil) {
    state = Mutex(State(prepared: prepared))
    self.isAutomatic = isAutomatic
    self.question = question
  }

  /// The prepared answers that no question has taken.
  package var unused: [PreparedAnswer] { state.withLock { $0.prepared } }

  package func answers(to points: [InterruptPoint]) async throws(RuntimeError) -> [Value] {
    var answers = points.map { prepared(for: $0) }
    let open = answers.indices.filter { answers[$0] == nil }
    for (number, index) in open.enumerated() {
      let answer = try await ask(points[index], number + 1, of: open.count)
      state.withLock { $0.given[points[index].id] = answer }
      answers[index] = answer
    }
    return answers.map { $0 ?? .null }
  }

  /// The first answer that was prepared for the place. Each is for one question.
  private func prepared(for point: InterruptPoint) -> Value? {
    state.withLock { state in
      if let given = state.given[point.id] { return given }
      guard let index = state.prepared.firstIndex(where: { $0.isFor(job: point.job, point.phase) }) else { return nil }
      let value = state.prepared.remove(at: index).value
      state.given[point.id] = value
      return value
    }
  }

  private func ask(_ point: InterruptPoint, _ number: Int, of count: Int) async throws(RuntimeError) -> Value {
    if isAutomatic { return .null }
    guard let question else {
      throw RuntimeError(
        .unanswered,
        "the run stops \(point.phase.rawValue) job '\(point.job)' for an answer, and there is nobody to ask",
        range: point.range)
    }
    return try await question(point, number, count)
  }
}
