import Synchronization
import Testing

@testable import ComposeComponents

@Suite struct WorkerThreadsTests {
  @Test func oneThreadKeepsTheOrder() async {
    let threads = WorkerThreads(limit: 1)
    let seen = Mutex<[Int]>([])
    for number in 0..<100 { await threads.run { seen.withLock { $0.append(number) } } }
    #expect(seen.withLock { $0 } == Array(0..<100))
    threads.stop()
  }

  @Test(arguments: [1, 4])
  func noMoreThanTheLimitAtOnce(_ limit: Int) async {
    let threads = WorkerThreads(limit: limit)
    let running = Running()
    let sum = await withTaskGroup(of: Int.self) { group in
      for number in 0..<200 {
        group.addTask {
          await threads.run {
            running.begin()
            defer { running.end() }
            return number
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(sum == 19_900)
    #expect(running.most <= limit)
    threads.stop()
  }

  @Test func afterTheEndWorkIsDoneByTheCaller() async {
    let threads = WorkerThreads(limit: 2)
    #expect(await threads.run { 1 } == 1)
    threads.stop()
    threads.stop()
    #expect(await threads.run { 2 } == 2)
  }
}

/// Counts what runs at the same time.
private final class Running: Sendable {
  private let counts = Mutex([0, 0])

  var most: Int { counts.withLock { $0[1] } }

  func begin() {
    counts.withLock { counts in
      counts[0] += 1
      counts[1] = max(counts[0], counts[1])
    }
  }

  func end() { counts.withLock { $0[0] -= 1 } }
}
