import ComposeHTTP
import Testing

@Suite struct LineSplitterTests {
  /// Eight bytes are looked at together: a line's end may be any of them, and what looks almost like one is none.
  @Test(arguments: [0x61, 0x09, 0x0B, 0x0C, 0x0E, 0x8A, 0x8D, 0xFF] as [UInt8], ["\n", "\r", "\r\n"])
  func endsAreFoundWhereverTheyStand(_ filler: UInt8, _ end: String) {
    for start in 0...8 {
      for length in 0...17 {
        let line = Array(repeating: filler, count: length) + Array(end.utf8)
        let bytes = Array(repeating: UInt8(ascii: "x"), count: start) + line + line
        var lines = LineSplitter()
        var position = start
        let found = (0..<3).map { _ in lines.next(in: bytes.span, from: &position) }
        let next = start + line.count
        #expect(found == [.within(start..<start + length), .within(next..<next + length), nil])
      }
    }
  }
}
