import ComposeServer
import ComposeTestSupport
import Glibc
import Testing

/// Lines on their way to a descriptor, which may be slow.
@Suite struct LogQueueTests {
  @Test func linesComeInOrder() async throws {
    let (reader, writer) = try Self.pipe()
    let queue = try #require(LogQueue(descriptor: writer, ownsDescriptor: false, describeLoss: Self.loss))
    for number in 1...100 { queue.write(Array("\(number)\n".utf8)) }
    await queue.end(within: .seconds(60))
    close(writer)
    let text = await Self.readAll(reader)
    #expect(text == (1...100).map { "\($0)\n" }.joined())
  }

  @Test func whatDoesNotFitIsCounted() async throws {
    let (reader, writer) = try Self.pipe()
    let queue = try #require(
      LogQueue(descriptor: writer, ownsDescriptor: false, limit: 8, describeLoss: Self.loss))
    queue.write(Array("far too long\n".utf8))
    queue.write(Array("fits\n".utf8))
    await queue.end(within: .seconds(60))
    queue.write(Array("late\n".utf8))
    close(writer)
    #expect(await Self.readAll(reader) == "fits\n1 lost\n")
  }

  /// Nobody reads while the lines come, and yet they can be handed over.
  @Test func aSlowReaderHoldsNobodyUp() async throws {
    let (reader, writer) = try Self.pipe()
    let queue = try #require(LogQueue(descriptor: writer, ownsDescriptor: false, describeLoss: Self.loss))
    let line = Array((String(repeating: "x", count: 999) + "\n").utf8)
    let count = 10_000
    for _ in 0..<count { queue.write(line) }
    let reading = Task { await Self.readAll(reader) }
    await queue.end(within: .seconds(60))
    close(writer)
    let lines = await reading.value.split(separator: "\n")
    let lost = lines.compactMap { $0.wholeMatch(of: /([0-9]+) lost/).flatMap { Int($0.1) } }.reduce(0, +)
    #expect(lost > 0 && lines.filter { $0.hasPrefix("x") }.count + lost == count)
  }

  @Test func goesOnInAnotherFile() async throws {
    try await withTemporaryFolder { folder in
      let first = open(folder.path + "/first", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      let second = open(folder.path + "/second", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      let queue = try #require(LogQueue(descriptor: first, ownsDescriptor: true, describeLoss: Self.loss))
      queue.replace(with: second)
      queue.write(Array("line\n".utf8))
      await queue.end(within: .seconds(60))
      #expect(try folder.read("first") == "" && folder.read("second") == "line\n")
    }
  }

  private static func loss(_ count: Int) -> [UInt8] { Array("\(count) lost\n".utf8) }

  private static func pipe() throws -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw TestSupportError("cannot make a pipe") }
    return (ends[0], ends[1])
  }

  /// All until the writer closes.
  private static func readAll(_ descriptor: Int32) async -> String {
    await computed {
      var all: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(descriptor, &piece, piece.count)
        if count <= 0 { break }
        all += piece[..<count]
      }
      close(descriptor)
      return String(decoding: all, as: UTF8.self)
    }
  }
}
