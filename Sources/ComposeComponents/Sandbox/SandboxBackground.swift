import ComposeRuntime
import Synchronization

/// Answers that are made in the background, until somebody asks for them.
final class SandboxBackground: Sendable {
  private struct Work {
    let document: Value
    var timesAsked = 0
  }

  /// More are not kept; the oldest go first.
  private static let limit = 1000

  private let work = Mutex<(byID: [String: Work], order: [String])>(([:], []))

  func begin(_ id: String, _ document: Value) {
    work.withLock { work in
      if work.byID.updateValue(Work(document: document), forKey: id) == nil { work.order.append(id) }
      if work.order.count > Self.limit { work.byID[work.order.removeFirst()] = nil }
    }
  }

  /// The answer, and how often it was asked for before.
  func ask(_ id: String) -> (document: Value, timesAsked: Int)? {
    work.withLock { work in
      guard let found = work.byID[id] else { return nil }
      work.byID[id]?.timesAsked += 1
      return (found.document, found.timesAsked)
    }
  }
}
