import ComposeRuntime
import Synchronization
import Testing

@Suite struct DeadlineTests {
  private let clock = ManualClock()

  @Test func inTime() async throws {
    let clock = clock
    let deadline = Deadline("job 'a'", seconds: 10, from: clock.now)
    let task = Task {
      try await run(within: deadline, on: clock, discard: { (_: Value) in }) { () async throws(RuntimeError) in
        try await clock.sleep(seconds: 9)
        return .text("done")
      }
    }
    await clock.sleepers(count: 2)
    clock.advance(seconds: 9)
    #expect(try await task.value.isEqual(to: .text("done")))
    #expect(clock.sleeperCount == 0)
  }

  @Test func over() async throws {
    let clock = clock
    let deadline = Deadline("workflow 'chat'", seconds: 1.5, from: clock.now)
    let seen = Mutex<RuntimeError.Code?>(nil)
    let task = Task {
      try await run(within: deadline, on: clock, discard: { (_: Value) in }) { () async throws(RuntimeError) in
        do throws(RuntimeError) { try await clock.sleep(until: .distantFuture) } catch {
          seen.withLock { $0 = error.code }
          throw error
        }
        return .null
      }
    }
    await clock.sleepers(count: 2)
    clock.advance(seconds: 1.5)
    await #expect { try await task.value } throws: { error in
      let error = error as? RuntimeError
      return error?.code == .timeout && error?.message == "workflow 'chat' did not finish within 1.5s"
    }
    #expect(seen.withLock { $0 } == .cancelled)
    #expect(clock.sleeperCount == 0)
  }

  /// What comes after the deadline is not a result any more, and the caller can close what is in it.
  @Test func tooLate() async throws {
    let clock = clock
    let deadline = Deadline("it", seconds: 0.25, from: clock.now)
    let isDiscarded = Mutex(false)
    let task = Task {
      try await run(within: deadline, on: clock, discard: { _ in isDiscarded.withLock { $0 = true } }) {
        () async throws(RuntimeError) in
        try? await clock.sleep(until: .distantFuture)
        return Value.text("late")
      }
    }
    await clock.sleepers(count: 2)
    clock.advance(seconds: 1)
    await #expect { try await task.value } throws: {
      ($0 as? RuntimeError)?.message == "it did not finish within 250ms"
    }
    #expect(isDiscarded.withLock { $0 })
  }

  @Test func overBeforeItBegins() async {
    let deadline = Deadline("it", seconds: 0, from: clock.now)
    await #expect { try await run(within: deadline, on: clock, discard: { (_: Value) in }) { .null } } throws: {
      ($0 as? RuntimeError)?.code == .timeout
    }
  }

  @Test func cancellationFromOutside() async {
    let clock = clock
    let deadline = Deadline("it", seconds: 5, from: clock.now)
    let task = Task {
      try await run(within: deadline, on: clock, discard: { (_: Value) in }) { () async throws(RuntimeError) in
        try await clock.sleep(until: .distantFuture)
        return .null
      }
    }
    await clock.sleepers(count: 2)
    task.cancel()
    await #expect { try await task.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    #expect(clock.sleeperCount == 0)
  }

  @Test func failures() async {
    let deadline = Deadline("it", seconds: 5, from: clock.now)
    for deadline in [deadline, nil] {
      await #expect {
        try await run(within: deadline, on: clock, discard: { (_: Value) in }) { () async throws(RuntimeError) in
          throw RuntimeError(.provider, "no")
        }
      } throws: {
        ($0 as? RuntimeError)?.code == .provider
      }
    }
  }

  @Test func theSoonerOneCounts() {
    let whole = Deadline("workflow 'w'", seconds: 10, from: clock.now)
    let part = Deadline("job 'j'", seconds: 3, from: clock.now)
    #expect(Deadline.sooner(whole, part)?.subject == "job 'j'")
    #expect(Deadline.sooner(part, whole)?.subject == "job 'j'")
    #expect(Deadline.sooner(nil, whole)?.subject == "workflow 'w'")
    #expect(Deadline.sooner(whole, nil)?.subject == "workflow 'w'")
    #expect(Deadline.sooner(nil, nil) == nil)
    clock.advance(seconds: 2)
    #expect(part.remaining(at: clock.now) == 1)
    clock.advance(seconds: 2)
    #expect(part.remaining(at: clock.now) == 0)
    #expect(part.isOver(at: clock.now) && !whole.isOver(at: clock.now))
  }
}
