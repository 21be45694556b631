import ComposeBasic
import ComposePlan
import ComposeRuntime

/// Asks for answers on the terminal: the question on standard error, and one line of standard input.
struct AnswerPrompt: Sendable {
  private let lines = LineReader(descriptor: 0)

  /// Whether somebody sees the question and can answer.
  static var isPossible: Bool { Terminal.isTyped && Terminal.isTerminal(.standardError) }

  /// What asks; `nil` when there is nobody to ask.
  static var ifPossible: AnswerSource.Question? {
    guard isPossible else { return nil }
    let prompt = AnswerPrompt()
    return { (point, number, count) async throws(RuntimeError) in try await prompt.ask(point, number, count) }
  }

  /// - Parameters:
  ///   - number: counts the questions that are asked together, from 1.
  ///   - count: how many there are.
  /// - Throws: `unanswered` when the input has ended; `cancelled`.
  private func ask(_ point: InterruptPoint, _ number: Int, _ count: Int) async throws(RuntimeError) -> Value {
    Terminal.write(Self.question(point, number, count), to: .standardError)
    switch await lines.next() {
    case .text(let text): return answer(inText: text.trimmingBlanks)
    case .cancelled:
      Terminal.write("\n", to: .standardError)
      throw .cancelled
    case .end:
      Terminal.write("\n", to: .standardError)
      throw RuntimeError(
        .unanswered, "the input ended where job '\(point.job)' waits for an answer", range: point.range)
    case .failed(let code):
      throw RuntimeError(
        .unanswered, "no answer for job '\(point.job)' can be read: \(Files.reason(code))", range: point.range)
    }
  }

  /// What it says: which place it is, the file's message and metadata, and what to do. Both may hold what a model wrote,
  /// so nothing in them can command the terminal.
  private static func question(_ point: InterruptPoint, _ number: Int, _ count: Int) -> String {
    let position = count > 1 ? "[\(number)/\(count)] " : ""
    var text = "\(position)interrupt — job '\(safeText(point.job))' (\(point.phase.rawValue))\n"
    if !point.message.isNull { text += shown(point.message.displayText) }
    if !point.metadata.isNull { text += shown(point.metadata.indentedJSON) }
    return text + "\nPress Enter to continue, or type an answer (JSON or text): "
  }

  private static func shown(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { safeText(String($0)) + "\n" }.joined()
  }
}
