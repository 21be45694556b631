import NIOCore
import Testing

@testable import ComposeServer

@Suite struct EventStreamEncoderTests {
  /// The rows of the reference's transcript, and the three line ends of the format.
  @Test(arguments: [
    ("a", "data: a\n"),
    ("line1\nline2", "data: line1\ndata: line2\n"),
    ("\n", "data: \ndata: \n"),
    ("\n\nx", "data: \ndata: \ndata: x\n"),
    ("a\rb", "data: a\ndata: b\n"),
    ("a\r\nb", "data: a\ndata: b\n"),
    ("a\n\rb", "data: a\ndata: \ndata: b\n"),
    ("a\r", "data: a\ndata: \n"),
    (" lead", "data:  lead\n"),
    ("é漢😀", "data: é漢😀\n"),
    ("id: 7", "data: id: 7\n"),
  ])
  func dataIsSplitAtLineEnds(_ data: String, _ lines: String) {
    var encoder = EventStreamEncoder()
    #expect(String(buffer: encoder.event(data: data)) == "id: 1\n\(lines)\n")
  }

  @Test func idsCountAllEvents() {
    var encoder = EventStreamEncoder()
    _ = encoder.event(data: "a")
    #expect(String(buffer: encoder.event("done", data: "{}")) == "id: 2\nevent: done\ndata: {}\n\n")
    #expect(encoder.lastID == 2)
  }

  @Test func aPingIsAComment() {
    #expect(String(buffer: EventStreamEncoder.ping) == ": ping\n\n")
  }
}
