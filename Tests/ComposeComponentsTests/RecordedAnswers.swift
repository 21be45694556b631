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
    // Jobs side by side come to their points in no fixed order.
    asked.withLock { $0 += points.map { describe($0) }.sorted() }
    return points.map { point in
      let name = name(of: point)
      return answers.withLock { lists in
        guard let next = lists[name]?.first else { return .null }
        lists[name]?.removeFirst()
        return next
      }
    }
  }

  private func describe(_ point: InterruptPoint) -> String {
    let texts = [point.message, point.metadata].filter { !$0.isNull }.map { " " + $0.jsonText }
    return "interrupt \(name(of: point))\(texts.joined())"
  }

  private func name(of point: InterruptPoint) -> String { "\(point.job) \(point.phase.rawValue)" }
}
