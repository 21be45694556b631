import ComposeRuntime
import Glibc
import Testing

@Suite struct ClockTests {
  @Test func manualSleepersWakeInOrder() async throws {
    let clock = ManualClock()
    let tasks = [3.0, 1, 2].map { seconds in Task { try await clock.sleep(seconds: seconds) } }
    await clock.sleepers(count: 3)
    clock.advance(seconds: 1)
    try await tasks[1].value
    #expect(clock.sleeperCount == 2)
    clock.advance(seconds: 0.5)
    #expect(clock.sleeperCount == 2)
    clock.advance(seconds: 0.5)
    try await tasks[2].value
    #expect(clock.sleeperCount == 1)
    clock.advance(seconds: 4.5)
    try await tasks[0].value
    #expect(clock.now == MonotonicInstant(nanoseconds: 6_500_000_000))
    #expect(clock.secondsSinceEpoch == 1_900_000_006.5)
  }

  @Test(arguments: [true, false])
  func cancellationEndsASleep(_ isSystem: Bool) async {
    let clock: any RunClock = isSystem ? SystemClock() : ManualClock()
    let task = Task { () async -> RuntimeError.Code? in
      do throws(RuntimeError) {
        try await clock.sleep(until: .distantFuture)
        return nil
      } catch {
        return error.code
      }
    }
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  @Test func theSystemClockGoesForward() async throws {
    let clock = SystemClock()
    let before = time(nil)
    let seconds = clock.secondsSinceEpoch
    // The kernel's coarse clock may be a tick behind.
    #expect(Int(seconds) >= before && Int(seconds) <= time(nil) + 1)
    #expect(clock.millisecondsSinceEpoch >= UInt64(seconds * 1000))
    let start = clock.now
    #expect(start <= clock.now)
    try await clock.sleep(until: MonotonicInstant(nanoseconds: start.nanoseconds - 1))
    try await clock.sleep(seconds: -5)
    try await clock.sleep(untilSecondsSinceEpoch: 0)
  }

  /// A sleep until a time of day looks at the clock again every minute.
  @Test func settingTheClockMovesThePoint() async throws {
    let clock = ManualClock(secondsSinceEpoch: 1000)
    let task = Task { try await clock.sleep(untilSecondsSinceEpoch: 1100) }
    await clock.sleepers(count: 1)
    clock.secondsSinceEpoch = 1050
    clock.advance(seconds: 60)
    try await task.value
    #expect(clock.sleeps == [60])

    let jumping = ManualClock(.jumping, secondsSinceEpoch: 0)
    try await jumping.sleep(untilSecondsSinceEpoch: 150)
    #expect(jumping.sleeps == [60, 60, 30])
  }

  @Test func instants() {
    let zero = MonotonicInstant(nanoseconds: 0)
    #expect(zero.advanced(seconds: 1.5).nanoseconds == 1_500_000_000)
    #expect(zero.advanced(seconds: 1e-12).nanoseconds == 1)
    #expect(zero.advanced(seconds: 1e20) == .distantFuture)
    #expect(zero.advanced(seconds: .infinity) == .distantFuture)
    #expect(MonotonicInstant.distantFuture.advanced(seconds: 1) == .distantFuture)
    #expect(MonotonicInstant.distantFuture.seconds(since: zero) == .infinity)
    #expect(zero.seconds(since: zero.advanced(seconds: 2)) == -2)
  }
}
