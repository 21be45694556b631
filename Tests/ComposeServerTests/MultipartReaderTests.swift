import ComposeTestSupport
import Testing

@testable import ComposeServer

/// Every body under `Fixtures/multipart`, however the network cuts it.
@Suite struct MultipartReaderTests {
  private static let fixtures = Fixture.all(in: "multipart", extension: "txt")

  @Test(arguments: fixtures)
  func atOnce(_ fixture: Fixture) throws {
    let document = try MultipartDocument(fixture)
    #expect(document.read([document.body[...]]) == document.result)
  }

  @Test(arguments: fixtures)
  func splitAtEveryByte(_ fixture: Fixture) throws {
    let document = try MultipartDocument(fixture)
    for index in document.body.indices {
      let result = document.read([document.body[..<index], document.body[index...]])
      #expect(result == document.result, "split at byte \(index)")
    }
  }

  @Test(arguments: fixtures, [1, 2, 3, 7])
  func inSmallPieces(_ fixture: Fixture, _ size: Int) throws {
    let document = try MultipartDocument(fixture)
    let pieces = stride(from: 0, to: document.body.count, by: size).map { document.body[$0...].prefix(size) }
    #expect(document.read(pieces) == document.result)
  }

  /// Every beginning of a whole body is either incomplete or has everything.
  @Test(arguments: fixtures)
  func cutAnywhere(_ fixture: Fixture) throws {
    let document = try MultipartDocument(fixture)
    guard document.result.first?.hasPrefix("error:") != true else { return }
    for index in document.body.indices {
      let result = document.read([document.body[..<index]])
      let isIncomplete =
        result == ["error: it ends before its last boundary"]
        || result == ["error: it does not contain the boundary that Content-Type names"]
      #expect(isIncomplete || result == document.result, "cut at byte \(index): \(result)")
    }
  }

  /// A body that never shows its boundary is not kept.
  @Test func aHeadIsBounded() throws {
    var reader = MultipartReader(boundary: "x")
    let line = Array("--x\r\nContent-Disposition: form-data; name=\"".utf8)
    try reader.read(line) { _ in }
    let refusal = #expect(throws: ErrorAnswer.self) {
      for _ in 0..<100 { try reader.read([UInt8](repeating: UInt8(ascii: "a"), count: 100)) { _ in } }
    }
    #expect(refusal?.detail.hasSuffix("the head of a part is larger than 8192 bytes") == true)
  }

  @Test func aLargeBodyPassesInPieces() throws {
    var reader = MultipartReader(boundary: "x")
    var count = 0
    var largest = 0
    func take(_ event: MultipartReader.Event) {
      guard case .body(let bytes) = event else { return }
      count += bytes.count
      largest = max(largest, bytes.count)
    }
    try reader.read(Array("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n".utf8)) { take($0) }
    let piece = [UInt8](repeating: 0x0D, count: 10_000)
    for _ in 0..<100 { try reader.read(piece) { take($0) } }
    try reader.read(Array("\r\n--x--".utf8)) { take($0) }
    try reader.finish()
    #expect(count == 1_000_000)
    #expect(largest <= 10_010)
  }
}
