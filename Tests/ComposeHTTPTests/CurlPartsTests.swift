import Testing

@testable import ComposeHTTP

/// The parts of the curl transport that work without a network.
@Suite struct CurlPartsTests {
  @Test func `a missing library says what to install`() {
    let error = #expect(throws: HTTPError.self) { try CurlLibrary(named: "libno-such-curl.so.4") }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.contains("install libcurl4") == true)
  }

  @Test func `the head that counts is the last one before the body`() {
    var head = ResponseHead()
    let lines = [
      "HTTP/1.1 100 Continue\r\n", "\r\n", "HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n",
      "HTTP/2 200 \r\n", "content-type:text/plain \r\n", "X-Empty:\r\n", "\r\n", "X-Trailer: no\r\n", "\r\n",
    ]
    let completed = lines.map { line in Array(line.utf8).withUnsafeBytes { head.read($0) } }
    #expect(completed.filter { $0 }.count == 1 && completed[8])
    #expect(head.status == 200)
    #expect(head.headers == [HTTPField("content-type", "text/plain"), HTTPField("X-Empty", "")])
    #expect(!head.isRedirect)
  }

  @Test(arguments: [
    ("301 Moved", "Location: /x", true), ("307 Temporary", "location: /x", true), ("302 Found", "Location:", false),
    ("304 Not Modified", "Location: /x", false), ("302 Found", "X: y", false), ("200 OK", "Location: /x", false),
  ])
  func `what sends us on`(_ status: String, _ header: String, _ isRedirect: Bool) {
    var head = ResponseHead()
    for line in ["HTTP/1.1 \(status)\r\n", header + "\r\n", "\r\n"] {
      _ = Array(line.utf8).withUnsafeBytes { head.read($0) }
    }
    #expect(head.isRedirect == isRedirect)
  }

  // MARK: Deadlines

  private let second: UInt64 = 1_000_000_000

  @Test func `the first byte has a limit until the head is there, then reads have`() throws {
    var deadlines = TransferDeadlines(HTTPTimeouts(firstByte: 3, idle: 2), start: second)
    #expect(try #require(deadlines.next) == (.firstByte, 4 * second))
    deadlines.progressed(at: 3 * second)
    #expect(try #require(deadlines.next) == (.idle, 5 * second))
    deadlines.progressed(at: 4 * second)
    #expect(try #require(deadlines.next) == (.idle, 6 * second))
  }

  @Test func `a pause is not idleness, but counts for the total`() throws {
    var deadlines = TransferDeadlines(HTTPTimeouts(idle: 2, total: 100), start: 0)
    deadlines.progressed(at: second)
    deadlines.paused()
    #expect(try #require(deadlines.next) == (.total, 100 * second))
    deadlines.progressed(at: 99 * second)
    #expect(try #require(deadlines.next) == (.total, 100 * second))
  }

  @Test func `a body that is streamed has the limit of reads, and the wait begins at its end`() throws {
    var deadlines = TransferDeadlines(HTTPTimeouts(firstByte: 3, idle: 2, total: 100), start: 0)
    #expect(try #require(deadlines.next) == (.firstByte, 3 * second))
    deadlines.sent(at: second)
    #expect(try #require(deadlines.next) == (.idle, 3 * second))
    #expect(deadlines.error(.idle, host: "host:1").message == "host:1 took nothing for 2 s in mid-request")
    // The source has nothing: nobody waits for the server.
    deadlines.starved()
    #expect(try #require(deadlines.next) == (.total, 100 * second))
    deadlines.sent(at: 50 * second)
    #expect(try #require(deadlines.next) == (.idle, 52 * second))
    deadlines.sentAll(at: 60 * second)
    #expect(try #require(deadlines.next) == (.firstByte, 63 * second))
    deadlines.restarted(at: 61 * second)
    #expect(try #require(deadlines.next) == (.firstByte, 63 * second))
    deadlines.progressed(at: 62 * second)
    #expect(try #require(deadlines.next) == (.idle, 64 * second))
  }

  @Test func `an answer that comes during the upload has the limit of reads`() throws {
    var deadlines = TransferDeadlines(HTTPTimeouts(firstByte: 3, idle: 2), start: 0)
    deadlines.sent(at: second)
    deadlines.progressed(at: 2 * second)
    deadlines.starved()
    deadlines.sent(at: 3 * second)
    deadlines.sentAll(at: 4 * second)
    #expect(try #require(deadlines.next) == (.idle, 5 * second))
    deadlines.paused()
    deadlines.sent(at: 9 * second)
    #expect(deadlines.next == nil)
  }

  @Test func `no limit is none`() {
    let none = HTTPTimeouts(connect: nil, firstByte: nil, idle: nil, total: nil)
    #expect(TransferDeadlines(none, start: 0).next == nil)
    let endless = HTTPTimeouts(firstByte: .infinity, total: .nan)
    #expect(TransferDeadlines(endless, start: 0).next?.at == .max)
  }

  @Test func `messages name the limit`() {
    let deadlines = TransferDeadlines(HTTPTimeouts(firstByte: 300, idle: 0.5), start: 0)
    #expect(deadlines.error(.firstByte, host: "host:1").message == "no answer from host:1 within 300 s")
    #expect(deadlines.error(.idle, host: "host:1").message == "host:1 sent nothing for 0.5 s in mid-answer")
  }
}
