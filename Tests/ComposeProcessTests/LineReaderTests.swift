import ComposeProcess
import Synchronization
import Testing

@Suite struct LineReaderTests {
  @Test(
    arguments: [
      ([], []),
      (["a\nb\n"], ["a\n", "b\n"]),
      (["a\nb"], ["a\n", "b"]),
      (["a", "b\n", "c\nd", "\n", "\n"], ["ab\n", "c\n", "d\n", "\n"]),
      (["a\r\nb\rc\n"], ["a\r\n", "b\rc\n"]),
      (["\u{85}\u{2028}x\n"], ["\u{85}\u{2028}x\n"]),
    ] as [([String], [String])])
  func lines(_ chunks: [String], _ expected: [String]) async throws {
    let reader = Self.reader(chunks, limit: 100)
    var lines: [String] = []
    while let line = try await reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
    #expect(lines == expected)
    #expect(try await reader.next() == nil)
  }

  @Test func aLineHasALimit() async throws {
    let reader = Self.reader(["ab\n", "abcdef", "gh", "i\n", "j"], limit: 8)
    #expect(try await reader.next() == Array("ab\n".utf8))
    #expect(try await reader.next() == Array("abcdefghi\n".utf8))
    let endless = Self.reader(Array(repeating: "abc", count: 10), limit: 8)
    let error = await #expect(throws: ProcessError.self) { try await endless.next() }
    #expect(error?.kind == .outputTooLong)
  }

  private static func reader(_ chunks: [String], limit: Int) -> LineReader {
    let rest = Mutex(chunks[...])
    return LineReader(limit: limit) { () async throws(ProcessError) in
      rest.withLock { $0.popFirst() }.map { Array($0.utf8) }
    }
  }
}
