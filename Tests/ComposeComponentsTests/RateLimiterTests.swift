import ComposeBasic
import ComposePlan
import ComposeRuntime
import Testing

@testable import ComposeComponents

/// When calls go, under every form of `rate_limit`.
@Suite struct RateLimiterTests {
  private static let nowhere = SourceRange(file: SourceFile.ID(index: 0), start: 0, end: 0)

  private func limiter(_ rate: String) -> RateLimiter {
    RateLimiter(PlanTemplate(.constant(.text(rate)), at: Self.nowhere))
  }

  /// When so many calls go that all come at once, in milliseconds.
  private func times(_ limiter: RateLimiter, count: Int, on clock: VirtualTime) async throws -> [Int] {
    try await clock.run {
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<count {
          group.addTask {
            try await limiter.wait(on: clock)
            return Int((Double(clock.now.nanoseconds) / 1e6).rounded())
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }.sorted()
      }
    }
  }

  @Test(
    arguments: [
      ("1/1s", 4, [0, 1000, 2000, 3000]), ("2/s", 5, [0, 0, 500, 1000, 1500]), ("10/1s", 3, [0, 0, 0]),
      (" 60 / 1m ", 62, Array(repeating: 0, count: 60) + [1000, 2000]), ("1/500ms", 3, [0, 500, 1000]),
      ("4/1.5s", 6, [0, 0, 0, 0, 375, 750]),
    ] as [(String, Int, [Int])])
  func theCallsGoAtTheirTimes(_ rate: String, _ count: Int, _ expected: [Int]) async throws {
    #expect(try await times(limiter(rate), count: count, on: VirtualTime()) == expected)
  }

  @Test func theBucketFillsWhileNobodyCalls() async throws {
    let clock = VirtualTime()
    let limiter = limiter("2/1s")
    #expect(try await times(limiter, count: 3, on: clock) == [0, 0, 500])
    try await clock.run { try await clock.sleep(seconds: 60) }
    #expect(try await times(limiter, count: 3, on: clock) == [60500, 60500, 61000])
  }

  @Test func whoIsCancelledTakesNoPlace() async throws {
    let clock = VirtualTime()
    let limiter = limiter("1/10s")
    try await clock.run {
      try await limiter.wait(on: clock)
      let cancelled = Task(executorPreference: clock) { try await limiter.wait(on: clock) }
      try await clock.sleep(seconds: 2)
      cancelled.cancel()
      await #expect(throws: RuntimeError.self) { try await cancelled.value }
      try await limiter.wait(on: clock)
      #expect(clock.now.nanoseconds == 10_000_000_000)
    }
  }

  @Test(arguments: ["10", "x/1s", "0/1s", "-1/1s", "10/0s", "10/x", "10/1s/2", ""])
  func whatIsNoRate(_ text: String) async {
    #expect(RateLimit(.text(text)) == nil)
    await #expect(throws: RuntimeError.self) { try await limiter(text).wait(on: VirtualTime()) }
  }

  @Test func objects() {
    #expect(RateLimit(.object(["requests": .integer(4), "period": .text("2s")]))?.bucket?.perSecond == 2)
    #expect(RateLimit(.object(["requests": .integer(4)])) == RateLimit(.text("4/1s")))
    #expect(RateLimit(.object(["requests": .integer(4), "burst": .integer(1)]))?.bucket?.capacity == 1)
    #expect(RateLimit(.object(["interval": .number(0.25)]))?.interval == 0.25)
    #expect(RateLimit(.object(["interval": .number(0.25)]))?.bucket == nil)
    #expect(RateLimit(.object([:])) == nil)
    #expect(RateLimit(.object(["requests": .text("x")])) == nil)
  }
}
