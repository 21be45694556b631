import ComposeRuntime
import ComposeSema
import ComposeTestSupport
import Synchronization
import Testing

@Suite struct RetryPolicyTests {
  /// The waits of the reference, for each combination of the fields.
  @Test func everyRow() throws {
    let lines = try Files.read(Files.repository + "/Fixtures/time/retries.jsonl").split(separator: UInt8(ascii: "\n"))
    #expect(lines.count > 100)
    for line in lines {
      let row = try parseJSON(Array(line))
      let schedule = RetrySchedule(
        attempts: 100, delay: try seconds(of: row.member("delay")) ?? 0,
        isExponential: row.member("backoff").displayText == "exponential",
        longestDelay: try seconds(of: row.member("max_delay")))
      guard case .list(let waits) = row.member("waits") else {
        Issue.record("no waits")
        continue
      }
      for (attempt, expected) in zip([1, 2, 3, 4, 9, 40], waits) {
        let wait = schedule.wait(before: attempt + 1)
        #expect(Value.number(wait).isEqual(to: expected), "\(row.debugForm), attempt \(attempt): \(wait)")
      }
    }
  }

  @Test func waitsAreLengthenedAndNeverShortened() {
    let policy = RetryPolicy(RetrySchedule(attempts: 5, delay: 10))
    #expect(wait(policy, random: .constant(0)) == 10)
    let longest = wait(policy, random: .constant(.max)) ?? 0
    // One part in ten, and the rounding of the last digit.
    #expect(longest > 10.999_999_9 && longest < 11.000_000_1)
    let random = RandomSource.seeded(1)
    let waits = (0..<200).compactMap { _ in wait(policy, random: random) }
    #expect(waits.count == 200 && Set(waits).count > 150)
    #expect(waits.allSatisfy { (10...11).contains($0) })
    #expect(wait(RetryPolicy(RetrySchedule(attempts: 5, delay: 0)), random: .constant(.max)) == 0)
  }

  @Test func theProviderSaysHowLong() {
    let policy = RetryPolicy(RetrySchedule(attempts: 5, delay: 2, longestDelay: 4))
    for (status, expected) in [(429, 30.0), (503, 30), (500, 2)] {
      let error = RuntimeError(.provider, "busy", status: status, retryAfter: 30)
      #expect(wait(policy, after: error) == expected)
    }
    #expect(wait(policy, after: RuntimeError(.provider, "busy", status: 429, retryAfter: 1)) == 2)
  }

  @Test func theDeadlineAllowsNoOther() {
    let policy = RetryPolicy(RetrySchedule(attempts: 3, delay: 4))
    let now = MonotonicInstant(nanoseconds: 0)
    let error = RuntimeError(.provider, "busy", status: 500)
    func decision(_ limit: Double) -> RetryPolicy.Decision {
      policy.decision(
        after: error, attempt: 1, deadline: Deadline("workflow 'w'", seconds: limit, from: now), now: now,
        random: .constant(0))
    }
    guard case .again(4) = decision(5) else {
      Issue.record("no other attempt")
      return
    }
    guard case .end(let last) = decision(4) else {
      Issue.record("another attempt")
      return
    }
    #expect(last.code == .provider && last.status == 500)
    #expect(last.message == "busy (attempt 1 of 3: the time of workflow 'w', 4s, does not allow another)")
  }

  @Test func whatIsNotTriedAgain() {
    let policy = RetryPolicy(RetrySchedule(attempts: 3, delay: 0))
    for code in [RuntimeError.Code.cancelled, .invalidInput, .deadlock, .unanswered, .unknownWorkflow, .unsupported] {
      #expect(wait(policy, after: RuntimeError(code, "no")) == nil, "\(code)")
    }
    for code in [RuntimeError.Code.value, .provider, .protocolViolation, .connection, .timeout, .internal] {
      #expect(wait(policy, after: RuntimeError(code, "no")) == 0, "\(code)")
    }
    let error = RuntimeError(.connection, "lost")
    #expect(wait(policy, after: error, hasAnswered: true) == nil)
    #expect(wait(policy, after: error, attempt: 2) == 0)
    #expect(wait(policy, after: error, attempt: 3) == nil)
    #expect(wait(.once, after: error) == nil)
  }

  @Test func attemptsFollowEachOther() async throws {
    let clock = ManualClock(.jumping)
    let policy = RetryPolicy(RetrySchedule(attempts: 5, delay: 1, isExponential: true, longestDelay: 3))
    var told: [Int] = []
    let result = try await policy.run(
      clock: clock, random: .constant(0), onRetry: { attempt, _, _ in told.append(attempt) },
      { (attempt) async throws(RuntimeError) in
        guard attempt == 4 else { throw RuntimeError(.connection, "lost \(attempt)") }
        return attempt
      })
    #expect(result == 4)
    #expect(told == [1, 2, 3])
    #expect(clock.sleeps == [1, 2, 3])
  }

  @Test func theLastErrorCounts() async {
    let clock = ManualClock(.jumping)
    let policy = RetryPolicy(RetrySchedule(attempts: 3, delay: 0))
    await #expect {
      try await policy.run(clock: clock, random: .system) { (attempt) async throws(RuntimeError) in
        throw RuntimeError(.connection, "lost \(attempt)")
      }
    } throws: {
      ($0 as? RuntimeError)?.message == "lost 3"
    }
  }

  @Test func cancellationEndsAWait() async {
    let clock = ManualClock()
    let attempts = Mutex(0)
    let task = Task {
      try await RetryPolicy(RetrySchedule(attempts: 3, delay: 60)).run(clock: clock, random: .system) {
        (attempt) async throws(RuntimeError) in
        attempts.withLock { $0 = attempt }
        throw RuntimeError(.connection, "lost")
      }
    }
    await clock.sleepers(count: 1)
    task.cancel()
    await #expect { try await task.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    #expect(attempts.withLock { $0 } == 1)
  }

  /// The wait that is decided on; `nil` when no other attempt follows.
  private func wait(
    _ policy: RetryPolicy, after error: RuntimeError = RuntimeError(.connection, "lost"), attempt: Int = 1,
    hasAnswered: Bool = false, random: RandomSource = .constant(0)
  ) -> Double? {
    let decision = policy.decision(
      after: error, attempt: attempt, hasAnswered: hasAnswered, now: MonotonicInstant(nanoseconds: 0), random: random)
    guard case .again(let seconds) = decision else { return nil }
    return seconds
  }
}
