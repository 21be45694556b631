import Testing

@testable import ComposeServer

@Suite struct ByteRangeTests {
  @Test(arguments: [
    (nil, ByteRange.whole), ("bytes=0-4", .part(0..<5)), ("bytes=5-", .part(5..<10)), ("bytes=-3", .part(7..<10)),
    ("bytes=-30", .part(0..<10)), ("bytes=8-99999999999999999999", .part(8..<10)), ("Bytes = 0-0", .whole),
    ("BYTES=0-0", .part(0..<1)), ("bytes= 1 - 2 ", .part(1..<3)), ("bytes=10-", .unsatisfiable),
    ("bytes=99999999999999999999-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=4-3", .whole),
    ("bytes=-", .whole), ("bytes=a-b", .whole), ("bytes=0-1,3-4", .whole), ("items=0-1", .whole), ("bytes=--1", .whole),
    ("bytes=1", .whole), ("", .whole),
  ])
  func ofTenBytes(_ header: String?, _ range: ByteRange) {
    #expect(ByteRange(header, size: 10) == range)
  }

  @Test func ofNothing() {
    #expect(ByteRange("bytes=0-", size: 0) == .unsatisfiable)
    #expect(ByteRange("bytes=-1", size: 0) == .unsatisfiable)
    #expect(ByteRange(nil, size: 0) == .whole)
  }

  @Test(arguments: [
    (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
    (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
  ])
  func dates(_ seconds: Int, _ text: String) {
    #expect(httpDate(seconds) == text)
  }
}
