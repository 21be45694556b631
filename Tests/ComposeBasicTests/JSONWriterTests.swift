import ComposeBasic
import ComposeTestSupport
import Testing

@Suite struct JSONWriterTests {
  private func write(_ writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("text", "a")
      writer.member("absent", optional: nil)
      writer.member("present", optional: "b")
      writer.object("empty", { _ in })
      writer.key("list")
      writer.array { writer in
        writer.integer(-1)
        writer.boolean(true)
        writer.null()
        writer.raw("1.50")
        writer.array { _ in }
        writer.object { $0.member("n", 2) }
      }
      writer.member("last", false)
    }
  }

  @Test func compact() {
    var writer = JSONWriter(.compact)
    write(&writer)
    #expect(
      writer.text
        == #"{"text":"a","present":"b","empty":{},"list":[-1,true,null,1.50,[],{"n":2}],"last":false}"#)
  }

  @Test func indented() {
    var writer = JSONWriter(.indented)
    write(&writer)
    #expect(
      writer.text == """
        {
          "text": "a",
          "present": "b",
          "empty": {},
          "list": [
            -1,
            true,
            null,
            1.50,
            [],
            {
              "n": 2
            }
          ],
          "last": false
        }
        """)
  }

  @Test func escapes() {
    var writer = JSONWriter(.compact)
    writer.string("\"\\/\u{8}\t\n\u{C}\r\u{0}\u{1B}\u{1F}\u{7F}é\u{1F642}\u{2028}")
    #expect(writer.text == #""\"\\/\b\t\n\f\r\u0000\u001b\u001f"# + "\u{7F}é\u{1F642}\u{2028}\"")
  }

  @Test func everyTextComesBack() throws {
    for value in UInt32(0)..<0x500 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      var writer = JSONWriter(.compact)
      writer.string("a\(scalar)b")
      #expect(try JSONText.read(writer.bytes) == .string("a\(scalar)b"))
    }
  }
}
