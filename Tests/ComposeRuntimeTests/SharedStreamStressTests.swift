import ComposeRuntime
import Testing

/// Readers of one stream who leave in every way, in an order that a seed decides; how they meet, the machine decides.
@Suite struct SharedStreamStressTests {
  private enum Reader: CaseIterable {
    case readsAll, leaves, isDropped, isCancelled
  }

  @Test(.timeLimit(.minutes(15)), arguments: 1...30)
  func nobodyWaitsForEver(_ seed: UInt64) async throws {
    var random = JSONGenerator(seed: seed)
    let count = random.below(300)
    let failure = Bool.random(using: &random) ? RuntimeError(.connection, "lost") : nil
    let numbers = (0..<count).map(String.init)
    let source = CountingSource(.bare, "[\(numbers.joined(separator: ","))]", failure: failure)
    let expected = (numbers + (failure == nil ? [] : ["!"])).joined(separator: " ")
    for task in try startReaders(of: source, expecting: expected, &random) { await task.value }
    #expect(source.pulls <= count + 1)
    #expect(source.cancels <= 1)
  }

  /// Nobody but the readers holds the branches when this returns.
  private func startReaders(
    of source: CountingSource, expecting expected: String, _ random: inout JSONGenerator
  ) throws(RuntimeError) -> [Task<Void, Never>] {
    var tasks: [Task<Void, Never>] = []
    for case .stream(let branch) in try source.stream.branches(1 + random.below(5), bufferSize: random.below(5)) {
      let kind = random.one(of: Reader.allCases)
      let reads = random.below(50)
      let reader = Task {
        if kind == .readsAll { #expect(await rest(of: branch) == expected) }
        var left = reads
        while left > 0, (try? await branch.next()) != nil { left -= 1 }
        switch kind {
        case .leaves: branch.cancel()
        case .isCancelled: while (try? await branch.next()) != nil {}
        case .isDropped, .readsAll: break
        }
      }
      tasks.append(reader)
      if kind == .isCancelled { tasks.append(Task { reader.cancel() }) }
    }
    return tasks
  }
}
