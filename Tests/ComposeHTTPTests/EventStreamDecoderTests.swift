import ComposeHTTP
import Testing

@Suite struct EventStreamDecoderTests {
  struct Event: Equatable {
    var data: String
    var name = ""
    var lastID = ""
  }

  /// The reference reads these rows otherwise: it does not repair a CRLF that two reads share, and takes a byte order
  /// mark for text. We read them as the specification says.
  private let betterThanReference: [String: [String]] = [
    "sse-parse-010": ["a", "b"],
    "sse-parse-011": ["a", "b"],
    "sse-parse-031": ["a"],
  ]

  @Test(arguments: try ConformanceRow.all(in: "sse.jsonl"))
  func `conformance rows`(_ row: ConformanceRow) throws {
    let expected = betterThanReference[row.id].map { $0.map { Array($0.utf8) } } ?? row.expected
    var decoder = EventStreamDecoder()
    var events: [[UInt8]] = []
    for piece in row.wire {
      try decoder.feed(piece.span) { data, _ in events.append(data.withUnsafeBufferPointer(Array.init)) }
    }
    #expect(events == expected)
  }

  @Test func `the exceptions are rows of the file`() throws {
    let rows = try ConformanceRow.all(in: "sse.jsonl")
    for (id, better) in betterThanReference {
      let row = try #require(rows.first { $0.id == id })
      #expect(row.expected != better.map { Array($0.utf8) })
    }
  }

  static let texts: [(text: String, events: [Event])] = [
    ("data: a\r\n\r\ndata: b\r\rdata: c\n\n", [Event(data: "a"), Event(data: "b"), Event(data: "c")]),
    ("\u{FEFF}data:one\ndata: two\ndata\ndata:  three\n\n", [Event(data: "one\ntwo\n\n three")]),
    ("\u{FEFF}\u{FEFF}data: x\n\n", []),
    (": ping\n\nevent: e\r\nid: 7\r\ndata: é🙂\r\n\r\n", [Event(data: "é🙂", name: "e", lastID: "7")]),
    ("id: 1\n\ndata: a\n\nid\ndata: b\n\n", [Event(data: "a", lastID: "1"), Event(data: "b")]),
    ("id: a\u{0}b\ndata: x\n\n", [Event(data: "x")]),
    ("event: gone\n\ndata: x\n\n", [Event(data: "x")]),
    ("retry: 5\nunknown: y\n data: no\ndata : no\nDATA: no\ndata:yes\n\n", [Event(data: "yes")]),
    ("data: [DONE]\n\ndata: tail\n", [Event(data: "[DONE]")]),
    ("data:\n\ndata: \n\ndata\n\n", [Event(data: ""), Event(data: ""), Event(data: "")]),
    ("\r\n\r\n\n\r", []),
  ]

  @Test(arguments: texts)
  func `how the bytes are cut makes no difference`(_ text: String, _ events: [Event]) throws {
    let bytes = Array(text.utf8)
    #expect(try decode([bytes]) == events)
    #expect(try decode(bytes.map { [$0] }) == events)
    for cut in 0...bytes.count {
      #expect(try decode([Array(bytes[..<cut]), Array(bytes[cut...])]) == events, "cut at \(cut)")
    }
  }

  @Test(
    arguments: [
      ("data: a\n\n", nil), ("", nil), (": comment", nil), ("data: a\n\nevent: e\n", nil),
      ("data: tail", "tail"), ("data: tail\n", "tail"), ("data: one\ndata: two", "one\ntwo"), ("data: tail\r", "tail"),
    ] as [(String, String?)])
  func `the end says what was unfinished`(_ text: String, _ unfinished: String?) throws {
    var decoder = EventStreamDecoder()
    try decoder.feed(Array(text.utf8).span) { _, _ in }
    #expect(decoder.finish().map { String(decoding: $0.data, as: UTF8.self) } == unfinished)
    #expect(decoder.finish() == nil)
  }

  @Test(arguments: ["data: 0123456789", "data: 01234\ndata: 56789\n", "data: 0123456789\n\n"])
  func `an event has a limit`(_ text: String) throws {
    var decoder = EventStreamDecoder(eventLimit: 8)
    try decoder.feed(Array("data: 1234\n\ndata: 567\n\n".utf8).span) { _, _ in }
    let error = #expect(throws: HTTPError.self) {
      for byte in text.utf8 { try decoder.feed([byte].span) { _, _ in } }
    }
    #expect(error?.kind == .bodyTooLarge)
  }

  private func decode(_ pieces: [[UInt8]]) throws -> [Event] {
    var decoder = EventStreamDecoder()
    var events: [Event] = []
    for piece in pieces {
      try decoder.feed(piece.span) { data, fields in
        let text = data.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        events.append(Event(data: text, name: fields.name, lastID: fields.lastID))
      }
    }
    return events
  }
}
