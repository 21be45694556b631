import ComposeRuntime
import Synchronization
import Testing

/// Branches of one stream, of which the slowest sets the pace.
@Suite struct BroadcastTests {
  private func branches(
    _ source: CountingSource, count: Int = 2, bufferSize: Int = 2
  ) throws(RuntimeError) -> [ValueStream] {
    guard case .stream(let stream) = source.stream else { return [] }
    return try StreamBroadcaster.branches(of: stream, count: count, bufferSize: bufferSize)
  }

  private func numbers(_ count: Int) -> String { "[" + (0..<count).map(String.init).joined(separator: ",") + "]" }

  private func text(_ count: Int) -> String { (0..<count).map(String.init).joined(separator: " ") }

  @Test(
    arguments: [
      (ValueStream.Form.chunks(fragmented: true), ValueStream.Form.chunks(fragmented: true), "1 2"),
      (.chunks(fragmented: false), .chunks(fragmented: false), "1 null 2"),
      (.bare, .bare, "1 null 2"), (.encoded(.text), .bare, "1 null 2"), (.encoded(.json), .bare, "1 null 2"),
    ])
  func branchesKeepTheFlagAndNoEncoding(
    _ form: ValueStream.Form, _ expected: ValueStream.Form, _ chunks: String
  ) async throws {
    let branches = try self.branches(CountingSource(form, "[1, null, 2]"), count: 3)
    #expect(branches.allSatisfy { $0.form == expected })
    for branch in branches { #expect(await rest(of: branch) == chunks) }
  }

  @Test func theSourceIsClaimed() throws {
    let source = CountingSource(.bare, "[1]").stream
    guard case .stream(let stream) = source else { return }
    _ = try StreamBroadcaster.branches(of: stream, count: 2)
    #expect { try StreamBroadcaster.branches(of: stream, count: 2) } throws: {
      ($0 as? RuntimeError)?.diagnosticCode == "stream-read-twice"
    }
  }

  @Test func nothingIsPulledBeforeABranchIsRead() async throws {
    let source = CountingSource(.bare, "[1, 2, 3]")
    let branches = try self.branches(source)
    #expect(source.pulls == 0)
    #expect(try await branches[0].next()?.jsonText == "1")
    #expect(source.pulls == 1)
    #expect(try await branches[1].next()?.jsonText == "1")
    #expect(source.pulls == 1)
  }

  /// The reference waits for ever here.
  @Test func branchesCanBeReadOneAfterTheOther() async throws {
    let source = CountingSource(.bare, numbers(1000))
    for branch in try branches(source, count: 3) { #expect(await rest(of: branch) == text(1000)) }
    #expect(source.pulls == 1001)
  }

  @Test(.timeLimit(.minutes(15)), arguments: [1, 2, 32])
  func nobodyIsFurtherAheadThanTheBuffer(_ bufferSize: Int) async throws {
    let source = CountingSource(.bare, numbers(2000))
    let branches = try self.branches(source, bufferSize: bufferSize)
    var read = 1
    // It counts as slow only when it has begun.
    _ = try await branches[1].next()
    let fast = Task { await rest(of: branches[0]) }
    while try await branches[1].next() != nil {
      read += 1
      #expect(source.pulls <= read + bufferSize)
    }
    #expect(await fast.value == text(2000))
  }

  @Test(.timeLimit(.minutes(15)))
  func aReaderThatWaitsForAnotherGoesOnWhenThatOneReadsOrLeaves() async throws {
    let source = CountingSource(.bare, "[1, 2, 3, 4, 5]")
    let branches = try self.branches(source)
    _ = try await branches[1].next()
    for expected in ["1", "2", "3"] { #expect(try await branches[0].next()?.jsonText == expected) }
    // Two wait for the other one now: the buffer is full.
    let reader = Task { try await branches[0].next()?.jsonText }
    #expect(try await branches[1].next()?.jsonText == "2")
    #expect(try await reader.value == "4")
    let last = Task { await rest(of: branches[0]) }
    branches[1].cancel()
    #expect(await last.value == "5")
    #expect(source.cancels == 0)
  }

  @Test(.timeLimit(.minutes(15)))
  func cancellingAReaderThatWaitsForAnotherEndsItsBranchOnly() async throws {
    let source = CountingSource(.bare, "[1, 2, 3, 4, 5]")
    let branches = try self.branches(source)
    _ = try await branches[1].next()
    for _ in 0..<3 { _ = try await branches[0].next() }
    let reader = Task { try await branches[0].next()?.jsonText }
    reader.cancel()
    await #expect { try await reader.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    #expect(await rest(of: branches[1]) == "2 3 4 5")
    #expect(source.cancels == 0)
  }

  @Test func aBranchThatIsDroppedUnreadHoldsNobodyUp() async throws {
    let source = CountingSource(.bare, numbers(100))
    var branches = try self.branches(source)
    _ = try await branches[1].next()
    branches.removeLast()
    #expect(await rest(of: branches[0]) == text(100))
    #expect(source.cancels == 0)
  }

  @Test func theLastBranchGivesTheSourceUp() async throws {
    let source = CountingSource(.bare, "[1, 2]")
    var branches = try self.branches(source)
    branches[0].cancel()
    _ = try await branches[1].next()
    #expect(source.cancels == 0)
    branches = []
    #expect(source.cancels == 1)
    _ = try self.branches(source, count: 0)
    #expect(source.cancels == 2)
  }

  @Test func anErrorReachesEveryBranchBehindTheChunks() async throws {
    let source = CountingSource(.bare, "[1, 2]", failure: RuntimeError(.connection, "lost"))
    for branch in try branches(source, count: 3) { #expect(await rest(of: branch) == "1 2 !") }
    #expect(source.pulls == 3)
  }

  @Test(.timeLimit(.minutes(15)))
  func everyBranchGetsEverythingAtTheSameTime() async throws {
    let source = CountingSource(.bare, numbers(500))
    let branches = try self.branches(source, count: 5)
    await withTaskGroup(of: String.self) { group in
      for branch in branches { group.addTask { await rest(of: branch) } }
      for await read in group { #expect(read == text(500)) }
    }
    #expect(source.pulls == 501)
  }

  /// Bytes bound what waits even where chunks do not, for a branch that was never read too.
  @Test(.timeLimit(.minutes(15)), arguments: [0, 1000])
  func whatWaitsIsBounded(_ bufferSize: Int) async throws {
    let large = Value.text(String(repeating: "x", count: 8 * 1024 * 1024))
    let pulls = Mutex(0)
    let stream = ValueStream(
      .bare,
      next: { () async throws(RuntimeError) in
        pulls.withLock { pulls in
          pulls += 1
          return pulls <= 40 ? large : nil
        }
      })
    let branches = try StreamBroadcaster.branches(of: stream, count: 2, bufferSize: bufferSize)
    let fast = Task {
      var count = 0
      while try await branches[0].next() != nil { count += 1 }
      return count
    }
    var count = 0
    while try await branches[1].next() != nil {
      count += 1
      #expect(pulls.withLock { $0 } <= count + 8)
    }
    #expect(count == 40)
    #expect(try await fast.value == 40)
  }
}
