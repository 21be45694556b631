import ComposeRuntime
import Synchronization
import Testing

/// Items that are worked on in batches.
@Suite struct BatchTests {
  private func stream(_ value: Value?) throws -> ValueStream {
    guard case .stream(let stream)? = value else { throw RuntimeError(.internal, "no stream") }
    return stream
  }

  @Test func aBatchIsPulledWhenItsFirstResultIsAsked() async throws {
    let source = CountingSource(.bare, "[1, 2, 3, 4, 5]")
    let results = try stream(
      try await source.stream.mappingItems(batchSize: 2) { (item, _) async throws(RuntimeError) in item })
    #expect(source.pulls == 0)
    for pulls in [2, 2, 4, 4, 6] {
      #expect(try await results.next() != nil)
      #expect(source.pulls == pulls)
    }
    #expect(try await results.next() == nil)
    #expect(source.pulls == 6)
  }

  @Test(.timeLimit(.minutes(15)), arguments: [false, true])
  func theItemsOfABatchRunAtTheSameTime(_ streaming: Bool) async throws {
    let meetings = [StreamMeeting(of: 3), StreamMeeting(of: 3), StreamMeeting(of: 1)]
    let list = json("[0, 1, 2, 3, 4, 5, 6]")
    let running = Mutex((now: 0, most: 0))
    let result = try await list.mappingItems(batchSize: 3, streaming: streaming) {
      (item, index) async throws(RuntimeError) in
      running.withLock { running in
        running.now += 1
        running.most = max(running.most, running.now)
      }
      await meetings[index / 3].arrive()
      running.withLock { $0.now -= 1 }
      return item
    }
    #expect(try await result?.drained().jsonText == "[0, 1, 2, 3, 4, 5, 6]")
    #expect(running.withLock { $0.most } == 3)
  }

  /// Whoever is done first does not come first.
  @Test(.timeLimit(.minutes(15))) func resultsComeInTheOrderOfTheItems() async throws {
    let gates = [StreamGate(), StreamGate(), StreamGate(), StreamGate()]
    gates[3].open()
    let result = try await json("[0, 1, 2]").mappingItems(batchSize: 3) { (item, index) async throws(RuntimeError) in
      await gates[index + 1].wait()
      gates[index].open()
      return item
    }
    #expect(result?.jsonText == "[0, 1, 2]")
  }

  @Test(.timeLimit(.minutes(15))) func anErrorEndsTheOthersOfItsBatchAndTheSource() async throws {
    let source = CountingSource(.bare, "[0, 1, 2, 3]")
    let never = StreamGate()
    let others = StreamMeeting(of: 3)
    let ended = Mutex(0)
    let results = try stream(
      try await source.stream.mappingItems(batchSize: 3) { (item, index) async throws(RuntimeError) in
        await others.arrive()
        if index == 1 { throw RuntimeError(.provider, "one") }
        await never.wait()
        ended.withLock { $0 += 1 }
        throw .cancelled
      })
    await #expect { try await results.next() } throws: { ($0 as? RuntimeError)?.message == "one" }
    #expect(ended.withLock { $0 } == 2)
    #expect(source.pulls == 3)
    #expect(source.cancels == 1)
  }

  @Test(.timeLimit(.minutes(15))) func cancellingTheReaderEndsTheItems() async throws {
    let source = CountingSource(.bare, "[0, 1, 2, 3]")
    let never = StreamGate()
    let began = StreamMeeting(of: 4)
    let results = try stream(
      try await source.stream.mappingItems(batchSize: 3) { (item, index) async throws(RuntimeError) in
        await began.arrive()
        await never.wait()
        throw .cancelled
      })
    let reader = Task { try await results.next() }
    await began.arrive()
    reader.cancel()
    await #expect { try await reader.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    #expect(source.cancels == 1)
  }

  /// As in the reference: what was pulled for a batch that does not become whole is not worked on.
  @Test func anErrorOfTheSourceComesBeforeItsBatch() async throws {
    let source = CountingSource(.bare, "[1, 2]", failure: RuntimeError(.connection, "lost"))
    let worked = Mutex(0)
    let results = try stream(
      try await source.stream.mappingItems(batchSize: 3) { (item, _) async throws(RuntimeError) in
        worked.withLock { $0 += 1 }
        return item
      })
    #expect(await rest(of: results) == "!")
    #expect(worked.withLock { $0 } == 0)
  }

  @Test func aBatchOfLessThanOneIsOne() async throws {
    for size in [0, -3] {
      let source = CountingSource(.bare, "[1, 2]")
      let results = try stream(
        try await source.stream.mappingItems(batchSize: size) { (item, _) async throws(RuntimeError) in item })
      _ = try await results.next()
      #expect(source.pulls == 1)
    }
  }

  @Test func givingTheResultsUpGivesTheSourceUp() async throws {
    let source = CountingSource(.bare, "[1, 2]")
    let results = try stream(
      try await source.stream.mappingItems(batchSize: 2) { (item, _) async throws(RuntimeError) in item })
    results.cancel()
    #expect(source.cancels == 1)
    let folded = CountingSource(.bare, "[1, 2]")
    await #expect(throws: RuntimeError.self) {
      try await folded.stream.foldingItems(into: .null) { (_, _, _) async throws(RuntimeError) in
        throw RuntimeError(.value, "no")
      }
    }
    #expect(folded.cancels == 1)
  }

  @Test(arguments: [1, 7]) func manyItems(_ batchSize: Int) async throws {
    let count = 20_000
    let left = Mutex(count)
    let source = ValueStream(
      .bare,
      next: { () async throws(RuntimeError) in
        left.withLock { left in
          if left == 0 { return nil }
          left -= 1
          return .integer(left)
        }
      })
    let results = try stream(
      try await Value.stream(source).mappingItems(batchSize: batchSize) { (item, _) async throws(RuntimeError) in item }
    )
    var sum = 0
    while case .integer(let number)? = try await results.next() { sum += number }
    #expect(sum == count * (count - 1) / 2)
  }
}
