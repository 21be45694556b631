import ComposeRuntime
import ComposeTestSupport
import Synchronization

@testable import ComposeComponents

/// Gives its numbers in turn, and the last one for ever.
final class Numbers: Sendable {
  private let rest: Mutex<[UInt64]>

  init(_ numbers: [UInt64]) { rest = Mutex(numbers) }

  var source: RandomSource {
    RandomSource { self.rest.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
  }
}

/// Counts from several threads.
final class Counter: Sendable {
  private let count = Mutex(0)

  var value: Int { count.withLock { $0 } }

  func increase() { count.withLock { $0 += 1 } }
}
