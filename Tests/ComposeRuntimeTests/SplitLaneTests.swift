import ComposeRuntime
import Synchronization
import Testing

/// A source that gives an item when the test says so.
private actor HandSource {
  private var pull: CheckedContinuation<Value?, Never>?
  private var onPull: CheckedContinuation<Void, Never>?
  nonisolated let cancels = Mutex(0)

  nonisolated var stream: Value {
    .stream(
      ValueStream(
        .bare, next: { () async throws(RuntimeError) in await self.next() },
        cancel: { self.cancels.withLock { $0 += 1 } }))
  }

  private func next() async -> Value? {
    await withCheckedContinuation { continuation in
      pull = continuation
      onPull?.resume()
      onPull = nil
    }
  }

  /// Ends when the source is asked for an item.
  func asked() async {
    if pull != nil { return }
    await withCheckedContinuation { onPull = $0 }
  }

  func give(_ value: Value?) async {
    await asked()
    pull?.resume(returning: value)
    pull = nil
  }
}

/// How the lanes of a split stream share their source.
@Suite struct SplitLaneTests {
  private static let template = #"{"|": "${s}", a: "${item}", b: "${item as integer}"}"#

  @Test func oneReadIsOnePull() async throws {
    let source = CountingSource(.bare, "[1, 2, 3]")
    let lanes = try await self.lanes(source)
    #expect(source.pulls == 0)
    #expect(try await lanes[0].next()?.jsonText == "1")
    #expect(source.pulls == 1)
    #expect(try await lanes[1].next()?.jsonText == "1")
    #expect(source.pulls == 1)
    #expect(try await lanes[1].next()?.jsonText == "2")
    #expect(source.pulls == 2)
  }

  @Test func lanesMayBeReadOneAfterTheOther() async throws {
    let source = CountingSource(.bare, "[1, 2, 3]")
    let lanes = try await self.lanes(source)
    #expect(await rest(of: lanes[1]) == "1 2 3")
    #expect(await rest(of: lanes[0]) == "1 2 3")
    #expect(source.pulls == 4)
  }

