import ComposeRuntime
import ComposeTestSupport
import Testing

/// Bytes in a temporary file.
@Suite struct SpooledSourceTests {
  private func pieces(_ count: Int, of size: Int) -> [[UInt8]] {
    (0..<count).map { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: size) }
  }

  @Test func everyReaderGetsEverythingAsOftenAsItLikes() async throws {
    let pieces = pieces(100, of: 10_007)
    let source = SpooledSource(OnceSource(pieces))
    let bytes = Array(pieces.joined())
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 { group.addTask { (try? await source.bytes()) == bytes } }
      for await isSame in group { #expect(isSame) }
    }
    #expect(try await source.bytes() == bytes)
  }

  @Test(.timeLimit(.minutes(15))) func aReaderGetsWhatIsThereBeforeTheEnd() async throws {
    let gate = StreamGate()
    let once = OnceSource([Array("ab".utf8), Array("cd".utf8)], gates: [1: gate])
    let source = SpooledSource(once)
    let first = try await source.open()
    #expect(try await first.next() == Array("ab".utf8))
    let second = try await source.open()
    #expect(try await second.next() == Array("ab".utf8))
    let waiting = Task { await second.rest() }
    gate.open()
    #expect(await waiting.value == "cd")
    #expect(await first.rest() == "cd")
    #expect(try await source.bytes() == Array("abcd".utf8))
  }

  /// Nobody has to read for the writing to go on.
  @Test(.timeLimit(.minutes(15))) func aSlowReaderHoldsNobodyUp() async throws {
    let source = SpooledSource(OnceSource(pieces(200, of: 64 * 1024)))
    let slow = try await source.open()
    #expect(try await source.bytes().count == 200 * 64 * 1024)
    #expect(try await slow.bytes().count == 200 * 64 * 1024)
  }

  @Test(.timeLimit(.minutes(15))) func aReaderThatWaitsCanLeave() async throws {
    let once = OnceSource([[1], [2]], gates: [1: StreamGate()])
    let source = SpooledSource(once)
    let cancelled = try await source.open()
    let givenUp = try await source.open()
    _ = try await cancelled.next()
    _ = try await givenUp.next()
    let reader = Task { try await cancelled.next() }
    reader.cancel()
    await #expect { try await reader.value } throws: { ($0 as? RuntimeError)?.code == .cancelled }
    let other = Task { try await givenUp.next() }
    givenUp.cancel()
    #expect(try await other.value == nil)
  }

  @Test(.timeLimit(.minutes(15))) func theWritingEndsWithTheLastWhoHoldsTheBytes() async throws {
    let (ended, end) = AsyncStream<Void>.makeStream()
    var source: SpooledSource? = SpooledSource(WatchedSource(end))
    var reader = try await source?.open()
    source = nil
    #expect(try await reader?.next() == [1])
    reader = nil
    for await _ in ended {}
  }

  @Test func whatIsTooLongFailsBehindWhatWasKept() async throws {
    let once = OnceSource(pieces(4, of: 1 << 20))
    let source = SpooledSource(once, limit: 3 << 20)
    let reader = try await source.open()
    var count = 0
    await #expect { while let piece = try await reader.next() { count += piece.count } } throws: {
      ($0 as? RuntimeError)?.message.contains("3 MiB") == true
    }
    #expect(count == 3 << 20)
    #expect(once.counts.cancels > 0)
  }

  @Test func aFolderThatIsMissingIsNamed() async throws {
    let once = OnceSource([[1]])
    let source = SpooledSource(once, folder: "/absent/folder")
    await #expect { try await source.open() } throws: {
      let message = ($0 as? RuntimeError)?.message ?? ""
      return message.contains("/absent/folder") && message.contains("TMPDIR")
    }
    #expect(once.counts.opens == 0)
  }

  /// The file has no name: a crash leaves nothing behind.
  @Test func theFileHasNoName() async throws {
    try await withTemporaryFolder { folder in
      let source = SpooledSource(OnceSource([[1, 2, 3]]), folder: folder.path)
      let reader = try await source.open()
      #expect(try await reader.next() == [1, 2, 3])
      #expect(Files.names(in: folder.path) == [])
    }
  }
}

/// One byte, and then nothing until the task is cancelled.
private struct WatchedSource: ResourceSource {
  let end: AsyncStream<Void>.Continuation

  init(_ end: AsyncStream<Void>.Continuation) { self.end = end }

  func open() async throws(RuntimeError) -> ResourceReader {
    let first = OneValue<[UInt8]>([1])
    let never = StreamGate()
    return ResourceReader(
      next: { () async throws(RuntimeError) in
        if let first = first.take() { return first }
        await never.wait()
        throw .cancelled
      },
      cancel: { end.finish() })
  }
}
