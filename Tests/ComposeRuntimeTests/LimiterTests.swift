import ComposeRuntime
import Synchronization
import Testing

/// A bounded number of works at the same time.
@Suite struct LimiterTests {
  @Test(arguments: [0, -1]) func nothingIsNoLimit(_ count: Int) async throws {
    let limiter = Limiter(count)
    var slots: [Limiter.Slot] = []
    for _ in 0..<100 { slots.append(try await limiter.acquire()) }
    #expect((limiter.running, limiter.waiting) == (100, 0))
    slots = []
    #expect(limiter.running == 0)
  }

  @Test func aSlotIsGivenBackOnce() async throws {
    let limiter = Limiter(2)
    let first = try await limiter.acquire()
    let second = try await limiter.acquire()
    first.release()
    first.release()
    #expect(limiter.running == 1)
    second.release()
    #expect(limiter.running == 0)
  }

  @Test(.timeLimit(.minutes(15))) func thoseWhoWaitGoInTheirOrder() async throws {
    let limiter = Limiter(1)
    let first = try await limiter.acquire()
    let order = Mutex<[Int]>([])
    var tasks: [Task<Void, any Error>] = []
    for number in 0..<20 {
      tasks.append(
        Task { @Sendable in
          try await limiter.withSlot { () async throws(RuntimeError) in
            order.withLock { $0.append(number) }
            #expect(limiter.running == 1)
          }
        })
      while limiter.waiting <= number { await Task.yield() }
    }
    first.release()
    for task in tasks { try await task.value }
    #expect(order.withLock { $0 } == Array(0..<20))
    #expect((limiter.running, limiter.waiting) == (0, 0))
  }

  @Test(.timeLimit(.minutes(15))) func whoeverIsCancelledLeavesTheQueue() async throws {
    let limiter = Limiter(1)
    let first = try await limiter.acquire()
    let waiting = Task { try await limiter.acquire() }
    let behind = Task { try await limiter.acquire() }
    while limiter.waiting < 2 { await Task.yield() }
    waiting.cancel()
    await #expect { try await waiting.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    #expect(limiter.waiting == 1)
    first.release()
    let last = try await behind.value
    #expect((limiter.running, limiter.waiting) == (1, 0))
    last.release()
    #expect(limiter.running == 0)
  }

  @Test func whoeverIsCancelledBeforeTakesNoSlot() async throws {
    let limiter = Limiter(1)
    let gate = StreamGate()
    let task = Task { @Sendable in
      await gate.wait()
      return try await limiter.acquire()
    }
    task.cancel()
    await #expect { try await task.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    #expect(limiter.running == 0)
  }

  @Test func anErrorGivesTheSlotBack() async throws {
    let limiter = Limiter(1)
    await #expect(throws: RuntimeError.self) {
      try await limiter.withSlot { () async throws(RuntimeError) in throw RuntimeError(.value, "no") }
    }
    #expect(limiter.running == 0)
  }

  // MARK: Streams

  private func held(_ source: CountingSource, _ limiter: Limiter) async throws -> ValueStream? {
    guard case .stream(let stream) = try source.stream.holding(try await limiter.acquire()) else { return nil }
    return stream
  }

  @Test func aStreamHoldsItsSlotToItsEnd() async throws {
    let limiter = Limiter(1)
    let stream = try await held(CountingSource(.encoded(.json), "[1]"), limiter)
    #expect(stream?.form == .encoded(.json))
    _ = try await stream?.next()
    #expect(limiter.running == 1)
    #expect(try await stream?.next() == nil)
    #expect(limiter.running == 0)
  }

  @Test func aStreamGivesItsSlotBackInEveryCase() async throws {
    let limiter = Limiter(1)
    let failing = CountingSource(.bare, "[]", failure: RuntimeError(.connection, "lost"))
    let failed = try await held(failing, limiter)
    await #expect(throws: RuntimeError.self) { try await failed?.next() }
    #expect(limiter.running == 0)
    let source = CountingSource(.bare, "[1]")
    let cancelled = try await held(source, limiter)
    cancelled?.cancel()
    #expect((limiter.running, source.cancels) == (0, 1))
    var dropped = try await held(CountingSource(.bare, "[1]"), limiter)
    #expect(dropped != nil && limiter.running == 1)
    dropped = nil
    #expect(limiter.running == 0)
    _ = try Value.null.holding(try await limiter.acquire())
    #expect(limiter.running == 0)
  }

  // MARK: Stress

  /// Works and cancellations in an order that a seed decides; how they meet, the machine decides.
  @Test(.timeLimit(.minutes(15)), arguments: 1...20)
  func noSlotIsLost(_ seed: UInt64) async throws {
    var random = JSONGenerator(seed: seed)
    let limit = Int.random(in: 1...4, using: &random)
    let limiter = Limiter(limit)
    let most = Mutex(0)
    var tasks: [Task<Bool, Never>] = []
    for _ in 0..<200 {
      let yields = Int.random(in: 0...5, using: &random)
      let task = Task { @Sendable in
        do throws(RuntimeError) {
          try await limiter.withSlot { () async throws(RuntimeError) in
            most.withLock { $0 = max($0, limiter.running) }
            for _ in 0..<yields { await Task.yield() }
            if Task.isCancelled { throw .cancelled }
          }
          return true
        } catch {
          return false
        }
      }
      tasks.append(task)
      if Int.random(in: 0..<3, using: &random) == 0 { tasks.randomElement(using: &random)?.cancel() }
      if Int.random(in: 0..<4, using: &random) == 0 { await Task.yield() }
    }
    var done = 0
    for task in tasks where await task.value { done += 1 }
    #expect(done > 0)
    #expect(most.withLock { $0 } <= limit)
    #expect((limiter.running, limiter.waiting) == (0, 0))
    // Every slot is still there.
    var slots: [Limiter.Slot] = []
    for _ in 0..<limit { slots.append(try await limiter.acquire()) }
    #expect(limiter.running == limit)
  }
}