  @Test func anErrorReachesEveryLaneBehindWhatCameBefore() async throws {
    let field = CountingSource(.bare, #"[1, "x", 3]"#)
    let lanes = try await self.lanes(field)
    #expect(await rest(of: lanes[0]) == "1 !")
    #expect(await rest(of: lanes[1]) == "1 !")
    #expect(field.pulls == 2)
    #expect(field.cancels == 1)
    let source = CountingSource(.bare, "[1]", failure: RuntimeError(.connection, "lost"))
    let others = try await self.lanes(source)
    #expect(await rest(of: others[1]) == "1 !")
    #expect(await rest(of: others[0]) == "1 !")
  }

  private func lanes(_ source: CountingSource) async throws -> [ValueStream] {
    try await splitLanes(Self.template, source.stream)
  }

  // MARK: Leaving

  @Test func theLastLaneGivesTheSourceUp() async throws {
    let source = CountingSource(.bare, "[1, 2]")
    let lanes = try await self.lanes(source)
    lanes[0].cancel()
    #expect(source.cancels == 0)
    #expect(try await lanes[1].next()?.jsonText == "1")
    lanes[1].cancel()
    #expect(source.cancels == 1)
    #expect(source.pulls == 1)
  }

  @Test(.timeLimit(.minutes(15))) func leavingEndsAPullThatOnlyItsTaskCanEnd() async throws {
    let (began, beginning) = AsyncStream<Void>.makeStream()
    let (ended, end) = AsyncStream<Void>.makeStream()
    let (nothing, silence) = AsyncStream<Void>.makeStream()
    let source = ValueStream(
      .bare,
      next: { () async throws(RuntimeError) in
        beginning.finish()
        // Nothing ever comes: only a cancelled task goes on.
        for await _ in nothing {}
        end.finish()
        throw .cancelled
      })
    let lanes = try await splitLanes(Self.template, .stream(source))
    let reader = Task { _ = try? await lanes[0].next() }
    for await _ in began {}
    for lane in lanes { lane.cancel() }
    for await _ in ended {}
    await reader.value
    withExtendedLifetime(silence) {}
  }

  @Test func aLaneThatNobodyHoldsTakesPartNoLonger() async throws {
    let source = CountingSource(.bare, "[1, 2]")
    var lanes = try await self.lanes(source)
    lanes.removeLast()
    #expect(source.cancels == 0)
    lanes.removeLast()
    #expect(source.cancels == 1)
  }

  @Test func anEndedSourceIsNotCancelled() async throws {
    let source = CountingSource(.bare, "[1]")
    var lanes = try await self.lanes(source)
    #expect(await rest(of: lanes[0]) == "1")
    lanes = []
    #expect(source.cancels == 0)
  }

  // MARK: Reading from two tasks

  @Test(.timeLimit(.minutes(15)))
  func readersShareAPull() async throws {
    let source = HandSource()
    let lanes = try await splitLanes(Self.template, source.stream)
    let readers = lanes.map { lane in Task { try await lane.next()?.jsonText } }
    await source.give(.integer(7))
    for reader in readers { #expect(try await reader.value == "7") }
    let last = lanes.map { lane in Task { try await lane.next()?.jsonText } }
    await source.give(nil)
    for reader in last { #expect(try await reader.value == nil) }
  }

  @Test(.timeLimit(.minutes(15)))
  func aCancelledReaderDoesNotStallTheOthers() async throws {
    let source = HandSource()
    let lanes = try await splitLanes(Self.template, source.stream)
    let reader = Task { try await lanes[0].next()?.jsonText }
    await source.asked()
    reader.cancel()
    await #expect { try await reader.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    #expect(source.cancels.withLock { $0 } == 0)
    // The pull that the cancelled reader has begun is still good.
    let other = Task { try await lanes[1].next()?.jsonText }
    await source.give(.integer(1))
    #expect(try await other.value == "1")
    lanes[1].cancel()
    #expect(source.cancels.withLock { $0 } == 1)
  }

  @Test(.timeLimit(.minutes(15)))
  func cancellingALaneEndsItsReading() async throws {
    let source = HandSource()
    let lanes = try await splitLanes(Self.template, source.stream)
    let reader = Task { try await lanes[0].next()?.jsonText }
    await source.asked()
    lanes[0].cancel()
    await #expect { try await reader.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    lanes[1].cancel()
    #expect(source.cancels.withLock { $0 } == 1)
    await source.give(nil)
  }

  /// Many reads at once, in any order.
  @Test(.timeLimit(.minutes(15)))
  func everyLaneGetsEverything() async throws {
    let numbers = (0..<500).map(String.init)
    let source = CountingSource(.bare, "[" + numbers.joined(separator: ",") + "]")
    let lanes = try await splitLanes(
      #"{"|": "${s}", a: "${item}", b: "${item}", c: "${item}", d: "${item}"}"#, source.stream)
    let readers = lanes.map { lane in Task { await rest(of: lane) } }
    for reader in readers { #expect(await reader.value == numbers.joined(separator: " ")) }
    #expect(source.pulls == 501)
  }

  // MARK: Limit

  @Test func whatWaitsIsBounded() async throws {
    let large = Value.text(String(repeating: "x", count: 8 * 1024 * 1024))
    let cancelled = Mutex(false)
    let source = ValueStream(
      .bare, elements: [Value](repeating: large, count: 20), cancel: { cancelled.withLock { $0 = true } })
    let lanes = try await splitLanes(#"{"|": "${s}", a: "${item}", b: "${item}"}"#, .stream(source))
    var count = 0
    await #expect { while try await lanes[0].next() != nil { count += 1 } } throws: {
      ($0 as? RuntimeError)?.message.contains("64 MiB") == true
    }
    #expect(count == 8)
    #expect(cancelled.withLock { $0 })
    await #expect(throws: RuntimeError.self) { while try await lanes[1].next() != nil {} }
  }

  @Test func readingKeepsWhatWaitsSmall() async throws {
    let large = Value.text(String(repeating: "x", count: 8 * 1024 * 1024))
    let source = ValueStream(.bare, elements: [Value](repeating: large, count: 20))
    let lanes = try await splitLanes(#"{"|": "${s}", a: "${item}", b: "${item}"}"#, .stream(source))
    var count = 0
    while try await lanes[0].next() != nil {
      _ = try await lanes[1].next()
      count += 1
    }
    #expect(count == 20)
  }
}
