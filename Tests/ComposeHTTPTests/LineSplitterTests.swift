import ComposeHTTP
import Testing

@Suite struct LineSplitterTests {
  /// Eight bytes are looked at together: a line's end may be any of them, and what looks almost like one is none.
  @Test(arguments: [0x61, 0x09, 0x0B, 0x0C, 0x0E, 0x8A, 0x8D, 0xFF] as [UInt8], ["\n", "\r", "\r\n"])
  func endsAreFoundWhereverTheyStand(_ filler: UInt8, _ end: String) {
    for start in 0...8 {
      for length in 0...24 {
        let line = Array(repeating: filler, count: length)
        let bytes = Array(repeating: UInt8(ascii: "x"), count: start) + line + Array(end.utf8) + line + Array("\n".utf8)
        var lines = LineSplitter()
        var position = start
        #expect(lines.next(in: bytes.span, from: &position) == .within(start..<start + length))
        let next = start + length + end.utf8.count
        #expect(lines.next(in: bytes.span, from: &position) == .within(next..<next + length))
        #expect(lines.next(in: bytes.span, from: &position) == nil)
      }
    }
  }
}
