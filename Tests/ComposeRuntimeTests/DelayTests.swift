import ComposeRuntime
import Testing

@Suite struct DelayTests {
  @Test(
    arguments: [
      (.text("1.5s"), [1.5]), (.integer(2), [2]), (.number(0.25), [0.25]), (.text("1:00"), [60]), (.boolean(true), [1]),
      (.null, []), (.integer(0), []), (.text(""), []), (.text("0s"), []), (.text("-5s"), []), (.integer(-1), []),
      (.list([]), []), (.object([:]), []),
    ] as [(Value, [Double])])
  func intervals(_ duration: Value, _ sleeps: [Double]) async throws {
    let clock = ManualClock(.jumping)
    try await Delay(duration: duration).wait(on: clock)
    #expect(clock.sleeps == sleeps)
  }

  @Test(arguments: [.text("soon"), .list([.integer(1)]), .number(.nan)] as [Value])
  func noIntervals(_ duration: Value) {
    #expect(throws: RuntimeError.self) { try Delay(duration: duration) }
  }

  @Test(
    arguments: [
      ("2030-03-17T17:46:40.5", "UTC", 0.5), ("2030-03-17T17:46:40.25Z", "", 0.25),
      ("2030-03-18T02:47:10+09:00", "", 30),
      ("2030-03-17T17:46:40", "UTC", nil), ("2030-03-17T17:46:39Z", "", nil), ("1000-01-01", "UTC", nil),
      ("", "Mars/Olympus", nil),
    ] as [(String, String, Double?)])
  func pointsInTime(_ time: String, _ zone: String, _ seconds: Double?) async throws {
    let clock = ManualClock(.jumping, secondsSinceEpoch: 1_900_000_000)
    try await Delay(time: .text(time), timeZone: .text(zone), zones: .system).wait(on: clock)
    #expect(clock.sleeps == (seconds.map { [$0] } ?? []))
  }

  @Test func cancellationEndsADelay() async {
    let clock = ManualClock()
    let task = Task { try await Delay(duration: .text("1d")).wait(on: clock) }
    await clock.sleepers(count: 1)
    task.cancel()
    await #expect { try await task.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    #expect(clock.sleeperCount == 0)
  }
}
