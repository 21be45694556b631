/// How many exchanges may begin together.
///
/// Thousands of requests that come at once would open a connection each, though most providers answer before the last of
/// them stands; and libcurl looks through all connections to a host when a request begins, so that the work grows with
/// the square of their number. So what comes beyond a limit waits until others have been answered. It does not wait for
/// long: a provider that takes its time gets all of them side by side.
package struct StartLimit: Sendable {
  /// How many exchanges may wait for the head of their answer before others wait to begin.
  package var unanswered: Int
  /// After how many nanoseconds one begins all the same.
  package var patience: UInt64

  package init(unanswered: Int = 512, patience: UInt64 = 100_000_000) {
    self.unanswered = unanswered
    self.patience = patience
  }
}

/// The exchanges of a loop that wait to begin, in the order in which they came.
struct StartQueue {
  typealias Instant = TransferDeadlines.Instant

  private let limit: StartLimit
  private var waiting: [(exchange: Exchange, until: Instant)] = []
  /// How many of them have begun: they are removed together.
  private var begun = 0
  /// How many of those that have begun have no answer.
  private var unanswered = 0

  init(_ limit: StartLimit) { self.limit = limit }

  mutating func append(_ exchange: Exchange, at now: Instant) {
    waiting.append((exchange, now &+ limit.patience))
  }

  /// An exchange has begun.
  mutating func noteStart() { unanswered += 1 }

  /// One that had begun was answered, or has ended.
  mutating func noteAnswer() { unanswered -= 1 }

  /// The next one that may begin now.
  mutating func next(at now: Instant) -> Exchange? {
    guard begun < waiting.count, unanswered < limit.unanswered || waiting[begun].until <= now else { return nil }
    defer {
      begun += 1
      if begun == waiting.count || begun == 1024 {
        waiting.removeFirst(begun)
        begun = 0
      }
    }
    return waiting[begun].exchange
  }

  /// When the next one begins at the latest; the largest instant when there is none.
  var deadline: Instant { begun < waiting.count ? waiting[begun].until : .max }
}
