import ComposePlan
import ComposeRuntime
import Synchronization

/// Answers interrupts from a list, and keeps what was asked.
///
/// The list is an object: each member is named `JOB before` or `JOB after`, and holds one answer for each time that
/// the point is asked. Null when there is none left.
final class RecordedAnswers: InterruptHandler {
  private let answers: Mutex<[String: [Value]]>
  private let asked = Mutex<[String]>([])

  init(_ answers: Value) {
    var lists: [String: [Value]] = [:]
    if case .object(let members) = answers {
      for (name, list) in members {
        if case .list(let values) = list { lists[name] = values }
      }
    }
    self.answers = Mutex(lists)
  }

  /// A line for each point, in the order in which they were asked.
  var lines: [String] { asked.withLock { $0 } }

  func answers(to points: [InterruptPoint]) async throws(RuntimeError) -> [Value] {
    points.map { point in
      let name = "\(point.job) \(point.phase.rawValue)"
      let texts = [point.message, point.metadata].filter { !$0.isNull }.map { " " + $0.jsonText }
      asked.withLock { $0.append("interrupt \(name)\(texts.joined())") }
      return answers.withLock { lists in
        guard let next = lists[name]?.first else { return .null }
        lists[name]?.removeFirst()
        return next
      }
    }
  }
}
